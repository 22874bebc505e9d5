import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../lib/engine/authorize.ts';
import { copyConnection } from '../../lib/engine/copy-connection.ts';
import { deleteConnections, undoDeletion } from '../../lib/engine/delete.ts';
import {
  addEnvironment,
  removeEnvironment,
  renameEnvironment,
} from '../../lib/engine/environments.ts';
import { moveConnections } from '../../lib/engine/edit.ts';
import { saveSettings } from '../../lib/engine/settings.ts';
import { readEnvironments, readSettings, readTotals, readViews } from '../../lib/store/read.ts';
import { saveView } from '../../lib/engine/views.ts';
import { KEYS } from './definitions.ts';
import { gate, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

const add = async (name: string) => (await addEnvironment(stage.world.engine, { name })).id;
const rename = (id: string, name: string, seenName: string) =>
  renameEnvironment(stage.world.engine, { id, name, seenName });
const remove = (id: string, moveTo: string) =>
  removeEnvironment(stage.world.engine, { id, moveTo });
const names = async () =>
  (await readEnvironments(stage.world.db)).map(({ id, name }) => name ?? id);

describe('environments', () => {
  it('are those that come along and the person’s own, in the order of their making', async () => {
    const id = await add('Sandbox');
    await add('Clients');
    await rename(id, 'Play', 'Sandbox');
    expect(await names()).toEqual(['development', 'staging', 'production', 'Play', 'Clients']);
    expect(stage.world.changes.at(-1)?.kinds).toContain('settings');
  });

  it('do not share a name, whatever its case', async () => {
    await add('Sandbox');
    const id = await add('Other');
    const taken = { code: 'environment-taken' };
    await expect(add('SANDBOX')).rejects.toMatchObject(taken);
    await expect(rename(id, 'sandbox', 'Other')).rejects.toMatchObject(taken);
    await rename(id, 'OTHER', 'Other');
    expect(await names()).toContain('OTHER');
  });

  it('are not renamed over a name that nobody has seen', async () => {
    const id = await add('Sandbox');
    await rename(id, 'Play', 'Sandbox');
    await expect(rename(id, 'Mine', 'Sandbox')).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await names()).toContain('Play');
  });

  it('that come along can be neither renamed nor removed', async () => {
    const missing = { code: 'not-found' };
    await expect(rename('staging', 'Mine', 'Staging')).rejects.toMatchObject(missing);
    await expect(remove('staging', 'production')).rejects.toMatchObject(missing);
  });

  it('are chosen from a list that has an end', async () => {
    for (let nth = 0; nth < 50; nth++) await add(`Shelf ${nth}`);
    await expect(add('One more')).rejects.toMatchObject({ code: 'environments-full' });
  });
});

describe('moving several to an environment', () => {
  it('moves each that is there, and leaves one that stands there as it is', async () => {
    await stage.byKey('one', { environmentId: 'staging' });
    stage.person = 'bob';
    await stage.byKey('two');
    const before = await stage.all();
    const ids = [...before.map(({ id }) => id), 'gone'];
    const { outcomes } = await moveConnections(stage.world.engine, {
      ids,
      environmentId: 'staging',
    });
    expect(outcomes.map(({ error }) => error)).toEqual([null, null, 'not-found']);
    const after = await stage.all();
    expect(after.map(({ environmentId }) => environmentId)).toEqual(['staging', 'staging']);
    const touched = after.filter((one) => before.every(({ revision }) => revision < one.revision));
    expect(touched.length).toBe(1);
    const totals = await readTotals(stage.world.db);
    expect(totals.byEnvironment).toEqual({ staging: expect.objectContaining({ active: 2 }) });
  });

  it('moves nothing to one that is not there', async () => {
    await stage.byKey('one');
    const [one] = await stage.all();
    const wish = { ids: [one?.id ?? ''], environmentId: 'gone' };
    await expect(moveConnections(stage.world.engine, wish)).rejects.toMatchObject({
      code: 'invalid-request',
    });
    expect(await stage.all()).toEqual([one]);
  });
});

