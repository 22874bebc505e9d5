/** Where a search found a connection, when that is nothing that its row shows. Pure. */
import type { ColumnId } from './columns.ts';
import type { Connection } from './connection.ts';
import { knownAccounts } from './identity.ts';
import { searchKey } from './query.ts';

/**
 * The first text that holds a word which no cell shows, such as the name of an account; `null` where the row
 * shows all of them.
 * @param words as `searchWords` makes them
 * @param columns that the row has
 */
export function foundIn(
  connection: Connection,
  words: readonly string[],
  columns: readonly ColumnId[],
): string | null {
  const shown = columns.flatMap((id) => textsIn(connection, id)).map(searchKey);
  const missing = words.filter((word) => !shown.some((text) => text.includes(word)));
  if (missing.length === 0) return null;
  const holds = (text: string): boolean => {
    const key = searchKey(text);
    return missing.some((word) => key.includes(word));
  };
  return (
    SEARCHED.flatMap((id) => textsIn(connection, id)).find(holds) ??
    knownAccounts(connection.accounts)
      ?.items.flatMap(({ label, id }) => [label, id])
      .find(holds) ??
    null
  );
}

const SEARCHED: readonly ColumnId[] = ['identity', 'identity-id', 'tags'];

function textsIn({ name, provider, identity, tags }: Connection, id: ColumnId): readonly string[] {
  switch (id) {
    case 'provider':
      return [provider.name];
    case 'name':
      return [name];
    case 'identity':
      return identity === null ? [] : [identity.label, identity.workspace ?? ''];
    case 'identity-id':
      return identity === null ? [] : [identity.id];
    case 'tags':
      return tags;
    default:
      return [];
  }
}
