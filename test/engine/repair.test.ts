import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Repair } from '../../lib/domain/repair.ts';
import { chooseAuthorization, dismissAuthorization } from '../../lib/engine/choose.ts';
import { deleteConnections } from '../../lib/engine/delete.ts';
import { changeRepair, startRepair } from '../../lib/engine/repair.ts';
import { start } from '../../lib/engine/start.ts';
import { reconnect } from '../../lib/engine/authorize.ts';
import { readKept } from '../../lib/store/read.ts';
import { gate, nextTurn, REFUSED_GRANT, setStage, type Stage } from './stage.ts';

let stage: Stage;
const ALL = { environmentId: null, onlyLeft: false };

/** One person's sign-in by each name, all ended by the provider. */
async function broken(...names: string[]): Promise<Connection[]> {
  for (const name of names) {
    stage.person = name;
    await stage.bySignIn({ name });
  }
  const { token } = stage;
  stage.token = () => REFUSED_GRANT;
  stage.world.now += 3 * 60 * 60 * 1000;
  await stage.check();
  stage.token = token;
  const all = await stage.all();
  return names.flatMap((name) => all.find((one) => one.name === name) ?? []);
}

async function queue(): Promise<Repair | undefined> {
  return readKept(stage.world.db, 'repair');
}

async function outcomes(): Promise<Record<string, string>> {
  const names = new Map((await stage.all()).map(({ id, name }) => [id, name]));
  const items = (await queue())?.items ?? [];
  return Object.fromEntries(items.map(({ id, outcome }) => [names.get(id) ?? id, outcome.kind]));
}

async function again({ id, name }: Connection): Promise<string> {
  stage.person = name;
  const ended = await stage.again(id);
  return ended.id;
}

beforeEach(async () => {
  stage = await setStage();
});

