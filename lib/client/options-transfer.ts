/** "Your connections" in the settings: to a file and from one. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { PatchbayError } from '../domain/errors.ts';
import { flowsByConnection } from '../domain/flow.ts';
import { openFile } from '../domain/transfer/carry.ts';
import { connectionsCsv, type CsvColumn } from '../domain/transfer/connections-csv.ts';
import { isTooLarge } from '../domain/transfer/file-limits.ts';
import { readConnectionsCsv } from '../domain/transfer/read-connections-csv.ts';
import { unreadableIn, type NamedLists, type Unreadable } from '../domain/transfer/unreadable.ts';
import { readFlows } from '../store/flows.ts';
import { readBelongings } from '../store/read.ts';
import { CSV_HEADINGS } from './csv-headings.ts';
import { environmentNameOf } from './environments.ts';
import type { MessageAction } from './messages.ts';
import type { Shared } from './options-deps.ts';
import { createExportForm, type ExportForm } from './options-transfer-export.ts';
import {
  createImportConnectionsForm,
  type ImportConnectionsForm,
} from './options-transfer-import.ts';
import { reportFailure } from './report-failure.ts';
import type { Router } from './route.ts';
import { CSV_TYPE, datedName, saveFile, type SaveFile } from './save-file.ts';
import { plural, t, tell } from './translate.ts';
import { unreadableText } from './unreadable-text.ts';

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
export function createTransfer(
  shared: Shared,
  router: Pick<Router, 'go' | 'list'>,
  save: SaveFile = saveFile,
): Transfer {
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
  /** What was said of the last export that was refused; the next one says what is true then. */
  let refusal: number | null = null;
  const begin = (): void => {
    if (refusal !== null) messages.withdraw(refusal);
    refusal = null;
  };
  const exported = (count: number): void => {
    messages.say(plural('transfer_exported', count), 'good');
  };

  /** Leads to where it can be mended, while what is to be done there stays to be read. */
  const leadTo = ({ of, id }: Unreadable): MessageAction | null => {
    if (of === 'connection' && id !== null)
      return {
        label: t('action_open_details'),
        isLook: true,
        run: () =>
          router.go({
            ...router.list.value,
            opened: { id, tab: 'overview', isReconnecting: false },
          }),
      };
    if (of !== 'flow') return null;
    const run = (): void => router.go({ kind: 'flows', connectionId: null });
    return { label: t('action_show'), isLook: true, run };
  };
  const refuse = (unreadable: Unreadable): void => {
    refusal = messages.say(unreadableText(unreadable), 'bad', leadTo(unreadable));
  };
  /**
   * What cannot be imported again is refused here, not when it is needed.
   * @param file what stands in the text
   * @returns whether it can be; where one field is to blame, that is said
   * @throws PatchbayError `transfer-not-readable` where it is the file as a whole
   */
  const isReadable = async (text: string, file: NamedLists): Promise<boolean> => {
    const seen = isTooLarge(text)
      ? null
      : await shared.call('previewConnections', { text, passphrase: null });
    if (seen?.kind === 'good') return true;
    const unreadable = seen?.kind === 'bad' ? unreadableIn(file, seen) : null;
    if (unreadable === null) throw new PatchbayError('transfer-not-readable');
    refuse(unreadable);
    return false;
  };

  return {
    dialog,
    close,
    async exportJson() {
      begin();
      const connections = records.connections.value;
      if (connections === null) return;
      await reportFailure(messages, async () => {
        const db = await records.database();
        const [belongings, flows] = await Promise.all([readBelongings(db), readFlows(db)]);
        const file = openFile(connections, belongings, shared.now(), flows);
        // For eyes too, where they may still read it; what is large has better uses for its room.
        const indent = connections.length > INDENTED_MAX ? 0 : 2;
        const text = `${JSON.stringify(file, null, indent)}\n`;
        if (!(await isReadable(text, file))) return;
        save(fileName('.json'), 'application/json', text);
        exported(connections.length);
      });
    },
    async exportCsv() {
      begin();
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
        if (isTooLarge(text)) throw new PatchbayError('transfer-not-readable');
        // A table of ours with a line that cannot be read is a mistake of ours.
        if (read.kind === 'bad') throw new PatchbayError('internal');
        if (!(await isReadable(read.text, read.file))) return;
        save(fileName('.csv'), CSV_TYPE, text);
        exported(connections.length);
      });
    },
    openExport() {
      begin();
      const form = createExportForm(shared, (answer) => {
        // Nothing that is typed in the dialog would help.
        close();
        if (answer.kind === 'unreadable') {
          refuse(answer);
          return;
        }
        save(fileName('-sealed.json'), 'application/json', answer.text);
        exported(answer.connections);
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
