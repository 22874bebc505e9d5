/**
 * From a symptom to what to do about it: the evidence of a connection says what was asked, what came
 * back, when it was last good, and which step helps.
 */
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  attempt,
  basicWish,
  connectByKey,
  connectByOauth,
  connectionOf,
  ended,
  reconnectWish,
} from './support/connect.ts';
import { set } from './support/failpoint.ts';
import { openOptions, tableRow } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

const DAY_MS = 24 * 60 * 60 * 1000;
const NAME = 'Monthly report';
const OWNER_CHANGED =
  'Reconnect to grant access again. If whoever signed in has left, or owns the data no more, have its present owner sign in.';
const WORKS =
  'The connection works. If data look old, reconnecting is not the fix: look at the schedule or the report at the source.';

let options: Page;

beforeEach(async () => {
  options = await openOptions(world);
});

async function checkAll(): Promise<void> {
  await world.call('checkNow', { ids: [] });
}

/** Opens the evidence under the row of a connection. */
async function openEvidence(): Promise<Locator> {
  await options.getByRole('button', { name: `Show issue of ${NAME}` }).click();
  const table = options.getByRole('table', { name: 'Connections' });
  const copy = options.getByRole('button', { name: 'Copy evidence' });
  return table.getByRole('row').filter({ has: copy });
}

/** Opens the details of a connection at their overview. */
async function openOverview(): Promise<Locator> {
  await tableRow(options, NAME)
    .getByRole('link', { name: `Open ${NAME}` })
    .click();
  const details = options.getByRole('region', { name: `Details of ${NAME}` });
  return details.getByRole('tabpanel', { name: 'Overview' });
}

/** Waits until a sentence stands there, the whole of it. */
function expectWords(place: Locator, sentence: string): Promise<void> {
  return place.getByText(sentence, { exact: true }).waitFor();
}

/** The facts of an evidence card by their names. */
async function factsOf(card: Locator): Promise<Record<string, string>> {
  const names = await card.getByRole('term').allInnerTexts();
  const values = await card.getByRole('definition').allInnerTexts();
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
}

/** Replaces the key of a connection by one that the provider accepts. */
async function replaceKey(id: string): Promise<void> {
  const credential = { kind: 'key' as const, key: world.practice.control.createKey('alice') };
  const wish = { ...reconnectWish(id), credential };
  const { authorizationId } = await world.call('reconnect', wish);
  expect((await ended(world, authorizationId)).state.kind).toBe('done');
}

describe('what to do is said where', () => {
  it('the key was rotated', async () => {
    await connectByKey(world, 'alice', { name: NAME });
    world.practice.control.rotateKey('alice');
    await checkAll();
    const sentence =
      'Reconnect with a valid credential: it was rotated, revoked or mistyped at the source.';
    await expectWords(await openEvidence(), sentence);
    await expectWords(await openOverview(), sentence);
  });

  it('access was revoked, also because its owner has changed', async () => {
    await connectByOauth(world, 'alice', { name: NAME });
    world.practice.control.revokeGrants('alice');
    await checkAll();
    const card = await openEvidence();
    await expectWords(card, OWNER_CHANGED);
    await expect
      .poll(() => factsOf(card))
      .toMatchObject({
        Asked: `POST ${new URL(world.practice.origins.authorisation).host}/token`,
        Answer: 'HTTP 400 · Refused · access was revoked',
      });
    await expectWords(await openOverview(), OWNER_CHANGED);
  });

  it('a role was taken away', async () => {
    await connectByOauth(world, 'alice', { name: NAME });
    world.practice.control.takeRoleAway('alice');
    await checkAll();
    const card = await openEvidence();
    await card.getByText('it may do less than it should').waitFor();
    await expectWords(
      card,
      'Ask for the missing role or scope at the provider, or reconnect and grant it.',
    );
  });

  it('the provider has trouble', async () => {
    await connectByKey(world, 'alice', { name: NAME });
    world.practice.control.setFault('keys', { kind: 'status', status: 503 });
    await checkAll();
    const card = await openEvidence();
    await expectWords(card, 'Nothing to do. Patchbay asks again until the provider is back.');
    await expect
      .poll(() => factsOf(card))
      .toMatchObject({ Answer: 'HTTP 503 · Provider trouble · the provider has trouble' });
  });

  it('data are old although the connection works', async () => {
    await connectByKey(world, 'alice', { name: NAME });
    await expectWords(await openOverview(), WORKS);
  });

  it('sync was paused on purpose', async () => {
    await connectByKey(world, 'alice', { name: NAME });
    const overview = await openOverview();
    await overview.getByRole('button', { name: 'Pause sync' }).click();
    await expectWords(
      overview,
      'Sync was paused on purpose. Resume it to have data move again; the credential needs nothing.',
    );
    expect(await overview.getByText(WORKS).count()).toBe(0);
    await overview.getByRole('button', { name: 'Resume sync' }).click();
    await expectWords(overview, WORKS);
  });

  it('a connection broke again soon after it was reconnected', async () => {
    const { id } = await connectByKey(world, 'alice', { name: NAME });
    world.practice.control.revokeKey('alice');
    await checkAll();
    await replaceKey(id);
    world.practice.control.revokeKey('alice');
    await checkAll();
    await expectWords(
      await openEvidence(),
      'It broke again within 1 day of being reconnected. Look at the source before you reconnect: a role, a permission or a token policy there may end access each time, and so may a copy of this browser profile that is used elsewhere.',
    );
  });
});

