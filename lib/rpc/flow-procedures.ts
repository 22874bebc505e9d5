/** What a page may ask about flows: the person's register of what uses which connection. */
import * as v from 'valibot';
import {
  FLOW_ADDRESS_MAX,
  FLOW_CONNECTIONS_MAX,
  FLOW_NAME_MAX,
  FLOW_NOTE_MAX,
  flowAddress,
} from '../domain/flow.ts';
import { Id, Nothing } from './inputs.ts';

const Ids = v.pipe(v.array(Id), v.maxLength(FLOW_CONNECTIONS_MAX));
const Text = {
  name: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(FLOW_NAME_MAX)),
  /** Normalised here; one that a page may not open does not get in. */
  address: v.nullable(
    v.pipe(
      v.string(),
      v.maxLength(FLOW_ADDRESS_MAX),
      v.transform(flowAddress),
      v.string('no web address'),
    ),
  ),
  note: v.pipe(v.string(), v.trim(), v.maxLength(FLOW_NOTE_MAX)),
};
/** What bringing a removed flow back needs. */
const Removed = v.object({
  ...Text,
  id: Id,
  connectionIds: Ids,
  createdAt: v.number(),
  revision: v.number(),
});
const Link = v.object({ id: Id, connectionId: Id });

export const flowProcedures = {
  addFlow: {
    input: v.object({ ...Text, connectionIds: Ids }),
    output: v.object({ id: v.string() }),
  },
  /**
   * Says which connections come and go and not which there are: what another page did, and what Undo
   * may bring back, stays.
   */
  editFlow: {
    input: v.object({ ...Text, id: Id, revision: v.number(), attach: Ids, detach: Ids }),
    output: Nothing,
  },
  attachFlow: { input: Link, output: Nothing },
  detachFlow: { input: Link, output: Nothing },
  /** One that is gone already is no mistake: `removed` is `null`. */
  removeFlow: { input: v.object({ id: Id }), output: v.object({ removed: v.nullable(Removed) }) },
  /** Brings back what {@link removeFlow} took away, with those of its connections that are left. */
  restoreFlow: { input: Removed, output: Nothing },
};
