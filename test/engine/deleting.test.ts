import { beforeEach, describe, expect, it } from 'vitest';
import { reveal } from '../../lib/domain/credential.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { reconnect } from '../../lib/engine/authorize.ts';
import { importDefinition, removeDefinition } from '../../lib/engine/change-definition.ts';
import { dismissAuthorization } from '../../lib/engine/choose.ts';
import { deleteConnections, undoDeletion } from '../../lib/engine/delete.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { dismissNotRevoked, finishDeletions } from '../../lib/engine/finish-deletions.ts';
import { start } from '../../lib/engine/start.ts';
import { readBatches } from '../../lib/store/deletions.ts';
import { readKept, readTotals } from '../../lib/store/read.ts';
import { json } from '../support/fake-ports.ts';
import { CLOUD } from './definitions.ts';
import { DOWN, gate, OFFLINE, REFUSED_KEY, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

async function removed(revoke = false): Promise<string> {
  const ids = (await stage.all()).map(({ id }) => id);
  return (await deleteConnections(stage.world.engine, { ids, revoke })).batchId;
}

/** The alarm at the end of the time in which a deletion can be undone. */
async function timeIsOver(engine: Engine = stage.world.engine): Promise<void> {
  stage.world.now += UNDO_MS;
  await finishDeletions(engine);
}

const undo = (batchId: string) => undoDeletion(stage.world.engine, { batchId });
const saidToBeRevoked = () => stage.world.changes.flatMap(({ revoked = [] }) => revoked);
const notRevoked = () => readKept(stage.world.db, 'notRevoked');
const left = async () => ({
  secrets: await stage.world.db.getAllKeys('secrets'),
  checks: await stage.world.db.count('checks'),
  deletions: await stage.world.db.count('deletions'),
});
const NOTHING_LEFT = { secrets: [], checks: 0, deletions: 0 };

/** Everything that is kept of a broken connection and shown of it. */
async function everything() {
  const { db, badge, notifications } = stage.world;
  return {
    connections: await stage.all(),
    checks: await db.getAll('checks'),
    secrets: await db.getAll('secrets'),
    totals: await readTotals(db),
    badge,
    notifications: [...notifications],
  };
}

async function broken(): Promise<void> {
  await stage.byKey('a-key', { tags: ['kept'], name: 'Mine', environmentId: 'staging' });
  stage.api = () => REFUSED_KEY;
  await stage.check();
}

describe('a connection that is deleted', () => {
  it('is at once in no list, badge, notification and check; its secrets go when its time is over', async () => {
    await broken();
    const { id } = await stage.only();
    stage.world.sent.length = 0;
    await removed();
    await stage.check();
    expect(await everything()).toMatchObject({
      connections: [],
      totals: { byEnvironment: {} },
      badge: { face: { kind: 'none' } },
      notifications: [],
    });
    expect(stage.world.sent).toEqual([]);
    expect((await left()).secrets).toEqual([`credential:${id}`]);
    expect(stage.world.wakesAt).toBe(stage.world.now + UNDO_MS);
    stage.world.now += UNDO_MS - 1;
    await finishDeletions(stage.world.engine);
    expect((await left()).deletions).toBe(1);
    stage.world.now += 1;
    await finishDeletions(stage.world.engine);
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(stage.world.wakesAt).toBeNull();
  });

  it('is by Undo exactly what it was', async () => {
    await broken();
    const before = await everything();
    const batchId = await removed(true);
    expect(await undo(batchId)).toEqual({ restored: 1 });
    expect(await everything()).toEqual(before);
    expect((await left()).deletions).toBe(0);
    await timeIsOver();
    expect(await everything()).toEqual(before);
  });

  it('joins those that were deleted with it a moment ago, and no batch that is over or undone', async () => {
    await stage.byKey('one');
    stage.person = 'bob';
    await stage.byKey('two');
    const [one, two] = (await stage.all()).map(({ id }) => id);
    const piece = (id = '', batchId?: string) =>
      deleteConnections(stage.world.engine, {
        ids: [id],
        revoke: false,
        ...(batchId !== undefined && { batchId }),
      });
    const { batchId } = await piece(one);
    stage.world.now += 1000;
    expect(await piece(two, batchId)).toEqual({ deleted: 1, batchId, missing: [] });
    expect(await piece(two, batchId)).toEqual({ deleted: 0, batchId, missing: [two] });
    const [batch, ...others] = await readBatches(stage.world.db, stage.world.now);
    expect([batch?.count, others]).toEqual([2, []]);
    expect(await undo(batchId)).toEqual({ restored: 2 });
    await expect(piece(one, batchId)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect((await stage.all()).length).toBe(2);
    const over = await piece(one);
    stage.world.now += UNDO_MS;
    await expect(piece(two, over.batchId)).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  it('comes back with all that were deleted with it, and with no other', async () => {
    await stage.byKey('one');
    stage.person = 'bob';
    await stage.byKey('two');
    const first = await removed();
    stage.person = 'carol';
    await stage.byKey('three');
    stage.world.now += 1;
    const second = await removed();
    expect(await readBatches(stage.world.db, stage.world.now)).toMatchObject([
      { id: first, count: 2, revokes: false },
      { id: second, count: 1 },
    ]);
    await undo(first);
    expect(await stage.all()).toHaveLength(2);
    expect(await undo(first)).toEqual({ restored: 0 });
  });

  it('cannot be brought back once its time is over', async () => {
    await stage.byKey();
    const batchId = await removed();
    await timeIsOver();
    expect(await undo(batchId)).toEqual({ restored: 0 });
    expect(await stage.all()).toEqual([]);
  });

  it('can be brought back by a worker that knows nothing of it', async () => {
    await stage.byKey();
    const before = await stage.all();
    const batchId = await removed();
    const engine = stage.world.restarted();
    await start(engine);
    expect(stage.world.wakesAt).toBe(stage.world.now + UNDO_MS);
    expect(await undoDeletion(engine, { batchId })).toEqual({ restored: 1 });
    expect(await stage.all()).toEqual(before);
  });

  it('is gone for good at the next start, when nobody was awake in time', async () => {
    await stage.byKey();
    await removed();
    const engine = stage.world.restarted();
    stage.world.now += 7 * 24 * 3_600_000;
    await start(engine);
    await finishDeletions(engine);
    expect(await left()).toEqual(NOTHING_LEFT);
  });
});

describe('revoking', () => {
  it('waits until Undo is over, and says then what has ended', async () => {
    await stage.bySignIn();
    const [one] = await stage.all();
    await undo(await removed(true));
    await timeIsOver();
    expect(stage.sentTo('/revoke')).toEqual([]);
    await removed(true);
    await timeIsOver();
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await notRevoked()).toBeUndefined();
    expect(saidToBeRevoked()).toEqual([one?.name]);
  });

  it('that fails is told until the person has read it, and deletes all the same', async () => {
    await stage.bySignIn({ name: 'Mine' });
    const { id } = await stage.only();
    stage.world.answer = () => json({ error: 'unsupported_token_type' }, 400);
    await removed(true);
    await timeIsOver();
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(saidToBeRevoked()).toEqual([]);
    expect(await notRevoked()).toEqual([{ id, name: 'Mine', reason: 'failed' }]);
    expect(stage.world.changes.at(-1)?.kinds).toContain('deletions');
    await dismissNotRevoked(stage.world.engine);
    expect(await notRevoked()).toBeUndefined();
  });

  it.each([
    ['has a bad day', DOWN, 5 * 60_000],
    ['cannot be reached', OFFLINE, 5 * 60_000],
    ['names a moment', json('', 503, { 'retry-after': '3600' }), 3_600_000],
  ])('is asked for again where the provider %s, as late as it says [O15]', async (_, bad, wait) => {
    await stage.bySignIn({ name: 'Mine' });
    const { answer } = stage.world;
    stage.world.answer = () => bad;
    const batchId = await removed(true);
    await timeIsOver();
    expect(await notRevoked()).toMatchObject([{ name: 'Mine', reason: 'waiting' }]);
    expect(await stage.all()).toEqual([]);
    expect(await undo(batchId)).toEqual({ restored: 0 });
    expect(await readBatches(stage.world.db, stage.world.now)).toEqual([]);
    const at = stage.world.now + wait;
    stage.world.sent.length = 0;
    stage.world.answer = answer;
    stage.world.now = at - 1;
    await finishDeletions(stage.world.restarted());
    expect(stage.sentTo('/revoke')).toEqual([]);
    stage.world.now = at;
    await finishDeletions(stage.world.restarted());
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await notRevoked()).toBeUndefined();
  });

  it('is asked for again for a day, says once that it waits, and then that it failed [O15]', async () => {
    await stage.bySignIn({ name: 'Mine' });
    stage.world.answer = () => DOWN;
    await removed(true);
    await timeIsOver();
    await dismissNotRevoked(stage.world.engine);
    const begunAt = stage.world.now;
    const minutes: number[] = [];
    while ((await left()).deletions > 0) {
      expect(await notRevoked()).toBeUndefined();
      stage.world.now = stage.world.wakesAt ?? Number.NaN;
      await finishDeletions(stage.world.restarted());
      minutes.push((stage.world.now - begunAt) / 60_000);
    }
    expect(minutes).toEqual([5, 20, 80, 320, 1_280]);
    expect(stage.sentTo('/revoke')).toHaveLength(6);
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await notRevoked()).toMatchObject([{ name: 'Mine', reason: 'failed' }]);
  });

  it('is not waited for longer than a day, whatever the provider or the clock says', async () => {
    await stage.bySignIn({ name: 'Mine' });
    const { answer } = stage.world;
    stage.world.answer = () => json('', 503, { 'retry-after': '86400' });
    await removed(true);
    await timeIsOver();
    const waiting = stage.world.now;
    stage.world.now = waiting + 86_400_000;
    await finishDeletions(stage.world.restarted());
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await notRevoked()).toMatchObject([{ reason: 'failed' }]);

    await stage.bySignIn({ name: 'Later' });
    stage.world.answer = () => DOWN;
    await removed(true);
    await timeIsOver();
    // Set back by a month: what was planned is further away than anything waits.
    stage.world.now -= 30 * 86_400_000;
    stage.world.answer = answer;
    await finishDeletions(stage.world.restarted());
    expect(await left()).toEqual(NOTHING_LEFT);
  });

  it('waits for a vault that is locked, and for no other mistake of ours', async () => {
    await stage.bySignIn({ name: 'Mine' });
    await removed(true);
    const locked = stage.world.restarted();
    stage.world.now += UNDO_MS;
    await finishDeletions({
      ...locked,
      vault: { ...locked.vault, open: () => Promise.reject(new PatchbayError('vault-locked')) },
    });
    expect(await notRevoked()).toMatchObject([{ reason: 'waiting' }]);
    stage.world.now += 5 * 60_000;
    await finishDeletions({
      ...locked,
      vault: { ...locked.vault, open: () => Promise.reject(new PatchbayError('vault-broken')) },
    });
    expect(await notRevoked()).toMatchObject([{ reason: 'failed' }]);
    expect(await left()).toEqual(NOTHING_LEFT);
  });

  it('puts nothing back where everything was deleted while it was asked for', async () => {
    await stage.bySignIn({ name: 'Mine' });
    await removed(true);
    const { db } = stage.world;
    stage.world.answer = async () => {
      await db.clear('deletions');
      return DOWN;
    };
    await timeIsOver();
    expect((await left()).deletions).toBe(0);
    expect(await notRevoked()).toBeUndefined();
  });

  it('that waits is for its own provider: a changed definition ends the wait for good', async () => {
    await stage.bySignIn({ name: 'Mine' });
    stage.world.answer = () => DOWN;
    await removed(true);
    await timeIsOver();
    const elsewhere = JSON.stringify(CLOUD).replaceAll('test.example', 'evil.example');
    stage.world.sent.length = 0;
    await importDefinition(stage.world.engine, { text: elsewhere });
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await notRevoked()).toMatchObject([{ name: 'Mine', reason: 'failed' }]);
    stage.world.now += 86_400_000;
    await finishDeletions(stage.world.restarted());
    const hosts = stage.world.sent.map(({ url }) => new URL(url).host);
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.filter((host) => host.includes('evil'))).toEqual([]);
  });

  it('leaves alone what the person has authorised again while it waited', async () => {
    await stage.bySignIn({ name: 'Before' });
    const { answer } = stage.world;
    stage.world.answer = () => DOWN;
    await removed(true);
    await timeIsOver();
    stage.world.answer = answer;
    await stage.bySignIn({ name: 'After' });
    stage.world.sent.length = 0;
    stage.world.now = stage.world.wakesAt ?? Number.NaN;
    stage.world.now += 6 * 60_000;
    await finishDeletions(stage.world.engine);
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect(await notRevoked()).toMatchObject([{ name: 'Before', reason: 'in-use' }]);
    expect(await left()).toMatchObject({ deletions: 0 });
  });

  it('is asked for again by the next worker, and cannot be undone in between', async () => {
    await stage.bySignIn();
    const held = gate();
    const { answer } = stage.world;
    stage.world.answer = async (request) => {
      if (request.url.endsWith('/revoke')) await held.pass();
      return answer(request);
    };
    const batchId = await removed(true);
    stage.world.now += UNDO_MS;
    void finishDeletions({ ...stage.world.engine, lock: (_name, run) => run() });
    await held.reached;
    expect(await undo(batchId)).toEqual({ restored: 0 });
    expect(stage.world.wakesAt).toBeGreaterThan(stage.world.now);
    stage.world.answer = answer;
    stage.world.now = stage.world.wakesAt ?? 0;
    await finishDeletions(stage.world.restarted());
    expect(stage.sentTo('/revoke')).toHaveLength(2);
    expect(await left()).toEqual(NOTHING_LEFT);
  });

  it('leaves a grant alone that the person has authorised again since, and says so', async () => {
    await stage.bySignIn({ name: 'Before' });
    await removed(true);
    await stage.bySignIn({ name: 'After' });
    await timeIsOver();
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect(await notRevoked()).toMatchObject([{ name: 'Before', reason: 'in-use' }]);
    expect((await stage.only()).name).toBe('After');
  });
});