describe('the likely cause is named where', () => {
  it('others of the same account broke with it', async () => {
    for (const [name, environmentId] of [
      [NAME, 'production'],
      ['Its rehearsal', 'staging'],
    ] as const)
      await connectionOf(
        world,
        await attempt(world, basicWish(world, 'alice', { name, environmentId })),
      );
    world.practice.control.changePassword('alice');
    await checkAll();
    await expectWords(
      await openEvidence(),
      'Likely cause: a changed password, or an administrator’s step. 1 other connection of the same account broke within minutes.',
    );
  });

  it('access lasted as long as its provider grants it', async () => {
    const { oauth } = world.practice.definitions;
    const rule = {
      afterS: (7 * DAY_MS) / 1000,
      since: 'grant',
      when: 'while the app is in testing',
      source: 'https://docs.practice.example/testing',
    };
    const methods = oauth.methods.map((method) => ({ ...method, lapses: [rule] }));
    await world.call('importProvider', { text: JSON.stringify({ ...oauth, methods }) });
    const { id } = await connectByOauth(world, 'alice', { name: NAME });
    await set(world.page, 'connections', id, { authorizedAt: Date.now() - 7 * DAY_MS });
    world.practice.control.revokeGrants('alice');
    await checkAll();
    const card = await openEvidence();
    await expectWords(
      card,
      'Likely cause: the provider ends access after 7 days while the app is in testing, and this one lasted 7 days.',
    );
    expect(await card.getByRole('link', { name: 'Source' }).getAttribute('href')).toBe(rule.source);
  });
});

it('the evidence says what was asked, what came back and when it was last good, and is copied without a secret', async () => {
  const { control } = world.practice;
  const { id } = await connectByKey(world, 'alice', { name: NAME });
  const verifiedAt = Date.now() - 3.5 * DAY_MS;
  await set(world.page, 'connections', id, { health: { kind: 'active', verifiedAt } });
  const key = control.keyOf('alice');
  const body = { error: { code: 'invalid_key', message: `The key ${key} was refused` } };
  control.setFault('keys', { kind: 'body', status: 401, body });
  await checkAll();
  const card = await openEvidence();
  await expect
    .poll(() => factsOf(card))
    .toEqual({
      Checked: 'just now',
      Asked: `GET ${new URL(world.practice.origins.keys).host}/v1/whoami`,
      Answer: 'HTTP 401 · Refused · the credential was refused',
      'In their words': expect.stringContaining('was refused'),
      'Last good': '3 days ago',
    });

  const { context } = world.browser;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await options.bringToFront();
  await card.getByRole('button', { name: 'Copy evidence' }).click();
  await options.getByRole('status', { name: 'Messages' }).getByText('Copied.').waitFor();
  const text = await options.evaluate(() => navigator.clipboard.readText());
  await context.clearPermissions();
  expect(text).toContain(`${NAME} (Practice Keys)`);
  expect(text).toContain('alice@practice.example');
  expect(text).toMatch(/GET \S+\/v1\/whoami \| HTTP 401 \| Refused \| the credential was refused/);
  expect(control.secrets()).toContain(key);
  expect(control.secrets().filter((secret) => text.includes(secret))).toEqual([]);
  expect(await card.innerText()).not.toContain(key);
});
