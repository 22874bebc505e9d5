import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { badgeText, notifications } from '../support/browser/observe.ts';
import {
  connectBySignIn,
  connectTyped,
  importDefinition,
  openNewConnection,
  signInAs,
} from '../support/journey/options-page.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

const CLOUD = 'Practice Cloud · alice@practice.example';
const KEYS = 'Practice Keys · alice@practice.example';

let bench: Workbench;
let options: Page;
let popup: Page;

beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

beforeEach(async () => {
  options = await bench.browser.page('options.html#/connections');
  await options.setViewportSize({ width: 1400, height: 800 });
  popup = await bench.browser.page('popup.html');
  await popup.setViewportSize({ width: 400, height: 600 });
});
afterEach(async () => {
  await Promise.all([options.close(), popup.close()]);
  await bench.clear();
});

function popupRow(name: string) {
  return popup.getByRole('list', { name: 'Connections' }).getByRole('listitem', { name });
}

function tableRow(name: string) {
  return options
    .getByRole('table', { name: 'Connections' })
    .getByRole('row')
    .filter({ hasText: name });
}

const seen = { timeout: 15_000 };

describe('connecting', () => {
  it('connects through the sign-in window and shows the connection in both pages', async () => {
    await connectBySignIn(options, 'Practice Cloud', 'alice');
    await tableRow(CLOUD).getByText('Active').waitFor(seen);
    await popupRow(CLOUD).getByText('Active').waitFor(seen);
    const [connection] = await bench.connections();
    expect(connection).toMatchObject({
      identity: { id: 'practice-alice', label: 'alice@practice.example' },
      accounts: { kind: 'ready', items: expect.arrayContaining([expect.anything()]) },
      health: { kind: 'active' },
      grant: { isRenewable: true },
    });
  });

  it('connects with a user and password', async () => {
    const { passwordOf } = bench.practice.control;
    const definition = bench.practice.definitions.basic;
    const [method] = definition.methods;
    if (method?.kind !== 'basic') throw new Error('the practice definition has changed');
    await connectTyped(options, 'Practice Basic', {
      [method.userLabel]: 'alice',
      [method.passwordLabel]: passwordOf('alice'),
    });
    expect(await bench.connections()).toHaveLength(1);
  });

  it('refuses a wrong key, keeps what was typed, and saves nothing', async () => {
    const dialog = await openNewConnection(options, 'Practice Keys');
    const key = dialog.getByLabel('API key', { exact: true });
    await key.fill('pk_practice_wrong');
    await dialog.getByLabel('Name (optional)').fill('My keys');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByText('The provider did not accept it').waitFor(seen);
    expect(await key.inputValue()).toBe('pk_practice_wrong');
    expect(await dialog.getByLabel('Name (optional)').inputValue()).toBe('My keys');
    expect(await bench.connections()).toEqual([]);
    expect(await bench.records('secrets')).toEqual([]);
    await key.fill(bench.practice.control.keyOf('alice'));
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await tableRow('My keys').waitFor(seen);
  });

  it('says cancelled, not error, when the window is closed', async () => {
    const dialog = await openNewConnection(options, 'Practice Cloud');
    const window = options.context().waitForEvent('page');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await (await window).close();
    await dialog
      .getByText(/cancelled/i)
      .first()
      .waitFor(seen);
    const [attempt] = await bench.records<{ state: { kind: string } }>('authorizations');
    expect(attempt?.state.kind).toBe('cancelled');
  });

  it('offers to update instead of doubling when the same person connects again', async () => {
    const first = await bench.connectByKey();
    const dialog = await openNewConnection(options, 'Practice Keys');
    await dialog
      .getByLabel('API key', { exact: true })
      .fill(bench.practice.control.createKey('alice'));
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('button', { name: 'Update it' }).click(seen);
    await dialog.waitFor({ state: 'hidden' });
    const connections = await bench.connections();
    expect(connections.map(({ id }) => id)).toEqual([first.id]);
    expect(connections[0]?.authorizedAt).toBeGreaterThan(first.authorizedAt ?? 0);
  });
});

