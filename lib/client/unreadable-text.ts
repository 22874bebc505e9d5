/** Why nothing was exported, where one field is to blame. */
import { csvColumnOf } from '../domain/transfer/read-connections-csv.ts';
import type { Unreadable } from '../domain/transfer/unreadable.ts';
import type { MessageKey } from '../domain/words.ts';
import { CSV_HEADINGS } from './csv-headings.ts';
import { issueText } from './issue-text.ts';
import { plural, t } from './translate.ts';

/** Fields that have no column in a table, by their paths in a file. */
const FIELDS: Readonly<Record<string, MessageKey>> = {
  accountChoice: 'column_accounts',
  statedEndAt: 'field_stated_end',
  'credential.key': 'field_key',
  'credential.token': 'field_key',
  'credential.user': 'field_user',
  'credential.password': 'field_password',
  address: 'transfer_address',
  note: 'field_notes',
  connections: 'connections',
  search: 'filters',
};

/** Whose field it is, what is wrong with it, and what to do next. */
export function unreadableText({ of, name, field, code, more }: Unreadable): string {
  const what = t(`transfer_unreadable_${of}`, name, fieldName(field), issueText(code));
  const rest = more === 0 ? [] : [plural('transfer_unreadable_more', more)];
  return [what, ...rest].join(' ');
}

/** As the product calls it; what it has no word for stands as a file has it. */
function fieldName(path: string): string {
  const column = csvColumnOf(path);
  const key = FIELDS[path] ?? FIELDS[path.split('.')[0] ?? ''];
  if (key !== undefined) return t(key);
  return column === null ? path : t(CSV_HEADINGS[column]);
}
