import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { updatedList } from '../../lib/client/updated-list.ts';
import { toStored } from '../../lib/store/commit.ts';
import type { StoredConnection } from '../../lib/store/database.ts';
import { aConnection } from '../support/a-connection.ts';

const ids = fc.integer({ min: 0, max: 15 }).map((at) => `c-${at}`);
const stored = fc
  .record({
    id: ids,
    name: fc.constantFrom('a', 'B', 'b 2', 'b 10', ''),
    isBroken: fc.boolean(),
  })
  .map(({ isBroken, ...some }) =>
    toStored(
      aConnection({
        ...some,
        ...(isBroken && {
          health: { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: null },
        }),
      }),
    ),
  );
const list = fc.uniqueArray(stored, { selector: ({ id }) => id, maxLength: 12 });

function sorted(all: Iterable<StoredConnection>): StoredConnection[] {
  const key = ({ urgency, sortName, id }: StoredConnection) => [urgency, sortName, id];
  return [...all].sort((a, b) => indexedDB.cmp(key(a), key(b)));
}

it('a list with some of it read again is the list that reading all of it would give', () => {
  fc.assert(
    fc.property(list, list, fc.array(ids), (before, changed, gone) => {
      const found = new Map<string, StoredConnection | null>([
        ...gone.map((id) => [id, null] as const),
        ...changed.map((one) => [one.id, one] as const),
      ]);
      const whole = new Map(before.map((one) => [one.id, one]));
      for (const [id, one] of found) {
        if (one === null) whole.delete(id);
        else whole.set(id, one);
      }
      expect(updatedList(sorted(before), found)).toEqual(sorted(whole.values()));
    }),
  );
});
