/** What a page may ask to change about one connection. Each says what it saw. */
import * as v from 'valibot';
import { NOTES_MAX } from '../domain/connection.ts';
import { Id, Ids, Name, Nothing } from './inputs.ts';
import { Outcomes } from './outcomes.ts';
import { Tags } from './tag-procedures.ts';

const editable = {
  name: Name,
  environmentId: Id,
  tags: Tags,
  notes: v.pipe(v.string(), v.trim(), v.maxLength(NOTES_MAX)),
  /** When a key or password ends, epoch ms; `null`: not known. */
  statedEndAt: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
};
const seen = { id: Id, revision: v.number() };
const { name, environmentId, tags } = editable;
const Undoable = v.partial(v.object({ name, environmentId, tags }));

export const editProcedures = {
  /** Changes what is named, all of it or nothing. */
  editConnection: {
    input: v.object({ ...seen, ...v.partial(v.object(editable)).entries }),
    output: Nothing,
  },
  /** Puts back what stood `before`, as long as what was `made` of it stands there. */
  undoEdit: { input: v.object({ id: Id, made: Undoable, before: Undoable }), output: Nothing },
  renameConnection: { input: v.object({ ...seen, name: editable.name }), output: Nothing },
  setTags: { input: v.object({ ...seen, tags: editable.tags }), output: Nothing },
  setNotes: { input: v.object({ ...seen, notes: editable.notes }), output: Nothing },
  setStatedEnd: {
    input: v.object({ ...seen, statedEndAt: editable.statedEndAt }),
    output: Nothing,
  },
  moveConnection: {
    input: v.object({ ...seen, environmentId: editable.environmentId }),
    output: Nothing,
  },
  /** Several, whoever changed them meanwhile. */
  moveConnections: { input: v.object({ ids: Ids, environmentId: Id }), output: Outcomes },
};
