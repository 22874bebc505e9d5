/** What a page may ask about what the person hears of. */
import * as v from 'valibot';
import { Ids } from './inputs.ts';
import { Outcomes } from './outcomes.ts';

export const noticeProcedures = {
  /** Never notifies about these, or does so again. They are counted all the same. */
  muteConnections: { input: v.object({ ids: Ids, isMuted: v.boolean() }), output: Outcomes },
  /**
   * Neither notifies about these nor counts them until a moment, epoch ms; `null` ends their snooze.
   * A moment that is past or more than a year away is refused.
   */
  snoozeConnections: {
    input: v.object({ ids: Ids, until: v.nullable(v.pipe(v.number(), v.safeInteger())) }),
    output: Outcomes,
  },
};
