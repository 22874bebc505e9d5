/** What a page may ask when something that was kept is damaged or gone. */
import * as v from 'valibot';
import { Nothing } from './inputs.ts';

export const recoveryProcedures = {
  /** Takes what cannot be read out of the way of the rest; it is kept as it is. */
  setAsideUnreadable: { input: Nothing, output: v.object({ found: v.number() }) },
  /** Destroys some of what was set aside, with the secrets that belonged to it. */
  destroySetAside: {
    input: v.object({ ids: v.pipe(v.array(v.string()), v.maxLength(100_000)) }),
    output: Nothing,
  },
  /** The person knows that what was here is gone. */
  startAnew: { input: Nothing, output: Nothing },
};
