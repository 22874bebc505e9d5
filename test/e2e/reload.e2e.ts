/**
 * The extension is reloaded, as the browser does for an update: pages and worker go at once, and with
 * them alarms, badge and what was remembered for the session (row F35 of the faults). What was meant
 * to happen is found again by the next worker, which nobody has to wake.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { IS_DEEP } from '../support/deep.ts';
import { failpoints } from '../support/failpoints.ts';
import { alarms, badgeText, notifications } from '../support/browser/observe.ts';
import { allowAs } from '../support/browser/sign-in-window.ts';
import {
  attemptReconnect,
  attemptSignIn,
  connectByKey,
  connectByOauth,
  connection,
  connectionOf,
  ended,
  openNotedSignIn,
  openSignIn,
} from './support/connect.ts';
import { developerProfile } from './support/developer-profile.ts';
import { eventually } from './support/eventually.ts';
import { armed, set } from './support/failpoint.ts';
import { expectTruth, JOURNEYS } from './support/failpoint-journeys.ts';
import { outcomesIn } from './support/failpoint-table.ts';
import { replyTo } from './support/procedure-call.ts';
import { renewals, saysInterrupted } from './support/renewing.ts';
import { keptRecord, sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

let userDataDir = '';
// Before the world's: what runs after all tests runs in reverse.
afterAll(() => rm(userDataDir, { recursive: true, force: true }));
const world = useWorld(async () => {
  userDataDir = await developerProfile();
  return { userDataDir };
});

/** The one alarm stands, in the future. */
async function expectAlarm(): Promise<number> {
  return eventually(async () => {
    const [alarm, ...more] = await alarms(world.page);
    expect(more).toEqual([]);
    expect(alarm?.scheduledTime).toBeGreaterThan(Date.now());
    return alarm?.scheduledTime ?? 0;
  });
}

/** What came of each point where the worker was ended there: a reload must not come to anything worse. */
const documented = outcomesIn(
  readFileSync(new URL('../../docs/failpoints.md', import.meta.url), 'utf8'),
);

describe('the extension is reloaded while a token is renewed', () => {
  it('after the server rotated, and the person is told that the grant was lost [F35 F2]', async () => {
    const { id } = await connectByOauth(world, 'alice', { name: 'Mine' });
    await connectByKey(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    const hold = world.practice.control.holdNext('token');
    void replyTo(world.page, 'checkNow', { ids: [id] });
    await hold.reached;
    await world.reload();
    hold.release();
    await saysInterrupted(world, id);
    await eventually(async () => expect(await badgeText(world.page)).toBe('1'));
    await eventually(async () =>
      expect(await notifications(world.page)).toEqual([`connection:${id}`]),
    );
    expect(renewals(world)).toHaveLength(2);
    await expectAlarm();
    expect((await attemptReconnect(world, id, 'alice')).state.kind).toBe('done');
    expect(await connection(world, id)).toMatchObject({
      name: 'Mine',
      health: { kind: 'active' },
      refreshStartedAt: null,
    });
  });

  it('before the server rotated, and the old token goes on [F35 F1]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    world.practice.control.setFault('token', { kind: 'hang' }, { times: 1 });
    const asked = world.practice.requests.next('authorisation', '/token');
    void replyTo(world.page, 'checkNow', { ids: [id] });
    await asked;
    expect((await connection(world, id)).refreshStartedAt).not.toBeNull();
    await world.reload();
    await eventually(async () =>
      expect(await connection(world, id)).toMatchObject({
        health: { kind: 'active' },
        refreshStartedAt: null,
      }),
    );
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(3);
    await expectAlarm();
  });
});

describe('the extension is reloaded while the sign-in window is open', () => {
  it('and the attempt is abandoned, its window closed, and the next one works [F35]', async () => {
    const { authorizationId, window } = await openNotedSignIn(world);
    await world.reload();
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'abandoned' });
    expect(await sealedNames(world.page)).toEqual([]);
    await eventually(() => expect(window.isClosed()).toBe(true));
    expect(world.practice.requests.to('authorisation', '/token')).toEqual([]);
    const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
    expect(health.kind).toBe('active');
  });

  it('and a sign-in whose tokens had arrived is finished [F35]', async () => {
    const hold = world.practice.control.holdNext('api', '/me');
    const { authorizationId, window } = await openSignIn(world);
    await allowAs(window, 'alice');
    await hold.reached;
    await world.reload();
    hold.release();
    const { health } = await connectionOf(world, await ended(world, authorizationId));
    expect(health.kind).toBe('active');
    expect(await world.records('connections')).toHaveLength(1);
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(1);
    await expectAlarm();
  });
});

