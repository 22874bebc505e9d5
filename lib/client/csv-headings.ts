import type { CsvColumn } from '../domain/transfer/connections-csv.ts';
import type { MessageKey } from '../domain/words.ts';

/** What the columns of a table of connections are called. */
export const CSV_HEADINGS: Readonly<Record<CsvColumn, MessageKey>> = {
  name: 'column_name',
  provider: 'column_provider',
  identity: 'column_identity',
  workspace: 'transfer_workspace',
  environment: 'column_environment',
  status: 'column_status',
  reason: 'transfer_reason',
  accounts: 'column_accounts',
  sync: 'column_sync',
  flows: 'column_flows',
  tags: 'field_tags',
  notes: 'field_notes',
  params: 'transfer_params',
  created: 'column_created',
  authorized: 'column_authorized',
  checked: 'checked_last',
  paused: 'transfer_paused',
  muted: 'transfer_muted',
  snoozed: 'transfer_snoozed',
  method: 'method_title',
  identityId: 'column_identity_id',
  environmentId: 'transfer_environment_id',
  providerId: 'transfer_provider_id',
  id: 'transfer_id',
};