describe('noticing and mending', () => {
  it('shows what broke in badge, notification and both pages, and mends it from the popup', async () => {
    const before = await bench.connectBySignIn();
    bench.practice.control.revokeGrants('alice');
    await bench.checkAll();
    expect(await badgeText(popup)).toBe('1');
    expect(await notifications(popup)).toEqual([`connection:${before.id}`]);
    await popupRow(CLOUD).getByText('access was revoked').waitFor(seen);
    await popup
      .getByRole('status', { name: 'Summary' })
      .getByText('1 needs reconnecting')
      .waitFor(seen);
    await tableRow(CLOUD).getByText('Reconnect needed').waitFor(seen);

    await signInAs(popup, 'alice', () =>
      popup.getByRole('button', { name: `Reconnect ${CLOUD}` }).click(),
    );
    await popupRow(CLOUD).getByText('Active').waitFor(seen);
    await tableRow(CLOUD).getByText('Active').waitFor(seen);
    expect(await badgeText(popup)).toBe('');
    expect(await notifications(popup)).toEqual([]);
    const [after] = await bench.connections();
    expect(after).toMatchObject({ id: before.id, name: before.name, createdAt: before.createdAt });
    const checks = await bench.records<{ connectionId: string }>('checks');
    expect(checks.filter(({ connectionId }) => connectionId === before.id).length).toBeGreaterThan(
      2,
    );
  });

  it('overwrites nothing when another person signs in, and tries again as the first', async () => {
    const before = await bench.connectBySignIn();
    bench.practice.control.revokeGrants('alice');
    await bench.checkAll();
    bench.practice.control.signOut();
    await signInAs(popup, 'bob', () =>
      popup.getByRole('button', { name: `Reconnect ${CLOUD}` }).click(),
    );
    const strip = options.getByText(/You signed in as bob@practice.example/).first();
    await strip.waitFor(seen);
    const [kept] = await bench.connections();
    expect(kept).toMatchObject({ id: before.id, identity: before.identity });
    expect(kept?.health.kind).toBe('reconnect');
    bench.practice.control.signOut();
    await signInAs(options, 'alice', () =>
      options.getByRole('button', { name: 'Try again as alice@practice.example' }).first().click(),
    );
    await tableRow(CLOUD).getByText('Active').waitFor(seen);
    expect(await bench.connections()).toHaveLength(1);
  });

  it('keeps the other person as a new connection when asked to', async () => {
    await bench.connectBySignIn();
    bench.practice.control.signOut();
    const [first] = await bench.connections();
    await signInAs(options, 'bob', () =>
      bench.ask('reconnect', {
        connectionId: first?.id ?? '',
        credential: null,
        client: null,
        chooseAccount: true,
      }),
    );
    await options
      .getByRole('button', { name: 'Keep bob@practice.example as a new connection' })
      .first()
      .click(seen);
    await tableRow('bob@practice.example').first().waitFor(seen);
    const identities = (await bench.connections()).map(({ identity }) => identity?.id);
    expect(identities.toSorted()).toEqual(['practice-alice', 'practice-bob']);
  });

  it('replaces the person on purpose, in place', async () => {
    const before = await bench.connectBySignIn();
    bench.practice.control.signOut();
    await signInAs(options, 'bob', () =>
      bench.ask('reconnect', {
        connectionId: before.id,
        credential: null,
        client: null,
        chooseAccount: true,
      }),
    );
    await options
      .getByRole('button', { name: 'Replace alice@practice.example by bob@practice.example' })
      .first()
      .click(seen);
    await tableRow('bob@practice.example').first().waitFor(seen);
    const [after, ...others] = await bench.connections();
    expect(others).toEqual([]);
    expect(after).toMatchObject({
      id: before.id,
      name: before.name,
      identity: { id: 'practice-bob' },
    });
  });

  it('reconnects a rotated key in the options page', async () => {
    await bench.connectByKey();
    const key = bench.practice.control.rotateKey('alice');
    await bench.checkAll();
    await options.getByRole('button', { name: `Reconnect ${KEYS}` }).click(seen);
    const dialog = options.getByRole('dialog', { name: `Reconnect ${KEYS}` });
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
    await tableRow(KEYS).getByText('Active').waitFor(seen);
    expect(await badgeText(popup)).toBe('');
  });
});

