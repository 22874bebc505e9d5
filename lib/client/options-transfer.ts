/** "Your connections" in the settings: to a file and from one. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { PatchbayError } from '../domain/errors.ts';
import { openFile } from '../domain/transfer/carry.ts';
import { connectionsCsv, type CsvColumn } from '../domain/transfer/connections-csv.ts';
import { isTooLarge } from '../domain/transfer/file-limits.ts';
import type { MessageKey } from '../domain/words.ts';
import { readFlows } from '../store/flows.ts';
import { readBelongings } from '../store/read.ts';
import type { Shared } from './options-deps.ts';
import { createExportForm, type ExportForm } from './options-transfer-export.ts';
import {
  createImportConnectionsForm,
  type ImportConnectionsForm,
} from './options-transfer-import.ts';
import { reportFailure } from './report-failure.ts';
import { CSV_TYPE, datedName, saveFile, type SaveFile } from './save-file.ts';
import { plural, t } from './translate.ts';

export type TransferDialog =
  | { readonly kind: 'export'; readonly form: ExportForm }
  | { readonly kind: 'import'; readonly form: ImportConnectionsForm };

export interface Transfer {
  readonly dialog: ReadonlySignal<TransferDialog | null>;
  readonly exportJson: () => Promise<void>;
  readonly exportCsv: () => void;
  readonly openExport: () => void;
  readonly openImport: () => void;
  /** What was typed goes with the dialog. */
  readonly close: () => void;
}

const HEADINGS: Record<CsvColumn, MessageKey> = {
  name: 'column_name',
  provider: 'column_provider',
  identity: 'column_identity',
  identityId: 'column_identity_id',
  workspace: 'transfer_workspace',
  method: 'method_title',
  params: 'transfer_params',
  environment: 'column_environment',
  tags: 'field_tags',
  notes: 'field_notes',
  created: 'column_created',
  authorized: 'column_authorized',
  id: 'transfer_id',
};

/** How many connections a file has at the most that is written in many lines. */
const INDENTED_MAX = 10_000;

/** @param save how a file is offered */
export function createTransfer(shared: Shared, save: SaveFile = saveFile): Transfer {
  const dialog = signal<TransferDialog | null>(null);
  const { records, messages } = shared;
  const close = (): void => {
    dialog.value?.form.leave();
    dialog.value = null;
  };
  const done = (form: TransferDialog['form'], text: string): void => {
    if (dialog.value?.form === form) close();
    messages.say(text, 'good');
  };
  const fileName = (end: string): string => datedName('patchbay-connections', shared.now(), end);
  const exported = (count: number): void => {
    messages.say(plural('transfer_exported', count), 'good');
  };

  /** What cannot be imported again is refused here, not when it is needed. */
  const demandReadable = async (text: string): Promise<void> => {
    const seen = isTooLarge(text)
      ? null
      : await shared.call('previewConnections', { text, passphrase: null });
    if (seen?.kind !== 'good') throw new PatchbayError('transfer-not-readable');
  };

  return {
    dialog,
    close,
    async exportJson() {
      const connections = records.connections.value;
      if (connections === null) return;
      await reportFailure(messages, async () => {
        const db = await records.database();
        const [belongings, flows] = await Promise.all([readBelongings(db), readFlows(db)]);
        const file = openFile(connections, belongings, shared.now(), flows);
        // For eyes too, where they may still read it; what is large has better uses for its room.
        const indent = connections.length > INDENTED_MAX ? 0 : 2;
        const text = `${JSON.stringify(file, null, indent)}\n`;
        await demandReadable(text);
        save(fileName('.json'), 'application/json', text);
        exported(connections.length);
      });
    },
    exportCsv() {
      const connections = records.connections.value;
      if (connections === null) return;
      const text = connectionsCsv(connections, (column) => t(HEADINGS[column]));
      save(fileName('.csv'), CSV_TYPE, text);
      exported(connections.length);
    },
    openExport() {
      const form = createExportForm(shared, ({ text, connections }) => {
        save(fileName('-sealed.json'), 'application/json', text);
        close();
        exported(connections);
      });
      dialog.value = { kind: 'export', form };
    },
    openImport() {
      const form = createImportConnectionsForm(shared, ({ added }) =>
        done(
          form,
          added > 0 ? plural('transfer_imported', added) : t('transfer_imported_belongings'),
        ),
      );
      dialog.value = { kind: 'import', form };
    },
  };
}
