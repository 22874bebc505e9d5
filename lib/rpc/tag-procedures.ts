/** What a page may ask about tags, whoever carries them. */
import * as v from 'valibot';
import {
  TAG_COLORS,
  TAG_LENGTH_MAX,
  tagNameProblem,
  TAGS_CARRIED_MAX,
  TAGS_KEPT_MAX,
} from '../domain/tag.ts';
import { Id, Ids, Nothing } from './inputs.ts';
import { Outcomes } from './outcomes.ts';

const Tag = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(TAG_LENGTH_MAX));
/** What one connection shall carry; that there are too many is said in words of its own. */
export const Tags = v.pipe(v.array(Tag), v.maxLength(TAGS_KEPT_MAX));

const NewTag = v.pipe(
  Tag,
  v.check((name) => tagNameProblem(name) === null),
);
const Color = v.nullable(v.picklist(TAG_COLORS));
const At = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TAGS_CARRIED_MAX));
/** Where in the tags of a connection, or of an attempt to make one, a tag stood. */
const Place = v.object({ id: Id, at: At });
/** What deleting a tag took away, and bringing it back needs. */
const Deleted = v.object({
  tag: v.object({ name: Tag, color: Color }),
  /** Whether it was kept beside the connections. */
  isKept: v.boolean(),
  places: v.pipe(v.array(Place), v.maxLength(200_000)),
});

export const tagProcedures = {
  /** Gives several connections a tag, the last one unless `at` says its place; the others stay. */
  tagConnections: {
    input: v.object({ ids: Ids, tag: NewTag, at: v.optional(At) }),
    output: Outcomes,
  },
  untagConnections: { input: v.object({ ids: Ids, tag: Tag }), output: Outcomes },
  /** Makes a tag that no connection carries yet. */
  createTag: { input: v.object({ name: NewTag, color: Color }), output: Nothing },
  /** Takes another colour back where it says which was `made`, so that nobody's newer one is overwritten. */
  setTagColor: {
    input: v.object({ name: Tag, color: Color, made: v.optional(Color) }),
    output: Nothing,
  },
  /** Renames it wherever it stands; into a tag that exists only when the person `merges` on purpose. */
  renameTag: {
    input: v.object({ name: Tag, newName: NewTag, merges: v.boolean() }),
    output: v.object({ connections: v.number() }),
  },
  /** Takes it away from everything that carries it. */
  deleteTag: {
    input: v.object({ name: Tag }),
    output: v.object({ connections: v.number(), deleted: Deleted }),
  },
  /** Brings back what {@link deleteTag} took away, as far as it is still there. */
  restoreTag: { input: Deleted, output: v.object({ connections: v.number() }) },
};
