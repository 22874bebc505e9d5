/**
 * The person's tags. A connection carries them as plain names; what more is known of one, its colour
 * and that it was made at all, is kept by name beside them. Case tells no two tags apart. Pure.
 */
import { sortName, type Connection } from './connection.ts';
import { ascending, sortedBy } from './sorted-by.ts';
import { PatchbayError, type ErrorCode } from './errors.ts';

export const TAG_LENGTH_MAX = 60;
/** How many a connection carries at the most. */
export const TAGS_CARRIED_MAX = 50;
/** How many are kept with a colour, or without any connection. */
export const TAGS_KEPT_MAX = 500;

/** What a tag can be told by at a glance, beside its name; the page's tokens say how each looks. */
export const TAG_COLORS = [
  'grey',
  'red',
  'orange',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
] as const;
export type TagColor = (typeof TAG_COLORS)[number];

/** What is kept of a tag beside the connections that carry it. */
export interface Tag {
  readonly name: string;
  readonly color: TagColor | null;
}

/** A tag as the person sees it. */
export interface TagUse extends Tag {
  /** As {@link tagKey} has it. */
  readonly key: string;
  /** How many connections carry it. */
  readonly count: number;
}

/** What two spellings of the same tag have in common. */
export function tagKey(name: string): string {
  return name.toLowerCase();
}

/** Whether a tag is among others, however it is written. */
export function hasTag(tags: readonly string[], name: string): boolean {
  const key = tagKey(name);
  return tags.some((tag) => tagKey(tag) === key);
}

/** Tags without repeats; of two spellings the later stays, at the place of the first. */
export function distinctTags(tags: readonly string[]): string[] {
  return [...new Map(tags.map((tag) => [tagKey(tag), tag])).values()];
}

/** Tags as a connection carries them. @throws PatchbayError `tags-carried-full` */
export function carried(tags: readonly string[]): string[] {
  const distinct = distinctTags(tags);
  if (distinct.length > TAGS_CARRIED_MAX) throw new PatchbayError('tags-carried-full');
  return distinct;
}

/** What is wrong with the name of a new tag; `null` when nothing is. */
export function tagNameProblem(name: string): ErrorCode | null {
  if (name.trim() === '' || name.length > TAG_LENGTH_MAX) return 'invalid-request';
  // Where tags are typed, a comma ends one.
  return name.includes(',') ? 'tag-comma' : null;
}

/** Every tag that is carried or kept, by name. */
export function tagUses(
  kept: readonly Tag[],
  connections: readonly Pick<Connection, 'tags'>[],
): TagUse[] {
  const uses = new Map<
    string,
    { key: string; name: string; color: TagColor | null; count: number }
  >(kept.map(({ name, color }) => [tagKey(name), { key: tagKey(name), name, color, count: 0 }]));
  for (const { tags } of connections)
    for (const name of tags) {
      const key = tagKey(name);
      const use = uses.get(key);
      if (use === undefined) uses.set(key, { key, name, color: null, count: 1 });
      else use.count += 1;
    }
  return sortedBy(uses.values(), ({ name }) => sortName(name), ascending);
}

/** Tags with one of them under another name, where it stood; one that is there twice then, once. */
export function retagged(tags: readonly string[], name: string, newName: string): string[] {
  const from = tagKey(name);
  const to = tagKey(newName);
  const next: string[] = [];
  for (const tag of tags) {
    const isMeant = [from, to].includes(tagKey(tag));
    if (!isMeant) next.push(tag);
    else if (!next.includes(newName)) next.push(newName);
  }
  return next;
}

/** Tags without one of them. */
export function untagged(tags: readonly string[], name: string): string[] {
  const key = tagKey(name);
  return tags.filter((tag) => tagKey(tag) !== key);
}

/** Tags with one more at a place; as they were where it is among them or there is no room. */
export function tagged(tags: readonly string[], name: string, at: number): readonly string[] {
  if (hasTag(tags, name) || tags.length >= TAGS_CARRIED_MAX) return tags;
  return tags.toSpliced(at, 0, name);
}

/** The kept tag of a name. */
export function findTag(kept: readonly Tag[], name: string): Tag | undefined {
  const key = tagKey(name);
  return kept.find((tag) => tagKey(tag.name) === key);
}

/**
 * Keeps a new tag.
 * @throws PatchbayError `tag-taken`, or `tags-full` when there are {@link TAGS_KEPT_MAX}
 */
export function addTag(kept: readonly Tag[], tag: Tag): readonly Tag[] {
  if (findTag(kept, tag.name) !== undefined) throw new PatchbayError('tag-taken');
  if (kept.length >= TAGS_KEPT_MAX) throw new PatchbayError('tags-full');
  return [...kept, tag];
}

/** Gives a tag a colour. @throws PatchbayError `tags-full` */
export function colorTag(kept: readonly Tag[], { name, color }: Tag): readonly Tag[] {
  const known = findTag(kept, name);
  if (known === undefined) return addTag(kept, { name, color });
  return kept.map((tag) => (tag === known ? { ...tag, color } : tag));
}

/** What is kept once a tag has another name, or became part of the tag of that name: its colour wins. */
export function renameTag(kept: readonly Tag[], name: string, newName: string): readonly Tag[] {
  const source = findTag(kept, name);
  const target = findTag(kept, newName);
  if (source === undefined && target === undefined) return kept;
  const rest = kept.filter((tag) => tag !== source && tag !== target);
  return [...rest, { name: newName, color: target?.color ?? source?.color ?? null }];
}

/** What is kept without a tag. */
export function removeTag(kept: readonly Tag[], name: string): readonly Tag[] {
  const known = findTag(kept, name);
  return kept.filter((tag) => tag !== known);
}
