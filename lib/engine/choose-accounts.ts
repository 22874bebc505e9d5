import { changedChoice } from '../domain/account-choice.ts';
import { touched } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import type { Ports } from './ports.ts';

/**
 * Takes one step of choosing accounts, from what is stored at that moment: whoever reads the list of
 * accounts anew meanwhile changes nothing about the choice.
 * @throws PatchbayError `not-found`; `changed-meanwhile` for steps back from what is not chosen any more
 */
export async function chooseAccounts(
  ports: Ports,
  { id, change }: ParsedInput<'chooseAccounts'>,
): Promise<void> {
  const now = ports.now();
  await commit(await ports.database(), {
    connections: new Map([
      [
        id,
        (stored) => {
          if (stored === null) throw new PatchbayError('not-found');
          return touched({ ...stored, accountChoice: changedChoice(stored, change) }, now);
        },
      ],
    ]),
  });
  ports.announce({ kinds: ['connections'], checking: null, ids: [id] });
}
