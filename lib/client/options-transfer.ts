/** "Your connections" in the settings: to a file and from one. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { PatchbayError } from '../domain/errors.ts';
import { flowsByConnection } from '../domain/flow.ts';
import { openFile } from '../domain/transfer/carry.ts';
import { connectionsCsv, type CsvColumn } from '../domain/transfer/connections-csv.ts';
import { isTooLarge } from '../domain/transfer/file-limits.ts';
import { readConnectionsCsv } from '../domain/transfer/read-connections-csv.ts';
import { readFlows } from '../store/flows.ts';
import { readBelongings } from '../store/read.ts';
import { CSV_HEADINGS } from './csv-headings.ts';
import { environmentNameOf } from './environments.ts';
import type { Shared } from './options-deps.ts';
import { createExportForm, type ExportForm } from './options-transfer-export.ts';
import {
  createImportConnectionsForm,
  type ImportConnectionsForm,
} from './options-transfer-import.ts';
import { reportFailure } from './report-failure.ts';
import { CSV_TYPE, datedName, saveFile, type SaveFile } from './save-file.ts';
import { plural, t, tell } from './translate.ts';

export type TransferDialog =
  | { readonly kind: 'export'; readonly form: ExportForm }
  | { readonly kind: 'import'; readonly form: ImportConnectionsForm };

export interface Transfer {
  readonly dialog: ReadonlySignal<TransferDialog | null>;
  readonly exportJson: () => Promise<void>;
  readonly exportCsv: () => Promise<void>;
  readonly openExport: () => void;
  readonly openImport: () => void;
  /** What was typed goes with the dialog. */
  readonly close: () => void;
}

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
    async exportCsv() {
      const connections = records.connections.value;
      if (connections === null) return;
      await reportFailure(messages, async () => {
        const flows = flowsByConnection(await readFlows(await records.database()));
        const speech = {
          heading: (column: CsvColumn) => t(CSV_HEADINGS[column]),
          tell,
          environment: (id: string) => environmentNameOf(records.environments.value, id),
          flows: (id: string) => flows.get(id)?.length ?? 0,
        };
        const text = connectionsCsv(connections, speech, shared.now());
        const read = readConnectionsCsv(text);
        await demandReadable(read.kind === 'json' && !isTooLarge(text) ? read.text : '');
        save(fileName('.csv'), CSV_TYPE, text);
        exported(connections.length);
      });
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
