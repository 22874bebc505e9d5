import type { SortColumn } from '../../lib/domain/query.ts';
import type { MessageKey } from '../../lib/domain/words.ts';

export interface Column {
  readonly id: string;
  readonly label: MessageKey;
  /** `null`: not sortable. */
  readonly sort: SortColumn | null;
}

/** The columns in their order, after the one that opens the evidence. */
export const COLUMNS: readonly Column[] = [
  { id: 'provider', label: 'column_provider', sort: 'provider' },
  { id: 'name', label: 'column_name', sort: 'name' },
  { id: 'identity', label: 'column_identity', sort: 'identity' },
  { id: 'status', label: 'column_status', sort: null },
  { id: 'accounts', label: 'column_accounts', sort: 'accounts' },
  { id: 'identity-id', label: 'column_identity_id', sort: 'identity-id' },
  { id: 'environment', label: 'column_environment', sort: 'environment' },
  { id: 'created', label: 'column_created', sort: 'created' },
  { id: 'authorized', label: 'column_authorized', sort: 'authorized' },
  { id: 'actions', label: 'column_actions', sort: null },
];
