/**
 * The person's tags, for themselves and wherever they stand: on connections, on those that Undo may
 * bring back, on attempts that will become one, in saved views. Each change is one transaction.
 */
import type { Authorization } from '../domain/authorization.ts';
import { touched, type Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { retagViews } from '../domain/saved-view.ts';
import {
  addTag,
  colorTag,
  findTag,
  hasTag,
  removeTag,
  renameTag as renameKept,
  retagged,
  tagged,
  tagKey,
  untagged,
  type Tag,
} from '../domain/tag.ts';
import type { Change } from '../rpc/changes.ts';
import type { Handlers, Output, ParsedInput } from '../rpc/procedures.ts';
import type { tagProcedures } from '../rpc/tag-procedures.ts';
import { commit, type ConnectionEdits } from '../store/commit.ts';
import type { WriteTransaction } from '../store/database.ts';
import { editKept, keptIn } from '../store/kept.ts';
import { tagConnections, untagConnections } from './edit.ts';
import type { Ports } from './ports.ts';

/** What each procedure about tags does. */
export function tagHandlers(ports: Ports): Pick<Handlers, keyof typeof tagProcedures> {
  return {
    tagConnections: (input) => tagConnections(ports, input),
    untagConnections: (input) => untagConnections(ports, input),
    createTag: (input) => createTag(ports, input).then(() => ({})),
    setTagColor: (input) => setTagColor(ports, input).then(() => ({})),
    renameTag: (input) => renameTag(ports, input),
    deleteTag: (input) => deleteTag(ports, input),
    restoreTag: (input) => restoreTag(ports, input),
  };
}

/** Keeps a tag that no connection carries yet. @throws PatchbayError `tag-taken`, `tags-full` */
export async function createTag(ports: Ports, tag: ParsedInput<'createTag'>): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) => editKeptTags(tx, (kept) => addTag(kept, tag)),
  });
  ports.announce({ kinds: ['tags'], checking: null });
}

/**
 * @throws PatchbayError `not-found` where nobody knows the tag any more, `tags-full`;
 * `changed-meanwhile` where the colour that was made is not there any more
 */
export async function setTagColor(
  ports: Ports,
  { made, ...tag }: ParsedInput<'setTagColor'>,
): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) =>
      editKeptTags(tx, async (kept) => {
        const known = findTag(kept, tag.name);
        if (known === undefined && (await carriers(tx, tag.name)).length === 0)
          throw new PatchbayError('not-found');
        const color = known?.color ?? null;
        // The same again: the answer of an earlier attempt may have been lost with the worker.
        if (made !== undefined && color !== tag.color && color !== made)
          throw new PatchbayError('changed-meanwhile');
        return colorTag(kept, tag);
      }),
  });
  ports.announce({ kinds: ['tags'], checking: null });
}

/**
 * Gives a tag another name everywhere. A tag that has this name already takes it in, with its own
 * colour and spelling.
 * @returns how many connections carried it
 * @throws PatchbayError `not-found`; `tag-taken` where another one has this name and merging was not
 * asked for; nothing is written then
 */
export async function renameTag(
  ports: Ports,
  { name, newName, merges }: ParsedInput<'renameTag'>,
): Promise<Output<'renameTag'>> {
  let spelling = newName;
  const carries = (tags: readonly string[]): boolean => hasTag(tags, name);
  const changes = await commit(await ports.database(), {
    connections: async (tx) => {
      const kept = await readKeptTags(tx);
      const found = await carriers(tx, name);
      if (found.length === 0 && findTag(kept, name) === undefined)
        throw new PatchbayError('not-found');
      if (tagKey(name) !== tagKey(newName)) {
        const known = findTag(kept, newName)?.name ?? (await spellingOf(tx, newName));
        if (known !== undefined && !merges) throw new PatchbayError('tag-taken');
        spelling = known ?? newName;
      }
      return editsOf(found, ports.now(), (tags) => retagged(tags, name, spelling));
    },
    async also(tx) {
      await editKeptTags(tx, (kept) => renameKept(kept, name, spelling));
      await editOthers(tx, carries, (tags) => retagged(tags, name, spelling));
      await editKept(tx, 'views', (views = []) => retagViews(views, name, spelling));
    },
  });
  announceAll(ports, { key: tagKey(name), newKey: tagKey(spelling) });
  return { connections: changes.length };
}

/**
 * Takes a tag away from everything that carries it; one that is gone already is no mistake.
 * @returns what {@link restoreTag} needs to bring it back
 */
