/**
 * From the provider's refusal to green again: what is shown on the way, and every way back.
 */
import { describe, expect, it } from 'vitest';
import { badgeText, notifications, tooltip } from '../support/browser/observe.ts';
import { signInAs } from '../support/journey/options-page.ts';
import { connectByBasic, connectByKey, connectByOauth, connection } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import {
  OPTIONS_SIZE,
  openOptions,
  openPopup,
  popupRow,
  tableRow,
  useScreens,
} from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const CLOUD = 'Practice Cloud · alice@practice.example';
const KEYS = 'Practice Keys · alice@practice.example';

/** A connection of Practice Cloud whose grant its owner has ended at the provider. */
async function brokenCloud() {
  const before = await connectByOauth(world, 'alice', { tags: ['kept'] });
  world.practice.control.revokeGrants('alice');
  await world.call('checkNow', { ids: [] });
  await screens.popupRow(CLOUD).getByText('access was revoked').waitFor();
  return before;
}

async function expectMended(): Promise<void> {
  await screens.popupRow(CLOUD).getByText('Active').waitFor();
  await screens.tableRow(CLOUD).getByText('Active').waitFor();
  await eventually(async () => {
    expect(await badgeText(world.page)).toBe('');
    expect(await notifications(world.page)).toEqual([]);
  });
}

/** Answers a notification as a click does: headless browsers show none that could be clicked. */
async function clickNotification(id: string): Promise<void> {
  const worker = await world.browser.worker();
  await worker.evaluate((id) => {
    const { chrome } = globalThis as unknown as {
      chrome: { notifications: { onClicked: { dispatch(id: string): void } } };
    };
    chrome.notifications.onClicked.dispatch(id);
  }, id);
}

describe('what broke', () => {
  it('is shown by badge, tooltip, notification and both pages', async () => {
    const { id } = await brokenCloud();
    expect(await badgeText(world.page)).toBe('1');
    expect(await tooltip(world.page)).toBe('Patchbay: 1 needs reconnecting');
    expect(await notifications(world.page)).toEqual([`connection:${id}`]);
    const summary = screens.popup.getByRole('status', { name: 'Summary' });
    await summary.getByText('1 needs reconnecting').waitFor();
    await screens.tableRow(CLOUD).getByText('Reconnect needed').waitFor();
    await screens.options.getByRole('button', { name: `Show issue of ${CLOUD}` }).click();
    await screens.options.getByText('grant request is invalid').first().waitFor();
  });

  it('together is told in one notification, and offered together', async () => {
    await connectByKey(world, 'alice');
    await connectByBasic(world, 'alice');
    world.practice.control.revokeKey('alice');
    world.practice.control.changePassword('alice');
    await world.call('checkNow', { ids: [] });
    expect(await notifications(world.page)).toEqual([expect.stringMatching(/^group:/)]);
    expect(await badgeText(world.page)).toBe('2');
    const all = screens.popup.getByRole('button', { name: 'Reconnect all (2)' });
    await all.click();
    await eventually(() => expect(screens.options.url()).toContain('#/repair'));
    // It closes behind what it opened; whoever reads it meanwhile finds it gone.
    await eventually(() => expect(screens.popup.isClosed()).toBe(true));
  });
});

