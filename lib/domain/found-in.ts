/** Where a search found a connection, when that is nothing that its row shows. Pure. */
import type { ColumnId } from './columns.ts';
import type { Connection } from './connection.ts';
import { searchedTexts, searchKey } from './query.ts';

/**
 * The first text that holds the words which no cell shows, or else some of them, such as the name of an account;
 * `null` where the row shows all of them.
 * @param words as `searchWords` makes them
 * @param columns that the row has
 */
export function foundIn(
  connection: Connection,
  words: readonly string[],
  columns: readonly ColumnId[],
): string | null {
  const texts = searchedTexts(connection);
  const shown = texts
    .filter(({ column }) => column !== null && columns.includes(column))
    .map(({ text }) => searchKey(text));
  const missing = words.filter((word) => !shown.some((key) => key.includes(word)));
  if (missing.length === 0) return null;
  const holds = (text: string, word: string): boolean => searchKey(text).includes(word);
  const found =
    texts.find(({ text }) => missing.every((word) => holds(text, word))) ??
    texts.find(({ text }) => missing.some((word) => holds(text, word)));
  return found?.text ?? null;
}
