import { beforeEach, describe, expect, it } from 'vitest';
import { chooseAuthorization } from '../../lib/engine/choose.ts';
import { deleteConnections, undoDeletion } from '../../lib/engine/delete.ts';
import {
  addFlow,
  attachFlow,
  detachFlow,
  editFlow,
  removeFlow,
  restoreFlow,
} from '../../lib/engine/flows.ts';
import { countFlowsOf, readFlows } from '../../lib/store/flows.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import { aConnection } from '../support/a-connection.ts';
import { commit } from '../../lib/store/commit.ts';
import { REFUSED_KEY, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
  await commit(stage.world.db, {
    connections: new Map(
      ['a', 'b'].map((id) => [id, () => aConnection({ id, name: id, nextCheckAt: null })]),
    ),
  });
});

const engine = () => stage.world.engine;
const flows = () => readFlows(stage.world.db);

async function only(): Promise<Flow> {
  const [flow, ...more] = await flows();
  if (flow === undefined || more.length > 0) throw new Error('not exactly one flow');
  return flow;
}

async function added(name: string, ...connectionIds: string[]): Promise<string> {
  const { id } = await addFlow(engine(), { name, address: null, note: '', connectionIds });
  return id;
}

/** Breaks a connection by its key. */
async function broken(): Promise<string> {
  await stage.byKey();
  const found = (await stage.all()).find(({ providerId }) => providerId === 'test-keys');
  return found?.id ?? '';
}

