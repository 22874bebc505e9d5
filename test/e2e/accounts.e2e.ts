/**
 * Which accounts of a connection are used: as the person chose, whatever happens to list and worker.
 */
import { describe, expect, it } from 'vitest';
import { expectNothingFound } from './support/axe.ts';
import { attempt, connection, connectByKey, ended, keyWish } from './support/connect.ts';
import { set } from './support/failpoint.ts';
import { openPopup, popupRow, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world, ['options']);

const KEYS = 'Practice Keys · alice@practice.example';
const PROJECTS = { path: '/v1/projects' };

function accounts(...names: string[]): { id: string; name: string }[] {
  return names.map((name) => ({ id: `acc-${name.toLowerCase().replace(' ', '-')}`, name }));
}

/** The accounts tab of the only connection, opened by hand. */
async function openTab() {
  await screens
    .tableRow(KEYS)
    .getByRole('link', { name: `Open ${KEYS}` })
    .click();
  await screens.options.getByRole('tab', { name: 'Accounts' }).click();
  return tab();
}

/** The table has no room for all of its columns beside the details. */
async function closeDetails() {
  await screens.options.getByRole('link', { name: 'Close details' }).click();
}

function tab() {
  const panel = screens.options.getByRole('tabpanel', { name: 'Accounts' });
  return {
    panel,
    rows: panel.getByRole('list', { name: 'Accounts' }).getByRole('listitem'),
    box: (name: string) => panel.getByRole('checkbox', { name }),
    state: panel.getByRole('status').first(),
    button: (name: string) => panel.getByRole('button', { name, exact: true }),
  };
}

describe('the choice of accounts', () => {
  it('is kept over a new list, a stopped worker, reconnecting and a reload', async () => {
    world.practice.control.setAccounts('alice', accounts('North', 'South', 'East'));
    const { id } = await connectByKey(world, 'alice');
    const { box, state, button } = await openTab();
    await box('South acc-south').uncheck();
    await state.getByText('2 of 3 accounts').waitFor();

    await world.browser.stopWorker();
    world.practice.control.setAccounts('alice', accounts('North', 'South', 'West'));
    await button('Read again').click();
    await box('West acc-west').waitFor();
    await state.getByText('2 of 3 accounts').waitFor();

    const key = world.practice.control.rotateKey('alice');
    const credential = { kind: 'key' as const, key };
    const wish = { connectionId: id, credential, client: null, chooseAccount: false };
    const { authorizationId } = await world.call('reconnect', wish);
    expect((await ended(world, authorizationId)).state.kind).toBe('done');
    await screens.options.reload();
    await box('West acc-west').waitFor();
    expect(await box('South acc-south').isChecked()).toBe(false);
    expect(await box('West acc-west').isChecked()).toBe(true);
    expect(await box('North acc-north').isChecked()).toBe(true);
    await closeDetails();
    await screens.tableRow(KEYS).getByRole('cell', { name: '2 of 3 accounts' }).waitFor();
  });

  it('of only these leaves out what is added, and says what is gone', async () => {
    const { control } = world.practice;
    control.setAccounts('alice', accounts('North', 'South', 'East'));
    await connectByKey(world, 'alice');
    const { panel, box, state, button, rows } = await openTab();
    await box('East acc-east').uncheck();
    await panel.getByRole('checkbox', { name: /^Only these/ }).check();
    control.setAccounts('alice', accounts('East', 'West'));
    await button('Read again').click();
    await panel.getByText('2 chosen accounts are no longer there').waitFor();
    await state.getByText('0 of 2 accounts').waitFor();
    await expect.poll(() => rows.count()).toBe(4);

    control.setAccounts('alice', accounts('North', 'South', 'West'));
    await button('Read again').click();
    await state.getByText('2 of 3 accounts').waitFor();
    expect(await box('West acc-west').isChecked()).toBe(false);
    await expect.poll(() => panel.getByText('no longer there').count()).toBe(0);
  });

  it('is made with the keyboard, and two quick steps are both kept', async () => {
    world.practice.control.setAccounts('alice', accounts('North', 'South', 'East'));
    const { id } = await connectByKey(world, 'alice');
    const { box, state, button } = await openTab();
    await button('Use none').focus();
    await screens.options.keyboard.press('Enter');
    await state.getByText('0 of 3 accounts').waitFor();
    await box('North acc-north').focus();
    for (const key of ['Space', 'Tab', 'Space']) await screens.options.keyboard.press(key);
    await state.getByText('2 of 3 accounts').waitFor();
    const { accountChoice } = await connection(world, id);
    expect(accountChoice).toEqual({
      kind: 'only',
      accounts: [
        { id: 'acc-north', label: 'North' },
        { id: 'acc-south', label: 'South' },
      ],
    });
    await button('Use all').click();
    await state.getByText('3 accounts', { exact: true }).waitFor();
    expect((await connection(world, id)).accountChoice).toEqual({ kind: 'all-but', accounts: [] });
  });
});

