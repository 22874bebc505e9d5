/** What a page may ask about grants that end while their connections stay. */
import * as v from 'valibot';
import { Id } from './inputs.ts';

export const grantProcedures = {
  /**
   * Asks the provider to end the grant of a connection, which stays and says so; `null`: finishes what
   * was deleted and could still be undone. `left` names the connections whose grants live on.
   */
  endGrant: {
    input: v.object({ id: v.nullable(Id) }),
    output: v.object({ left: v.array(v.string()) }),
  },
};