describe('a broken sign-in is mended', () => {
  it('from the popup, in place', async () => {
    const before = await brokenCloud();
    await signInAs(screens.popup, 'alice', () =>
      screens.popup.getByRole('button', { name: `Reconnect ${CLOUD}` }).click(),
    );
    await expectMended();
    const { id, name, tags, environmentId, createdAt } = before;
    const after = await connection(world, id);
    expect(after).toMatchObject({ id, name, tags, environmentId, createdAt });
    const history = (await world.records('checks')).filter((one) => one.connectionId === id);
    expect(history.map(({ health }) => health)).toEqual(['active', 'reconnect', 'active']);
  });

  it('from the options page', async () => {
    await brokenCloud();
    const dialog = screens.options.getByRole('dialog', { name: `Reconnect ${CLOUD}` });
    await signInAs(screens.options, 'alice', () =>
      screens.options.getByRole('button', { name: `Reconnect ${CLOUD}` }).click(),
    );
    await expectMended();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('from its notification', async () => {
    const { id } = await brokenCloud();
    await signInAs(screens.popup, 'alice', () => clickNotification(`connection:${id}`));
    await expectMended();
  });

  it('with the name of the person already filled in at the provider', async () => {
    await brokenCloud();
    world.practice.control.signOut();
    const opening = world.browser.context.waitForEvent('page');
    await screens.popup.getByRole('button', { name: `Reconnect ${CLOUD}` }).click();
    const window = await opening;
    await window.getByText('Patchbay suggests alice@practice.example').waitFor();
    await window.close();
    await screens.popup.getByText(/cancelled/i).waitFor();
    expect((await world.records('connections'))[0]?.health.kind).toBe('reconnect');
  });
});

describe('what is well', () => {
  it('is reconnected from the menu of its row, and stays the same with its history', async () => {
    const before = await connectByOauth(world, 'alice', { tags: ['kept'] });
    const { options } = screens;
    await screens.tableRow(CLOUD).getByText('Active').waitFor();
    // Only what asks for it offers it beside the name.
    expect(await options.getByRole('button', { name: `Reconnect ${CLOUD}` }).count()).toBe(0);
    await signInAs(options, 'alice', async () => {
      await options.getByRole('button', { name: `More for ${CLOUD}` }).click();
      await options.getByRole('menuitem', { name: 'Reconnect', exact: true }).click();
    });
    const dialog = options.getByRole('dialog', { name: `Reconnect ${CLOUD}` });
    const { id, name, tags, environmentId, createdAt, authorizedAt, identity } = before;
    await eventually(async () => {
      const after = await connection(world, id);
      expect(after.authorizedAt).toBeGreaterThan(authorizedAt ?? 0);
      expect(after).toMatchObject({ id, name, tags, environmentId, createdAt, identity });
      expect(after.health.kind).toBe('active');
    });
    await dialog.waitFor({ state: 'hidden' });
    expect(await world.records('connections')).toHaveLength(1);
    await expectMended();

    await options.getByRole('link', { name: `Open ${CLOUD}` }).click();
    await options.getByRole('tab', { name: 'Activity' }).click();
    await options.getByText('The last 2 checks').waitFor();
    const checks = options.getByRole('list', { name: 'Activity' }).getByRole('listitem');
    await expect.poll(() => checks.count()).toBe(2);
    await options.goto(new URL(`#/activity?connection=${id}`, options.url()).href);
    const today = options.getByRole('region', { name: 'Today' }).getByRole('listitem');
    await today.filter({ hasText: 'Reconnected by you while it worked' }).waitFor();
    await today
      .filter({ hasText: /Connected/ })
      .first()
      .waitFor();
    await expect.poll(() => today.count()).toBe(2);
  });
});

describe('a refused key is mended', () => {
  it('by a new one in the options page', async () => {
    await connectByKey(world, 'alice');
    const key = world.practice.control.rotateKey('alice');
    await world.call('checkNow', { ids: [] });
    await screens.options.getByRole('button', { name: `Reconnect ${KEYS}` }).click();
    const dialog = screens.options.getByRole('dialog', { name: `Reconnect ${KEYS}` });
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
    await screens.tableRow(KEYS).getByText('Active').waitFor();
    await eventually(async () => expect(await badgeText(world.page)).toBe(''));
  });

  it('from its notification, which leads to the field for the new one', async () => {
    const { id } = await connectByKey(world, 'alice');
    await screens.options.close();
    const key = world.practice.control.rotateKey('alice');
    await world.call('checkNow', { ids: [] });
    const opening = world.browser.context.waitForEvent('page');
    await clickNotification(`connection:${id}`);
    const page = await opening;
    const dialog = page.getByRole('dialog', { name: `Reconnect ${KEYS}` });
    await dialog.getByLabel('API key', { exact: true }).fill(key);
    await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
    await screens.popupRow(KEYS).getByText('Active').waitFor();
    expect(await connection(world, id)).toMatchObject({ health: { kind: 'active' } });
  });
});

describe('another person signs in', () => {
  /** Reconnects the connection of alice as bob. @returns it as it was before */
  async function reconnectAsBob() {
    const before = await brokenCloud();
    world.practice.control.signOut();
    await signInAs(screens.popup, 'bob', () =>
      screens.popup.getByRole('button', { name: `Reconnect ${CLOUD}` }).click(),
    );
    await screens.options.getByText(/You signed in as bob@practice.example/).waitFor();
    const kept = await connection(world, before.id);
    expect(kept).toMatchObject({ identity: before.identity, health: { kind: 'reconnect' } });
    return before;
  }

  it('and nothing is overwritten; trying again as the first mends it [F36 O13]', async () => {
    await reconnectAsBob();
    // Whom each button means is readable on a narrow page too.
    await screens.options.setViewportSize({ width: 400, height: 800 });
    const strip = screens.options.locator('.attempts');
    expect(await strip.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    const cut = strip.getByRole('button').locator('bdi');
    for (const label of await cut.all())
      expect(await label.evaluate((text) => text.scrollWidth - text.clientWidth)).toBeLessThan(1);
    await screens.options.setViewportSize(OPTIONS_SIZE);
    world.practice.control.signOut();
    const again = screens.options.getByRole('button', {
      name: 'Try again as alice@practice.example',
    });
    await signInAs(screens.options, 'alice', () => again.click());
    await expectMended();
    expect(await world.records('connections')).toHaveLength(1);
  });

  it('and becomes a new connection where the person wants it [F36]', async () => {
    await reconnectAsBob();
    await screens.options
      .getByRole('button', { name: 'Keep bob@practice.example as a new connection' })
      .click();
    await screens.popupRow('Practice Cloud · bob@practice.example').getByText('Active').waitFor();
    const found = await world.records('connections');
    expect(found.map(({ identity, health }) => [identity?.id, health.kind]).sort()).toEqual([
      ['practice-alice', 'reconnect'],
      ['practice-bob', 'active'],
    ]);
  });

  it('and takes the place of the first on purpose [F36]', async () => {
    const { id, name, createdAt, tags } = await reconnectAsBob();
    await screens.options
      .getByRole('button', { name: 'Replace alice@practice.example by bob@practice.example' })
      .click();
    await eventually(async () =>
      expect(await world.records('connections')).toMatchObject([
        { id, name, createdAt, tags, identity: { id: 'practice-bob' }, health: { kind: 'active' } },
      ]),
    );
    await eventually(async () => expect(await badgeText(world.page)).toBe(''));
  });
});

describe('pages that are open at the same time', () => {
  it('agree on everything without a reload', async () => {
    const { id, revision } = await connectByKey(world, 'alice');
    const secondOptions = await openOptions(world);
    const secondPopup = await openPopup(world);
    const everywhere = async (name: string, text: string) => {
      for (const page of [screens.options, secondOptions])
        await tableRow(page, name).getByText(text).waitFor();
      for (const page of [screens.popup, secondPopup])
        await popupRow(page, name).getByText(text).waitFor();
    };
    await everywhere(KEYS, 'Active');
    await world.call('renameConnection', { id, name: 'Everywhere', revision });
    await everywhere('Everywhere', 'Active');
    world.practice.control.revokeKey('alice');
    await screens.popup.getByRole('button', { name: 'Check now' }).click();
    await everywhere('Everywhere', 'Reconnect needed');
    await world.call('deleteConnections', { ids: [id], revoke: false });
    for (const page of [screens.options, secondOptions])
      await tableRow(page, 'Everywhere').waitFor({ state: 'detached' });
    for (const page of [screens.popup, secondPopup])
      await popupRow(page, 'Everywhere').waitFor({ state: 'detached' });
    expect(await world.records('connections')).toEqual([]);
  });
});