describe('the queue', () => {
  it('is made of what is broken, and each end of an attempt moves it', async () => {
    const [a, b, c] = await broken('a', 'b', 'c');
    if (!a || !b || !c) throw new Error('three');
    await startRepair(stage.world.engine, ALL);
    expect(await outcomes()).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' });
    await again(a);
    expect(await outcomes()).toEqual({ a: 'mended', b: 'waiting', c: 'waiting' });
    stage.world.window = () => ({ kind: 'cancelled' });
    await again(b);
    expect(await outcomes()).toEqual({ a: 'mended', b: 'later', c: 'waiting' });
    stage.world.window = () => ({ kind: 'failed', code: 'window-failed' });
    await again(c);
    expect((await queue())?.items.at(-1)?.outcome).toEqual({
      kind: 'failed',
      code: 'window-failed',
      detail: null,
    });
    await changeRepair(stage.world.engine, {
      kind: 'decide',
      connectionId: c.id,
      decision: 'next',
    });
    expect((await queue())?.currentId).toBeNull();
    await startRepair(stage.world.engine, { ...ALL, onlyLeft: true });
    expect(await outcomes()).toEqual({ b: 'waiting', c: 'waiting' });
  });

  it('of a selection holds that alone, when it is gone on with and when it is started again', async () => {
    const [a, b, c] = await broken('a', 'b', 'c');
    if (!a || !b || !c) throw new Error('three');
    const { engine } = stage.world;
    await startRepair(engine, { ...ALL, ids: [c.id, a.id] });
    await changeRepair(engine, { kind: 'continue' });
    expect(await outcomes()).toEqual({ a: 'waiting', c: 'waiting' });
    await changeRepair(engine, { kind: 'stop' });
    await startRepair(engine, { ...ALL, onlyLeft: true });
    await changeRepair(engine, { kind: 'continue' });
    expect(await outcomes()).toEqual({ a: 'waiting', c: 'waiting' });
    await startRepair(engine, ALL);
    expect(await outcomes()).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' });
  });

  it('of a selection joins one that is under way, and is brought back with what it left', async () => {
    const [a, b] = await broken('a', 'b');
    stage.person = 'well';
    await stage.bySignIn({ name: 'well' });
    const well = (await stage.all()).find(({ name }) => name === 'well');
    if (!a || !b || !well) throw new Error('three');
    const { engine } = stage.world;
    await startRepair(engine, { ...ALL, ids: [a.id] });
    await startRepair(engine, { ...ALL, ids: [well.id, a.id, 'gone'] });
    expect(await outcomes()).toEqual({ a: 'waiting', well: 'waiting' });
    expect((await queue())?.currentId).toBe(a.id);
    await changeRepair(engine, { kind: 'stop' });
    await startRepair(engine, { ...ALL, onlyLeft: true });
    expect(await outcomes()).toEqual({ a: 'waiting', well: 'waiting' });
    await changeRepair(engine, { kind: 'stop' });
    // One that has ended is not joined.
    await startRepair(engine, { ...ALL, ids: [b.id] });
    expect(await outcomes()).toEqual({ b: 'waiting' });
  });

  it('keeps its place when the worker dies in the middle of an attempt', async () => {
    const [a, b] = await broken('a', 'b');
    if (!a || !b) throw new Error('two');
    await startRepair(stage.world.engine, ALL);
    await again(a);
    const window = gate();
    stage.world.window = () => window.pass().then(() => ({ kind: 'cancelled' as const }));
    const wish = { connectionId: b.id, credential: null, client: null, chooseAccount: false };
    const { authorizationId } = await reconnect(stage.world.engine, wish);
    await window.reached;
    await start(stage.world.restarted());
    expect((await stage.world.db.get('authorizations', authorizationId))?.state.kind).toBe(
      'abandoned',
    );
    expect(await outcomes()).toEqual({ a: 'mended', b: 'waiting' });
    expect((await queue())?.currentId).toBe(b.id);
    window.open();
    await nextTurn();
  });

  it('lets go of what a check finds well, and of what is deleted', async () => {
    const [a, b, c] = await broken('a', 'b', 'c');
    if (!a || !b || !c) throw new Error('three');
    await startRepair(stage.world.engine, ALL);
    await deleteConnections(stage.world.engine, { ids: [b.id], revoke: false });
    await stage.check();
    expect(await outcomes()).toEqual({ a: 'healed', c: 'healed' });
    expect((await queue())?.currentId).toBeNull();
  });

  it('waits while the person is asked who it shall be, and takes the answer', async () => {
    const [a, b] = await broken('a', 'b');
    if (!a || !b) throw new Error('two');
    await startRepair(stage.world.engine, ALL);
    stage.person = 'somebody';
    const question = await stage.again(a.id);
    expect(question.state.kind).toBe('mismatch');
    expect((await queue())?.currentId).toBe(a.id);
    await dismissAuthorization(stage.world.engine, question.id);
    expect((await queue())?.currentId).toBe(a.id);
    const second = await stage.again(a.id);
    await chooseAuthorization(stage.world.engine, {
      authorizationId: second.id,
      choice: 'keep-both',
    });
    expect((await queue())?.items.map(({ outcome }) => outcome.kind)).toEqual(['later', 'waiting']);
    const third = await stage.again(b.id);
    await chooseAuthorization(stage.world.engine, {
      authorizationId: third.id,
      choice: 'replace',
    });
    expect((await queue())?.items.map(({ outcome }) => outcome.kind)).toEqual(['later', 'mended']);
  });

  it('is stopped, switched and closed; each change is announced', async () => {
    await broken('a', 'b');
    const { engine, changes } = stage.world;
    await startRepair(engine, ALL);
    await changeRepair(engine, { kind: 'by-itself', isOn: true });
    await changeRepair(engine, { kind: 'stop' });
    expect(await queue()).toMatchObject({ continuesByItself: true, currentId: null });
    await changeRepair(engine, { kind: 'continue' });
    expect((await queue())?.currentId).not.toBeNull();
    await changeRepair(engine, { kind: 'close' });
    expect(await queue()).toBeUndefined();
    await changeRepair(engine, { kind: 'continue' });
    expect(await queue()).toBeUndefined();
    expect(changes.filter(({ kinds }) => kinds.includes('repair')).length).toBe(6);
  });

  it('is none where nothing is broken', async () => {
    await stage.bySignIn();
    await startRepair(stage.world.engine, ALL);
    expect(await queue()).toBeUndefined();
  });
});
