import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { connect } from '../../lib/engine/authorize.ts';
import { deleteConnections, undoDeletion } from '../../lib/engine/delete.ts';
import { editConnection } from '../../lib/engine/edit.ts';
import { createTag, deleteTag, renameTag, restoreTag, setTagColor } from '../../lib/engine/tags.ts';
import { saveView } from '../../lib/engine/views.ts';
import { answer } from '../../lib/rpc/serve.ts';
import { handlers } from '../../lib/engine/handlers.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { readTags, readViews } from '../../lib/store/read.ts';
import { gate, setStage, WISH, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

async function connected(person: string, ...tags: string[]): Promise<Connection> {
  const before = new Set((await stage.all()).map(({ id }) => id));
  stage.person = person;
  await stage.byKey(`key of ${person}`, { name: person, tags });
  const made = (await stage.all()).find(({ id }) => !before.has(id));
  if (made === undefined) throw new Error('not connected');
  return made;
}

async function tagsByName(): Promise<Record<string, readonly string[]>> {
  return Object.fromEntries((await stage.all()).map(({ name, tags }) => [name, tags]));
}

const rename = (name: string, newName: string, merges = false) =>
  renameTag(stage.world.engine, { name, newName, merges });
const remove = (name: string) => deleteTag(stage.world.engine, { name });
const kept = () => readTags(stage.world.db);
const announced = () => stage.world.changes.filter(({ kinds }) => kinds.includes('tags')).length;

describe('a tag', () => {
  it('is made without a connection, and coloured; each is announced', async () => {
    await createTag(stage.world.engine, { name: 'Red', color: null });
    await setTagColor(stage.world.engine, { name: 'red', color: 'red' });
    expect(await kept()).toEqual([{ name: 'Red', color: 'red' }]);
    expect(announced()).toBe(2);
    const again = createTag(stage.world.engine, { name: 'RED', color: null });
    await expect(again).rejects.toMatchObject({ code: 'tag-taken' });
  });

  it('gets a colour while somebody carries it, not after it is gone', async () => {
    await connected('alice', 'Red');
    await setTagColor(stage.world.engine, { name: 'Red', color: 'red' });
    await remove('red');
    const late = setTagColor(stage.world.engine, { name: 'Red', color: 'blue' });
    await expect(late).rejects.toMatchObject({ code: 'not-found' });
    expect(await kept()).toEqual([]);
  });

  it('has its colour taken back, unless it was given another one since', async () => {
    await connected('alice', 'Red');
    const { engine } = stage.world;
    await setTagColor(engine, { name: 'Red', color: 'red' });
    // The second time as where the first answer was lost.
    for (let time = 0; time < 2; time += 1) {
      await setTagColor(engine, { name: 'Red', color: null, made: 'red' });
      expect(await kept()).toEqual([{ name: 'Red', color: null }]);
    }
    const late = setTagColor(engine, { name: 'Red', color: 'blue', made: 'red' });
    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await setTagColor(engine, { name: 'Red', color: 'blue', made: null });
    expect(await kept()).toEqual([{ name: 'Red', color: 'blue' }]);
  });

  it.each(['', 'a,b', 'x'.repeat(61)])('cannot be called "%s"', async (name) => {
    const all = handlers(stage.world.engine, openSweeper(stage.world.engine));
    for (const [procedure, input] of [
      ['createTag', { name, color: null }],
      ['renameTag', { name: 'Red', newName: name, merges: true }],
    ] as const)
      expect(await answer(all, procedure, input)).toMatchObject({ code: 'invalid-request' });
  });
});

describe('renaming a tag', () => {
  it('reaches all that carry it in one step, whatever their spelling, and saved views', async () => {
    const alice = await connected('alice', 'first', 'red');
    await connected('bob', 'RED');
    await connected('carol', 'other');
    await setTagColor(stage.world.engine, { name: 'red', color: 'red' });
    await saveView(stage.world.engine, { name: 'Red ones', search: 'tag=red&tag=other' });
    const before = announced();
    expect(await rename('Red', 'Crimson')).toEqual({ connections: 2 });
    expect(await tagsByName()).toEqual({
      alice: ['first', 'Crimson'],
      bob: ['Crimson'],
      carol: ['other'],
    });
    expect(await kept()).toEqual([{ name: 'Crimson', color: 'red' }]);
    expect(await readViews(stage.world.db)).toMatchObject([{ search: 'tag=crimson&tag=other' }]);
    expect(announced()).toBe(before + 1);
    expect(stage.world.changes.at(-1)?.kinds).toEqual(
      expect.arrayContaining(['connections', 'authorizations', 'tags', 'views', 'deletions']),
    );
    expect(stage.world.changes.at(-1)?.tag).toEqual({ key: 'red', newKey: 'crimson' });
    await remove('CRIMSON');
    expect(stage.world.changes.at(-1)?.tag).toEqual({ key: 'crimson', newKey: null });
    // Who typed over what was there before is told so.
    const stale = { id: alice.id, revision: alice.revision, tags: ['red'] };
    await expect(editConnection(stage.world.engine, stale)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
  });

  it('into another one merges only on purpose; that one keeps its spelling and colour', async () => {
    await connected('alice', 'red', 'Blue');
    await connected('bob', 'red');
    await setTagColor(stage.world.engine, { name: 'red', color: 'red' });
    await setTagColor(stage.world.engine, { name: 'Blue', color: 'blue' });
    await expect(rename('red', 'BLUE')).rejects.toMatchObject({ code: 'tag-taken' });
    expect(await tagsByName()).toEqual({ alice: ['red', 'Blue'], bob: ['red'] });
    expect(await rename('red', 'BLUE', true)).toEqual({ connections: 2 });
    expect(await tagsByName()).toEqual({ alice: ['Blue'], bob: ['Blue'] });
    expect(await kept()).toEqual([{ name: 'Blue', color: 'blue' }]);
  });

  it('asks before merging into one that is only carried, or only kept', async () => {
    await connected('alice', 'red', 'blue');
    await createTag(stage.world.engine, { name: 'Green', color: null });
    for (const other of ['BLUE', 'green'])
      await expect(rename('red', other)).rejects.toMatchObject({ code: 'tag-taken' });
    await rename('red', 'green', true);
    expect(await tagsByName()).toEqual({ alice: ['Green', 'blue'] });
  });

  it('changes the case alone without a question', async () => {
    await connected('alice', 'red');
    expect(await rename('red', 'RED')).toEqual({ connections: 1 });
    expect(await tagsByName()).toEqual({ alice: ['RED'] });
    expect(await rename('red', 'RED')).toEqual({ connections: 0 });
  });

  it('of one that is gone is said', async () => {
    await expect(rename('red', 'blue')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('deleting a tag', () => {
  it('takes it from all that carry it, and nothing else; undoing puts it where it was', async () => {
    await connected('alice', 'first', 'red', 'last');
    await connected('bob', 'RED');
    await setTagColor(stage.world.engine, { name: 'red', color: 'red' });
    const { connections, deleted } = await remove('red');
    expect(connections).toBe(2);
    expect(await tagsByName()).toEqual({ alice: ['first', 'last'], bob: [] });
    expect(await kept()).toEqual([]);
    expect(await restoreTag(stage.world.engine, deleted)).toEqual({ connections: 2 });
    expect(await tagsByName()).toEqual({ alice: ['first', 'red', 'last'], bob: ['red'] });
    expect(await kept()).toEqual([{ name: 'red', color: 'red' }]);
    expect(announced()).toBe(3);
  });

  it('is undone as far as what carried it is there, and changes what was done since no further', async () => {
    const alice = await connected('alice', 'red');
    const bob = await connected('bob', 'red');
    const { deleted } = await remove('red');
    await stage.deleteForGood([bob.id]);
    await editConnection(stage.world.engine, { id: alice.id, revision: 2, tags: ['new', 'Red'] });
    expect(await restoreTag(stage.world.engine, deleted)).toEqual({ connections: 0 });
    expect(await tagsByName()).toEqual({ alice: ['new', 'Red'] });
    expect(await kept()).toEqual([]);
  });

  it('is no mistake when it is gone already', async () => {
    expect(await remove('red')).toMatchObject({ connections: 0, deleted: { places: [] } });
  });
});

describe('meanwhile', () => {
  it('connections that Undo brings back have followed', async () => {
    const { id } = await connected('alice', 'red', 'blue');
    await connected('bob', 'red');
    const { batchId } = await deleteConnections(stage.world.engine, { ids: [id], revoke: false });
    await rename('red', 'crimson');
    const { deleted } = await remove('blue');
    await restoreTag(stage.world.engine, deleted);
    await undoDeletion(stage.world.engine, { batchId });
    expect(await tagsByName()).toEqual({ alice: ['crimson', 'blue'], bob: ['crimson'] });
  });

  it('a check that runs neither loses the change nor is lost', async () => {
    await connected('alice', 'red');
    const { checkedAt } = await stage.only();
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    stage.world.now += 60_000;
    const checking = stage.check();
    await held.reached;
    await rename('red', 'crimson');
    held.open();
    await checking;
    const after = await stage.only();
    expect(after.tags).toEqual(['crimson']);
    expect(after.checkedAt).not.toBe(checkedAt);
  });

  it('a sign-in that runs makes a connection with the tags as they are called by then', async () => {
    await connected('bob', 'red', 'blue');
    const held = gate();
    const { api } = stage;
    stage.api = async (request) => {
      await held.pass();
      return api(request);
    };
    const wish = { ...WISH, name: 'mine', tags: ['red', 'blue', 'green'] };
    const { authorizationId } = await connect(stage.world.engine, wish);
    await held.reached;
    await createTag(stage.world.engine, { name: 'crimson', color: null });
    await rename('red', 'Crimson', true);
    await remove('blue');
    held.open();
    expect((await stage.ended(authorizationId)).state.kind).toBe('done');
    expect(await tagsByName()).toEqual({ bob: ['crimson'], mine: ['crimson', 'green'] });
  });
});