describe('the extension is reloaded while a deletion can be undone', () => {
  it('and it can be undone still; its end has an alarm, and comes [F35]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    const before = await connection(world, id);
    const { batchId } = await world.call('deleteConnections', { ids: [id], revoke: true });
    // However long this machine takes to reload.
    await set(world.page, 'deletions', id, { endsAt: Date.now() + 2 * 60_000 });
    const [going] = await world.records('deletions');
    await world.reload();
    expect(await expectAlarm()).toBeLessThanOrEqual((going?.endsAt ?? 0) + 1_000);
    expect(await world.call('undoDeletion', { batchId })).toEqual({ restored: 1 });
    expect(await connection(world, id)).toEqual(before);

    await world.call('deleteConnections', { ids: [id], revoke: true });
    await set(world.page, 'deletions', id, { endsAt: 1 });
    await world.reload();
    await eventually(async () => expect(await world.records('deletions')).toEqual([]));
    expect(world.practice.control.liveGrants('alice')).toBe(0);
    expect(await sealedNames(world.page)).toEqual([]);
    expect(await keptRecord(world.page, 'notRevoked')).toBeUndefined();
  });
});

describe('the extension is reloaded while nothing happens', () => {
  it('and everything is as it was: alarm, badge, and nothing told twice [F35]', async () => {
    await connectByKey(world, 'alice');
    const { id } = await connectByKey(world, 'bob');
    world.practice.control.revokeKey('bob');
    await world.call('checkNow', { ids: [id] });
    expect(await badgeText(world.page)).toBe('1');
    expect(await notifications(world.page)).toHaveLength(1);
    const before = await world.records('connections');
    const at = await expectAlarm();
    world.practice.requests.clear();
    await world.reload();
    expect(await expectAlarm()).toBe(at);
    await eventually(async () => expect(await badgeText(world.page)).toBe('1'));
    // The browser takes them away with the extension; what was told is not told again.
    expect(await notifications(world.page)).toEqual([]);
    expect(await world.records('connections')).toEqual(before);
    expect(await keptRecord(world.page, 'untold')).toEqual([]);
    expect(world.practice.requests.all()).toEqual([]);
    expect(await world.call('checkNow', { ids: [] })).toMatchObject({ checked: 2, reconnect: 1 });
  });

  it('and a vault with a passphrase is locked, as after the browser was closed [F35]', async () => {
    const passphrase = 'correct horse battery staple';
    const { id } = await connectByKey(world, 'alice');
    await world.call('protectVault', { current: null, passphrase });
    await world.reload();
    const checking = world.call('checkNow', { ids: [id] });
    await expect(checking).rejects.toThrow('vault-locked');
    await world.call('unlockVault', { passphrase });
    await world.call('unprotectVault', { current: passphrase });
    expect(await world.call('checkNow', { ids: [id] })).toMatchObject({ checked: 1 });
    await expectAlarm();
  });
});

/**
 * Points of the source. Behind the one that is left out all has been told, and the browser takes
 * notifications away with the extension.
 */
const points = failpoints().filter(({ name }) => name !== 'tell-written');

it.each(IS_DEEP ? points : [])('the extension is reloaded at $name', async ({ name }) => {
  const journey = JOURNEYS[name.split('-')[0] ?? ''];
  if (journey === undefined) throw new Error(`No journey passes ${name}.`);
  const { go, after } = await journey.prepare(world);
  const { reached } = await armed(world, name);
  await go(reached);
  await reached;
  await world.page.evaluate(() => caches.delete('failpoint'));
  await world.reload();
  expect(await after()).toBe(documented.get(name));
  await expectTruth(world);
});
