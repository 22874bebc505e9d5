/** Passkeys that open the vault: added, asked for, lost and removed. */
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { badgeText } from '../support/browser/observe.ts';
import {
  overhear,
  overheard,
  spellingsOf,
  useAuthenticators,
  type Authenticators,
} from './support/authenticator.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey } from './support/connect.ts';
import { replyTo } from './support/procedure-call.ts';
import { openOptions, openPopup } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

const PASSPHRASE = 'correct horse battery staple';
const LOCKED = 'Checks paused while locked.';

let settings: Page;
let authenticators: Authenticators;

beforeEach(async () => {
  await world.call('protectVault', { current: null, passphrase: PASSPHRASE });
  settings = await openOptions(world, '#/settings');
  authenticators = await useAuthenticators(settings);
  await settings.evaluate(overhear);
});

afterEach(async () => {
  // Heard too late to be looked for at once: the recorder looks through all when the file ends.
  for (const answer of await overheard(settings))
    for (const text of spellingsOf(answer)) world.recorder.plant(text);
  await world.call('unlockVault', { passphrase: PASSPHRASE });
  await world.call('unprotectVault', { current: PASSPHRASE });
});

const passkeys = (): Locator => settings.getByRole('list', { name: 'Passkeys' });
const note = (page = settings): Locator => page.getByRole('status', { name: 'Locked' });
const byPasskey = (page = settings): Locator =>
  note(page).getByRole('button', { name: 'Unlock with a passkey' });
const adding = (): Locator => settings.getByRole('dialog', { name: 'Add a passkey' });

async function submitAdding(name: string): Promise<void> {
  await settings.getByRole('button', { name: 'Add a passkey' }).first().click();
  await adding().getByRole('textbox', { name: 'Name of the passkey' }).fill(name);
  await adding().getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await adding().getByRole('button', { name: 'Add a passkey' }).click();
}

async function add(name: string): Promise<void> {
  await submitAdding(name);
  await adding().waitFor({ state: 'detached' });
  await passkeys().getByRole('listitem').filter({ hasText: name }).waitFor();
}

async function remove(name: string): Promise<void> {
  await settings.getByRole('button', { name: `Remove passkey ${name}`, exact: true }).click();
  const removing = settings.getByRole('dialog', { name: `Remove passkey ${name}` });
  await removing.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await removing.getByRole('button', { name: 'Remove passkey' }).click();
  await removing.waitFor({ state: 'detached' });
  await passkeys().getByText(name, { exact: true }).waitFor({ state: 'detached' });
}

/** What is kept of the vault's key. */
async function vaultRecord(): Promise<{ readonly passkeys: readonly { readonly id: string }[] }> {
  const kept = await world.records('kept');
  const found = kept.find((one) => typeof one === 'object' && one !== null && 'wrapped' in one);
  return found as { readonly passkeys: readonly { readonly id: string }[] };
}

it('a passkey unlocks after the worker and its memory are gone; the popup leads there', async () => {
  const { id } = await connectByKey(world, 'alice', { name: 'Mine' });
  await settings.getByRole('button', { name: 'Add a passkey' }).click();
  await adding().waitFor();
  await expectNothingFound(settings);
  await settings.keyboard.press('Escape');
  await add('Laptop');
  await expectNothingFound(settings);

  await world.call('lockVault', {});
  await world.browser.stopWorker();
  const popup = await openPopup(world);
  await byPasskey(popup).waitFor();
  await expectNothingFound(popup);
  const closed = popup.waitForEvent('close');
  await byPasskey(popup).click();
  await closed;
  await settings.waitForURL(/#\/connections$/);
  await expectNothingFound(settings);
  await byPasskey().click();
  await note().getByText(LOCKED).waitFor({ state: 'detached' });
  await expect.poll(() => badgeText(world.page)).toBe('');
  expect(await world.call('checkNow', { ids: [id] })).toMatchObject({ checked: 1, reconnect: 0 });
  expect((await overheard(settings)).map(({ length }) => length)).toEqual([32, 32]);
});

it('another authenticator unlocks nothing and says what to do; the passphrase does', async () => {
  await add('Laptop');
  await world.call('lockVault', {});
  await authenticators.swap();
  await byPasskey().click();
  await note()
    .getByText(/^No passkey came back: .* the passphrase works as well\.$/)
    .waitFor();
  await note().getByLabel('Passphrase').fill(PASSPHRASE);
  await note().getByRole('button', { name: 'Unlock', exact: true }).click();
  await note().getByText(LOCKED).waitFor({ state: 'detached' });
  await expect.poll(() => passkeys().getByRole('listitem').count()).toBe(1);
});

it('a passkey that was removed unlocks no more; another one does', async () => {
  await add('Laptop');
  await submitAdding('Laptop again');
  await adding().getByRole('alert').getByText('already holds a passkey').waitFor();
  await settings.keyboard.press('Escape');
  await authenticators.swap();
  await add('Key');
  await remove('Laptop');
  await world.call('lockVault', {});
  await byPasskey().click();
  await note().getByText(LOCKED).waitFor({ state: 'detached' });

  await authenticators.swap();
  await add('Third');
  const kept = await vaultRecord();
  const [{ id }] = kept.passkeys.slice(-1) as [{ id: string }];
  await remove('Third');
  await world.call('lockVault', {});
  // What its authenticator holds is none of those that are asked for.
  await byPasskey().click();
  await note().getByText('No passkey came back').waitFor();
  const answer = (await overheard(settings)).at(-1) ?? [];
  expect(answer).toHaveLength(32);
  expect(await replyTo(world.page, 'unlockByPasskey', { id, answer })).toMatchObject({
    ok: false,
    code: 'passkey-wrong',
  });
});

it('a passkey that cannot answer is not added, and the dialog says so', async () => {
  await authenticators.swap({ hasPrf: false });
  await submitAdding('Old');
  await adding().getByRole('alert').getByText('cannot be used to unlock Patchbay').waitFor();
  await settings.keyboard.press('Escape');
  expect(await passkeys().count()).toBe(0);
  expect((await vaultRecord()).passkeys).toEqual([]);
});