describe('one of two connections of the same person', () => {
  /** The first in Production, its twin in Staging; only the first is deleted, with its grant. */
  async function firstDeleted(): Promise<void> {
    await stage.bySignIn({ name: 'First' });
    const { id } = await stage.only();
    stage.world.now += 1_000;
    await stage.bySignIn({ name: 'Twin', environmentId: 'staging' });
    stage.world.now += 1_000;
    await deleteConnections(stage.world.engine, { ids: [id], revoke: true });
  }

  it('is deleted without ending the grant that the other may live on, and that is said', async () => {
    await firstDeleted();
    await timeIsOver();
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect(await notRevoked()).toMatchObject([{ name: 'First', reason: 'in-use' }]);
    expect(await stage.only()).toMatchObject({ name: 'Twin', health: { kind: 'active' } });
  });

  it('ends it where the other goes with it', async () => {
    await firstDeleted();
    await removed(true);
    await timeIsOver();
    expect(stage.sentTo('/revoke')).toHaveLength(2);
    expect(await notRevoked()).toBeUndefined();
    expect(await left()).toEqual(NOTHING_LEFT);
  });

  it('does not end it while Undo may bring the other back', async () => {
    await firstDeleted();
    stage.world.now += 20_000;
    const batchId = await removed();
    stage.world.now += 10_000;
    await finishDeletions(stage.world.engine);
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect(await undo(batchId)).toEqual({ restored: 1 });
  });
});