describe('seeing and editing', () => {
  it('scopes list and badge to the chosen environment', async () => {
    const connection = await bench.connectByKey();
    bench.practice.control.rotateKey('alice');
    await bench.checkAll();
    await expect.poll(() => badgeText(popup)).toBe('1');
    await popup.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
    await expect.poll(() => badgeText(popup)).toBe('');
    await popupRow(connection.name).waitFor({ state: 'detached' });
    await popup.getByRole('combobox', { name: 'Environment' }).selectOption('production');
    await popupRow(connection.name).waitFor(seen);
    await bench.ask('saveSettings', { environmentId: null });
  });

  it('renames, and tells of a rename that came from elsewhere meanwhile', async () => {
    const { id, revision } = await bench.connectByKey();
    await options.getByRole('button', { name: `Rename ${KEYS}` }).click(seen);
    // Its name follows the connection's.
    const dialog = options.getByRole('dialog', { name: /^Rename / });
    await bench.ask('renameConnection', { id, name: 'From elsewhere', revision });
    await dialog.getByLabel('Name', { exact: true }).fill('Mine');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('From elsewhere').first().waitFor(seen);
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Mine');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await popupRow('Mine').waitFor(seen);
  });

  it('deletes, and ends the grant at the provider when asked to', async () => {
    await bench.connectBySignIn();
    await options.getByRole('button', { name: `Delete ${CLOUD}` }).click(seen);
    const dialog = options.getByRole('dialog', { name: 'Delete 1 connection' });
    await dialog.getByText('Nothing is deleted at the source').waitFor();
    await dialog.getByRole('checkbox', { name: /Also revoke access/ }).check();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await tableRow(CLOUD).waitFor({ state: 'detached' });
    expect(bench.practice.control.liveGrants('alice')).toBe(0);
    expect(await bench.connections()).toEqual([]);
    expect(await bench.records('secrets')).toEqual([]);
    expect(await bench.records('checks')).toEqual([]);
  });

  it('shows a name of HTML, direction marks and 10,000 characters as text in one line', async () => {
    const { id, revision } = await bench.connectByKey();
    const reply = await bench.call('renameConnection', { id, name: 'x'.repeat(10_000), revision });
    expect(reply).toMatchObject({ ok: false, code: 'invalid-request', detail: 'name' });
    const hostile = `<img src=x onerror=alert(1)>\u202Egnirts ${'long '.repeat(30)}`.trim();
    await bench.ask('renameConnection', { id, name: hostile, revision });
    await popup.getByText('<img src=x').first().waitFor(seen);
    expect(await popup.locator('img').count()).toBe(0);
    expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      400,
    );
  });

  it('imports a definition, and says exactly what is wrong with a bad one', async () => {
    const good = bench.practice.definitions.keys;
    await importDefinition(options, { ...good, id: 'practice-other', name: 'Practice Other' });
    await options.getByText('Practice Other').first().waitFor(seen);
    await options.getByRole('button', { name: 'Import provider' }).click();
    const dialog = options.getByRole('dialog', { name: 'Import provider' });
    const choose = (text: string) =>
      dialog.getByLabel('Choose a definition (JSON)').setInputFiles({
        name: 'bad.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
    const check = { ...good.check, url: 'http://api.example.com/me' };
    await choose(JSON.stringify({ ...good, name: undefined, check }));
    const issues = dialog.getByRole('table', { name: 'Mistakes' });
    await issues.getByRole('row').filter({ hasText: 'check.url' }).waitFor(seen);
    await issues.getByRole('row').filter({ hasText: 'name' }).first().waitFor(seen);
    expect(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(
      true,
    );
    await choose('x'.repeat(5 * 1024 * 1024));
    await dialog.getByText('The file is too large').waitFor(seen);
    await choose('<html></html>');
    await dialog.getByText('The file is not JSON').waitFor(seen);
    await bench.ask('removeProvider', { id: 'practice-other' });
  });
});