describe('removing an environment', () => {
  it('moves what stands there, what is going and what lists show, in one step', async () => {
    const id = await add('Sandbox');
    await stage.byKey('one', { environmentId: id });
    const [going] = await stage.all();
    const wish = { ids: [going?.id ?? ''], revoke: false };
    const { batchId } = await deleteConnections(stage.world.engine, wish);
    stage.person = 'bob';
    await stage.byKey('two', { environmentId: id });
    const { revision } = await stage.only();
    await saveSettings(stage.world.engine, { environmentId: id });
    await remove(id, 'staging');
    expect(await stage.only()).toMatchObject({ environmentId: 'staging', revision: revision + 1 });
    expect(await readSettings(stage.world.db)).toMatchObject({ environmentId: 'staging' });
    await undoDeletion(stage.world.engine, { batchId });
    expect(Object.keys((await readTotals(stage.world.db)).byEnvironment)).toEqual(['staging']);
    expect(await stage.all()).toHaveLength(2);
  });

  it('is followed by the saved views of it, and by those who read them', async () => {
    const id = await add('Sandbox');
    for (const [name, search] of [
      ['All', 'environment=all&sort=name'],
      ['Broken', `status=reconnect&environment=${id}&tag=red`],
    ] as const)
      await saveView(stage.world.engine, { name, search });
    await remove(id, 'staging');
    expect((await readViews(stage.world.db)).map(({ search }) => search)).toEqual([
      'environment=all&sort=name',
      'status=reconnect&environment=staging&tag=red',
    ]);
    expect(stage.world.changes.at(-1)?.kinds).toContain('views');
  });

  it('changes nothing where the other one does not exist, or is itself', async () => {
    const id = await add('Sandbox');
    await stage.byKey('one', { environmentId: id });
    for (const moveTo of ['nowhere', id])
      await expect(remove(id, moveTo)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await names()).toContain('Sandbox');
    expect((await stage.only()).environmentId).toBe(id);
  });

  it('leaves no connection behind that was being made there', async () => {
    const id = await add('Sandbox');
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    const { authorizationId } = await connect(stage.world.engine, { ...WISH, environmentId: id });
    await held.reached;
    await remove(id, 'staging');
    held.open();
    expect((await stage.ended(authorizationId)).state.kind).toBe('done');
    expect((await stage.only()).environmentId).toBe('production');
  });
});

describe('a copy', () => {
  async function copied() {
    await stage.byKey('a-key', { name: 'Mine', tags: ['kept'] });
    const original = await stage.only();
    const wish = { id: original.id, environmentId: 'staging' };
    const { id } = await copyConnection(stage.world.engine, wish);
    return { original, id, copy: (await stage.all()).find((one) => one.id === id) };
  }

  it('has no credential, is not checked, and is authorised for itself', async () => {
    const { original, id, copy } = await copied();
    expect(copy).toMatchObject({
      name: 'Mine',
      tags: ['kept'],
      environmentId: 'staging',
      health: { kind: 'unauthorized' },
      identity: null,
      nextCheckAt: null,
    });
    expect(await stage.world.engine.vault.open('credential', id)).toBeNull();
    expect(await stage.check()).toMatchObject({ checked: 1 });
    expect(await stage.world.db.get('connections', original.id)).toMatchObject({
      environmentId: 'production',
    });
  });

  it('is said to be one in the activity', async () => {
    const { id } = await copied();
    const lines = await stage.world.db.getAllFromIndex('activity', 'byConnection', id);
    expect(lines.map(({ happening }) => happening.kind)).toEqual(['copied']);
  });

  it('counts as a user of its provider’s definition', async () => {
    const { original } = await copied();
    await stage.deleteForGood([original.id]);
    const { providers } = await stage.world.engine.providers.list();
    expect(providers.find(({ id }) => id === KEYS.id)?.connections).toBe(1);
    await expect(stage.world.engine.providers.remove({ id: KEYS.id })).rejects.toMatchObject({
      code: 'provider-in-use',
    });
  });

  it('goes to an environment that exists', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    const wish = { id, environmentId: 'nowhere' };
    await expect(copyConnection(stage.world.engine, wish)).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});