describe('what was under way when a connection was deleted', () => {
  async function renewing() {
    const held = gate();
    stage.token = async () => {
      await held.pass();
      return stage.tokens({ access_token: 'renewed' });
    };
    stage.world.now += 3_500_000;
    const checking = stage.check();
    await held.reached;
    return { held, checking };
  }

  it('a renewal keeps the only good token for Undo, and brings nothing back by itself', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    const { held, checking } = await renewing();
    const batchId = await removed();
    held.open();
    await checking;
    expect(await stage.all()).toEqual([]);
    await undo(batchId);
    const credential = await stage.world.engine.vault.open('credential', id);
    expect(credential?.kind === 'oauth2' && reveal(credential.accessToken)).toBe('renewed');
    expect(await stage.only()).toMatchObject({
      health: { kind: 'active' },
      refreshStartedAt: null,
    });
  });

  it('a choice that is dropped does not end the grant that Undo would bring back', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    const waiting = await stage.bySignIn();
    expect(waiting.state.kind).toBe('duplicate');
    const wish = { ids: [id], revoke: false };
    const { batchId } = await deleteConnections(stage.world.engine, wish);
    await dismissAuthorization(stage.world.engine, waiting.id);
    expect(stage.sentTo('/revoke')).toEqual([]);
    expect(await undo(batchId)).toEqual({ restored: 1 });
  });

  it('a reconnect brings nothing back, wherever it had got to', async () => {
    await stage.byKey('a-key', { name: 'Mine' });
    const before = await stage.only();
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    const { authorizationId } = await reconnect(stage.world.engine, {
      connectionId: before.id,
      credential: { kind: 'key', key: 'another-key' },
      client: null,
      chooseAccount: false,
    });
    await held.reached;
    // Its last step is held up behind a renewal that is under way.
    const behind = gate();
    const locked = stage.world.engine.lock(`credential:${before.id}`, behind.pass);
    await behind.reached;
    held.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const batchId = await removed();
    behind.open();
    await locked;
    const { state } = await stage.ended(authorizationId);
    expect(state).toMatchObject({ kind: 'failed', code: 'not-found' });
    expect(await stage.all()).toEqual([]);
    await undo(batchId);
    expect(await stage.only()).toEqual(before);
    const credential = await stage.world.engine.vault.open('credential', before.id);
    expect(credential?.kind === 'key' && reveal(credential.key)).toBe('a-key');
  });
});