describe('the list of accounts', () => {
  it('is read page by page, and its names find the connection on both pages', async () => {
    const names = Array.from({ length: 25 }, (_, at) => `Branch ${at}`);
    world.practice.control.setAccounts('alice', accounts(...names));
    world.practice.requests.clear();
    await connectByKey(world, 'alice');
    expect(world.practice.requests.to('keys', '/v1/projects')).toHaveLength(13);
    const { panel, rows, state, button, box } = await openTab();
    await expect.poll(() => rows.count()).toBe(25);
    await panel.getByRole('searchbox', { name: 'Search accounts' }).fill('acc-branch-2');
    await expect.poll(() => rows.count()).toBe(6);
    await button('Leave out the 6 found').click();
    await state.getByText('19 of 25 accounts').waitFor();
    expect(await box('Branch 24 acc-branch-24').isChecked()).toBe(false);

    await screens.options.getByRole('searchbox', { name: 'Search connections' }).fill('branch 17');
    await screens.tableRow(KEYS).getByText('Found in: Branch 17').waitFor();
    const popup = await openPopup(world);
    await popup.getByRole('searchbox').fill('acc-branch-17');
    await popupRow(popup, KEYS).waitFor();
    await popup.getByRole('searchbox').fill('branch 99');
    await popup.getByRole('button', { name: 'Clear search' }).waitFor();
    expect(await popupRow(popup, KEYS).count()).toBe(0);
  });

  it('of 2,000 keeps few rows in the page, and axe finds nothing in it', async () => {
    const projects = Array.from({ length: 2_100 }, (_, at) => ({ id: `p-${at}`, name: `P ${at}` }));
    const fault = { kind: 'body', body: { projects, next_cursor: null } } as const;
    world.practice.control.setFault('keys', fault, PROJECTS);
    await attempt(world, keyWish(world, 'alice'));
    const { panel, rows, state, button } = await openTab();
    await panel.getByText('1–100 of 2,000').waitFor();
    await panel.getByText('The list goes on at the provider').waitFor();
    await expect.poll(() => rows.count()).toBe(100);
    await button('Next').click();
    await panel.getByText('101–200 of 2,000').waitFor();
    await panel.getByRole('searchbox', { name: 'Search accounts' }).fill('P 1999');
    await panel.getByRole('checkbox', { name: 'P 1999 p-1999' }).uncheck();
    await state.getByText('1,999 of 2,000 accounts').waitFor();
    await expectNothingFound(screens.options);
  });

  it('that is empty says so in words everywhere, and what to do', async () => {
    const { control } = world.practice;
    control.setAccounts('alice', []);
    const { id } = await connectByKey(world, 'alice');
    expect((await connection(world, id)).accounts.kind).toBe('none');
    await screens.tableRow(KEYS).getByRole('cell', { name: 'No accounts', exact: true }).waitFor();
    // Nothing is wrong with the connection itself.
    await screens.tableRow(KEYS).getByText('Active').waitFor();
    const { panel, rows, state, button } = await openTab();
    await state.getByText('No accounts', { exact: true }).waitFor();
    await panel.getByText('This identity reaches no account. Ask at the provider').waitFor();
    expect(await rows.count()).toBe(0);
    control.setAccounts('alice', accounts('North'));
    await button('Read again').click();
    await state.getByText('1 account', { exact: true }).waitFor();
    await expect.poll(() => panel.getByText('This identity reaches no account').count()).toBe(0);
    await closeDetails();
    await screens.tableRow(KEYS).getByRole('cell', { name: '1 account', exact: true }).waitFor();
  });

  it('says that it is being read as long as it is, and what was known stays', async () => {
    await connectByKey(world, 'alice');
    const { panel, rows, state, button } = await openTab();
    await state.getByText('3 accounts', { exact: true }).waitFor();
    const held = world.practice.control.holdNext('keys', PROJECTS.path);
    await button('Read again').click();
    await held.reached;
    await state.getByText('Reading accounts', { exact: true }).waitFor();
    expect(await button('Read again').getAttribute('aria-disabled')).toBe('true');
    expect(await panel.getByText('No accounts').count()).toBe(0);
    await expect.poll(() => rows.count()).toBe(3);
    held.release();
    await state.getByText('3 accounts', { exact: true }).waitFor();
    await expect.poll(() => button('Read again').getAttribute('aria-disabled')).toBe('false');
  });

  it('that was never read is told apart from an empty one, and is read', async () => {
    const { id } = await connectByKey(world, 'alice');
    // As an earlier version may have left it.
    await set(world.page, 'connections', id, { accounts: { kind: 'loading' } });
    await screens.options.reload();
    await screens.tableRow(KEYS).getByRole('cell', { name: 'Not read yet', exact: true }).waitFor();
    const { state, button } = await openTab();
    await state.getByText('Not read yet', { exact: true }).waitFor();
    await button('Read again').click();
    await state.getByText('3 accounts', { exact: true }).waitFor();
    expect((await connection(world, id)).accounts.kind).toBe('ready');
  });

  it('that cannot be read says why and what to do, keeps what was known, and is read again', async () => {
    const { control } = world.practice;
    await connectByKey(world, 'alice');
    const { panel, rows, state, button } = await openTab();
    control.setFault('keys', { kind: 'status', status: 403 }, PROJECTS);
    await button('Read again').click();
    await state.getByText('Error: not allowed to list accounts').waitFor();
    await panel.getByText('Ask there for a role').waitFor();
    await expect.poll(() => rows.count()).toBe(3);
    control.setFault('keys', null, PROJECTS);
    await button('Read again').click();
    await state.getByText('3 accounts').waitFor();
    await expect.poll(() => panel.getByText('Ask there for a role').count()).toBe(0);
  });
});