export async function deleteTag(
  ports: Ports,
  { name }: ParsedInput<'deleteTag'>,
): Promise<Output<'deleteTag'>> {
  const places: { id: string; at: number }[] = [];
  const carries = (tags: readonly string[]): boolean => hasTag(tags, name);
  const without = (tags: readonly string[], id: string): string[] => {
    const key = tagKey(name);
    places.push({ id, at: tags.findIndex((tag) => tagKey(tag) === key) });
    return untagged(tags, name);
  };
  let known: Tag | undefined;
  const changes = await commit(await ports.database(), {
    connections: async (tx) => editsOf(await carriers(tx, name), ports.now(), without),
    async also(tx) {
      await editKeptTags(tx, (kept) => {
        known = findTag(kept, name);
        return removeTag(kept, name);
      });
      await editOthers(tx, carries, without);
    },
  });
  announceAll(ports, { key: tagKey(name), newKey: null });
  const tag = { name: known?.name ?? name, color: known?.color ?? null };
  return { connections: changes.length, deleted: { tag, isKept: known !== undefined, places } };
}

/** Brings a deleted tag back to what is still there and has room for it. */
export async function restoreTag(
  ports: Ports,
  { tag, isKept, places }: ParsedInput<'restoreTag'>,
): Promise<Output<'restoreTag'>> {
  const placeOf = new Map(places.map(({ id, at }) => [id, at]));
  const withTag = (tags: readonly string[], id: string): readonly string[] =>
    tagged(tags, tag.name, placeOf.get(id) ?? tags.length);
  const changes = await commit(await ports.database(), {
    connections: new Map(
      places.map(({ id }) => [id, (stored) => stored && edited(stored, ports.now(), withTag)]),
    ),
    async also(tx) {
      if (isKept)
        await editKeptTags(tx, (kept) =>
          findTag(kept, tag.name) === undefined ? [...kept, tag] : kept,
        );
      await editOthers(tx, (_tags, id) => placeOf.has(id), withTag);
    },
  });
  announceAll(ports);
  return { connections: changes.length };
}

/** The tags that an attempt shall give to its connection, as they are called by now. */
export async function standingTags(
  tx: WriteTransaction,
  { id, tags }: Authorization,
): Promise<readonly string[]> {
  return (await tx.objectStore('authorizations').get(id))?.tags ?? tags;
}

type EditTags = (tags: readonly string[], id: string) => readonly string[];

function editsOf(found: readonly Connection[], now: number, edit: EditTags): ConnectionEdits {
  return new Map(found.map(({ id }) => [id, (stored) => stored && edited(stored, now, edit)]));
}

/** The connection itself where its tags stay as they are, so that nothing is written. */
function edited(connection: Connection, now: number, edit: EditTags): Connection {
  const tags = edit(connection.tags, connection.id);
  const isSame =
    tags.length === connection.tags.length && tags.every((tag, at) => tag === connection.tags[at]);
  return isSame ? connection : touched({ ...connection, tags }, now);
}

/** There is no index of tags: they change seldom, and an index would be paid for by every check. */
async function carriers(tx: WriteTransaction, name: string): Promise<readonly Connection[]> {
  const all = await tx.objectStore('connections').getAll();
  return all.filter(({ tags }) => hasTag(tags, name));
}

async function spellingOf(tx: WriteTransaction, name: string): Promise<string | undefined> {
  const key = tagKey(name);
  return (await carriers(tx, name))[0]?.tags.find((tag) => tagKey(tag) === key);
}

/** What carries tags and is no connection any more, or none yet. */
async function editOthers(
  tx: WriteTransaction,
  isMeant: (tags: readonly string[], id: string) => boolean,
  edit: EditTags,
): Promise<void> {
  const deletions = tx.objectStore('deletions');
  for (const going of await deletions.getAll()) {
    const { id, connection } = going;
    if (!isMeant(connection.tags, id)) continue;
    const tags = edit(connection.tags, id);
    await deletions.put({ ...going, connection: { ...connection, tags } });
  }
  const attempts = tx.objectStore('authorizations');
  for (const attempt of await attempts.getAll())
    if (isMeant(attempt.tags, attempt.id))
      await attempts.put({ ...attempt, tags: edit(attempt.tags, attempt.id) });
}

async function readKeptTags(tx: WriteTransaction): Promise<readonly Tag[]> {
  return (await keptIn(tx, 'tags')) ?? [];
}

function editKeptTags(
  tx: WriteTransaction,
  edit: (kept: readonly Tag[]) => readonly Tag[] | Promise<readonly Tag[]>,
): Promise<void> {
  return editKept(tx, 'tags', (kept = []) => edit(kept));
}

function announceAll(ports: Ports, tag?: Change['tag']): void {
  const kinds = ['connections', 'authorizations', 'tags', 'views', 'deletions'] as const;
  ports.announce({ kinds, checking: null, ...(tag !== undefined && { tag }) });
}