describe('a flow', () => {
  it('is written down, changed, removed and brought back; each change is announced', async () => {
    const id = await added('Nightly', 'a', 'a', 'gone');
    expect(await only()).toEqual({
      id,
      name: 'Nightly',
      address: null,
      note: '',
      connectionIds: ['a'],
      createdAt: stage.world.now,
      revision: 1,
    });
    const text = { name: 'Weekly', address: 'https://n8n.example/', note: 'Ann' };
    await editFlow(engine(), { id, revision: 1, ...text, attach: ['b'], detach: ['a'] });
    const edited = await only();
    expect(edited).toMatchObject({ ...text, connectionIds: ['b'], revision: 2 });
    const { removed } = await removeFlow(engine(), { id });
    expect(removed).toEqual(edited);
    expect(await flows()).toEqual([]);
    await restoreFlow(engine(), { ...edited, connectionIds: ['b', 'gone'] });
    expect(await only()).toEqual(edited);
    expect(stage.world.changes.filter(({ kinds }) => kinds.includes('flows')).length).toBe(4);
  });

  it('that is gone already is removed again without a mistake, and cannot be changed', async () => {
    expect(await removeFlow(engine(), { id: 'gone' })).toEqual({ removed: null });
    const gone = { code: 'not-found' };
    const link = { id: 'gone', connectionId: 'a' };
    await expect(attachFlow(engine(), link)).rejects.toMatchObject(gone);
    await expect(detachFlow(engine(), link)).rejects.toMatchObject(gone);
  });

  it('has a name of its own', async () => {
    await added('Café');
    const id = await added('Bar');
    const taken = { code: 'flow-name-taken' };
    await expect(added('CAFE')).rejects.toMatchObject(taken);
    const edit = { id, revision: 1, address: null, note: '', attach: [], detach: [] };
    await expect(editFlow(engine(), { ...edit, name: 'cafe' })).rejects.toMatchObject(taken);
    await editFlow(engine(), { ...edit, name: 'BAR' });
    expect((await flows()).map(({ name }) => name)).toEqual(['BAR', 'Café']);
  });

  it('brought back where its name is taken by now stays away, and can be tried again', async () => {
    const { removed } = await removeFlow(engine(), { id: await added('Nightly', 'a') });
    if (removed === null) throw new Error('nothing was removed');
    const other = await added('nightly');
    await expect(restoreFlow(engine(), removed)).rejects.toMatchObject({ code: 'flow-name-taken' });
    await removeFlow(engine(), { id: other });
    await restoreFlow(engine(), removed);
    await restoreFlow(engine(), removed);
    expect((await only()).connectionIds).toEqual(['a']);
  });

  it('is not overwritten by who saw it before; attaching in the meantime is no such change', async () => {
    const id = await added('Nightly');
    const edit = { id, name: 'Weekly', address: null, note: '', attach: [], detach: [] };
    await attachFlow(engine(), { id, connectionId: 'a' });
    await editFlow(engine(), { ...edit, revision: 1 });
    expect((await only()).connectionIds).toEqual(['a']);
    await expect(editFlow(engine(), { ...edit, revision: 1 })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
  });

  it('is attached to what is there alone, and detached from it', async () => {
    const id = await added('Nightly');
    await attachFlow(engine(), { id, connectionId: 'a' });
    await attachFlow(engine(), { id, connectionId: 'b' });
    expect((await only()).connectionIds).toEqual(['a', 'b']);
    await expect(attachFlow(engine(), { id, connectionId: 'gone' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await detachFlow(engine(), { id, connectionId: 'a' });
    await detachFlow(engine(), { id, connectionId: 'a' });
    expect((await only()).connectionIds).toEqual(['b']);
    expect(await countFlowsOf(stage.world.db, ['a'])).toBe(0);
  });

  it('two changes at once both hold', async () => {
    const id = await added('Nightly');
    await Promise.all(['a', 'b'].map((connectionId) => attachFlow(engine(), { id, connectionId })));
    expect((await only()).connectionIds.toSorted()).toEqual(['a', 'b']);
  });
});

describe('deleting a connection', () => {
  it('leaves its flows as they are until nothing can be undone', async () => {
    await added('Nightly', 'a', 'b');
    const before = await flows();
    const { batchId } = await deleteConnections(engine(), { ids: ['a'], revoke: false });
    expect(await flows()).toEqual(before);
    await undoDeletion(engine(), { batchId });
    expect(await flows()).toEqual(before);
    await stage.deleteForGood(['a']);
    expect((await only()).connectionIds).toEqual(['b']);
    expect(stage.world.changes.some(({ kinds }) => kinds.includes('flows'))).toBe(true);
  });

  it('takes several out of one flow at once', async () => {
    await added('Nightly', 'a', 'b');
    await stage.deleteForGood(['b', 'a']);
    expect((await only()).connectionIds).toEqual([]);
  });

  it('lets a flow be edited meanwhile without losing what Undo brings back', async () => {
    const id = await added('Nightly', 'a');
    await deleteConnections(engine(), { ids: ['a'], revoke: false });
    const text = { name: 'Weekly', address: null, note: '' };
    await editFlow(engine(), { id, revision: 1, ...text, attach: ['b'], detach: [] });
    expect((await only()).connectionIds).toEqual(['a', 'b']);
    const { removed } = await removeFlow(engine(), { id });
    if (removed === null) throw new Error('nothing was removed');
    await restoreFlow(engine(), removed);
    expect((await only()).connectionIds).toEqual(['a', 'b']);
  });

  it('takes it out of its flows with a grant to be revoked too', async () => {
    await stage.bySignIn();
    const signedIn = (await stage.all()).find(({ methodKind }) => methodKind === 'oauth2');
    await added('Nightly', signedIn?.id ?? '', 'b');
    await stage.deleteForGood([signedIn?.id ?? ''], true);
    expect((await only()).connectionIds).toEqual(['b']);
  });
});

describe('mending a connection', () => {
  it('keeps its flows, with the identity replaced on purpose too', async () => {
    await stage.bySignIn();
    const id = (await stage.all()).find(({ methodKind }) => methodKind === 'oauth2')?.id ?? '';
    await added('Nightly', id);
    stage.person = 'bob';
    const { id: authorizationId, state } = await stage.again(id);
    expect(state.kind).toBe('mismatch');
    await chooseAuthorization(engine(), { authorizationId, choice: 'replace' });
    expect((await only()).connectionIds).toEqual([id]);
  });

  it('keeps them at the original where both are kept', async () => {
    await stage.bySignIn();
    const id = (await stage.all()).find(({ methodKind }) => methodKind === 'oauth2')?.id ?? '';
    await added('Nightly', id);
    stage.person = 'bob';
    const { id: authorizationId } = await stage.again(id);
    const choice = { authorizationId, choice: 'keep-both' } as const;
    const { connectionId } = await chooseAuthorization(engine(), choice);
    expect(connectionId).not.toBe(id);
    expect((await only()).connectionIds).toEqual([id]);
  });
});

describe('a notification', () => {
  it('says how many flows stop, each once, and not those of others', async () => {
    const id = await broken();
    await added('One', id);
    await added('Two', id, 'a');
    await added('Three', 'b');
    stage.api = () => REFUSED_KEY;
    const said: number[] = [];
    const { notifier } = engine();
    await stage.check({
      ...engine(),
      notifier: {
        ...notifier,
        async show(_notice, stoppedFlows) {
          said.push(stoppedFlows);
        },
      },
    });
    expect(said).toEqual([2]);
  });
});