describe('a provider’s definition', () => {
  const ELSEWHERE = JSON.stringify(CLOUD).replaceAll('test.example', 'evil.example');

  it('can be removed while its last connection is going, which is gone for good then', async () => {
    await stage.bySignIn();
    const batchId = await removed(true);
    await removeDefinition(stage.world.engine, { id: CLOUD.id });
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await left()).toEqual(NOTHING_LEFT);
    expect(await undo(batchId)).toEqual({ restored: 0 });
  });

  it('that leads to other hosts never gets what is going', async () => {
    await stage.bySignIn();
    await removed();
    const preview = await stage.world.engine.providers.preview(ELSEWHERE);
    expect(preview.kind).toBe('good');
    await expect(stage.world.engine.providers.keep(ELSEWHERE)).rejects.toMatchObject({
      code: 'provider-in-use',
    });
    expect((await left()).deletions).toBe(1);
    await importDefinition(stage.world.engine, { text: ELSEWHERE });
    expect(await left()).toEqual(NOTHING_LEFT);
  });

  it('that is in use keeps what is going, and is kept', async () => {
    await stage.bySignIn();
    await removed();
    stage.person = 'bob';
    await stage.bySignIn();
    await expect(removeDefinition(stage.world.engine, { id: CLOUD.id })).rejects.toMatchObject({
      code: 'provider-in-use',
    });
    expect((await left()).deletions).toBe(1);
  });
});

it('what cannot be revoked, such as a key, is told too', async () => {
  await stage.byKey('a-key', { name: 'Key' });
  stage.world.answer = () => json({});
  await removed(true);
  await timeIsOver();
  expect(await notRevoked()).toMatchObject([{ name: 'Key', reason: 'failed' }]);
});
