import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { TAGS_CARRIED_MAX } from '../../lib/domain/tag.ts';
import { editConnection, undoEdit } from '../../lib/engine/edit.ts';
import type { Input } from '../../lib/rpc/procedures.ts';
import { commit } from '../../lib/store/commit.ts';
import { aConnection } from '../support/a-connection.ts';
import { fakeWorld, type FakeWorld } from '../support/fake-ports.ts';

const DAY = 24 * 60 * 60 * 1000;

let world: FakeWorld;

beforeEach(async () => {
  world = await fakeWorld();
});

async function put(changes: Partial<Connection> = {}): Promise<Connection> {
  const connection = aConnection({ id: 'c', revision: 3, ...changes });
  await commit(world.db, { connections: new Map([['c', () => connection]]) });
  return connection;
}

function edit(changes: Omit<Input<'editConnection'>, 'id' | 'revision'>, revision = 3) {
  return editConnection(world.engine, { id: 'c', revision, ...changes });
}

const stored = () => world.db.get('connections', 'c');

describe('editing a connection', () => {
  it('says that there are too many tags; two spellings of one are one', async () => {
    await put();
    const tags = Array.from({ length: TAGS_CARRIED_MAX }, (_, at) => `Tag ${at}`);
    await expect(edit({ tags: [...tags, 'One more'] })).rejects.toMatchObject({
      code: 'tags-carried-full',
    });
    await edit({ tags: [...tags, 'tag 0'] });
    expect((await stored())?.tags.length).toBe(TAGS_CARRIED_MAX);
  });

  it('changes what is named in one step, and leaves the rest', async () => {
    const before = await put({ tags: ['kept'], notes: 'kept' });
    const statedEndAt = world.now + 5 * DAY;
    await edit({ name: 'New', environmentId: 'staging', statedEndAt });
    expect(await stored()).toMatchObject({
      ...before,
      name: 'New',
      environmentId: 'staging',
      statedEndAt,
      health: { kind: 'expiring', expiresAt: statedEndAt },
      updatedAt: world.now,
      revision: 4,
    });
  });

  it('drops repeats of a tag, whatever their case, and takes an end back', async () => {
    await put({ statedEndAt: world.now + DAY });
    await edit({ tags: ['a', 'B', 'A'], statedEndAt: null });
    const after = await stored();
    expect(after?.tags).toEqual(['A', 'B']);
    expect(after).not.toHaveProperty('statedEndAt');
  });

  it.each([
    ['an unknown environment', { environmentId: 'gone' }, 'invalid-request', 'environmentId'],
    ['the end of a grant', { statedEndAt: 1 }, 'invalid-request', 'statedEndAt'],
  ])('with %s changes nothing at all', async (_what, wrong, code, detail) => {
    const before = await put({ methodKind: 'oauth2' });
    await expect(edit({ name: 'New', ...wrong })).rejects.toMatchObject({ code, detail });
    expect(await stored()).toMatchObject(before);
  });

  it('of a record that changed meanwhile is refused whole', async () => {
    const before = await put();
    await expect(edit({ name: 'New', notes: 'New' }, 2)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await stored()).toMatchObject(before);
  });

  it('that is gone is refused', async () => {
    await expect(edit({ name: 'New' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an edit that is taken back', () => {
  const undo = (made: Input<'undoEdit'>['made'], before: Input<'undoEdit'>['before']) =>
    undoEdit(world.engine, { id: 'c', made, before });

  it('leaves what became of the record otherwise, a check among it', async () => {
    await put({ name: 'Old', tags: ['kept'] });
    await edit({ name: 'New', tags: ['a', 'B', 'A'] });
    await edit({ notes: 'Theirs' }, 4);
    await undo({ name: 'New' }, { name: 'Old' });
    // As they were asked for, with a repeat.
    await undo({ tags: ['a', 'B', 'A'] }, { tags: ['kept'] });
    expect(await stored()).toMatchObject({
      name: 'Old',
      tags: ['kept'],
      notes: 'Theirs',
      revision: 7,
    });
  });

  it('may be asked for again where the answer was lost', async () => {
    await put({ name: 'Old', tags: ['kept'] });
    await edit({ name: 'New' });
    for (let time = 0; time < 2; time += 1) await undo({ name: 'New' }, { name: 'Old' });
    expect(await stored()).toMatchObject({ name: 'Old', tags: ['kept'] });
  });

  it.each([
    ['a name', { name: 'Mine' }, { name: 'Theirs' }, { name: 'Old' }],
    ['tags', { tags: ['a'] }, { tags: ['a', 'b'] }, { tags: [] }],
    [
      'an environment',
      { environmentId: 'staging' },
      { environmentId: 'development' },
      { environmentId: 'production' },
    ],
  ])('is refused where somebody has chosen another one since: %s', async (_, mine, theirs, old) => {
    await put(old);
    await edit(mine);
    await edit(theirs, 4);
    const before = await stored();
    await expect(undo(mine, old)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await stored()).toEqual(before);
  });

  it('is refused where the record is gone, and where the environment is', async () => {
    await expect(undo({ name: 'a' }, { name: 'b' })).rejects.toMatchObject({ code: 'not-found' });
    await put({ environmentId: 'staging' });
    await expect(
      undo({ environmentId: 'staging' }, { environmentId: 'gone' }),
    ).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
