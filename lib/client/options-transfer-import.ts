/** The dialog "Import connections": read, judged by the background, looked at, imported. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf, PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { FILE_BYTES_MAX, isTooLarge } from '../domain/transfer/file-limits.ts';
import {
  csvPlace,
  isConnectionsCsv,
  readConnectionsCsv,
} from '../domain/transfer/read-connections-csv.ts';
import type { BadFile, Output } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';
import type { ReadableFile } from './options-import.ts';
import { CSV_HEADINGS } from './csv-headings.ts';
import { t } from './translate.ts';

export type Preview = Extract<Output<'previewConnections'>, { kind: 'good' }>;

export type ImportConnectionsState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'reading' }
  /** Sealed; `isWrong` after a passphrase that did not open it. */
  | { readonly kind: 'locked'; readonly isWrong: boolean }
  | BadFile
  | Preview;

export interface ImportConnectionsForm {
  readonly state: ReadonlySignal<ImportConnectionsState>;
  readonly fileName: ReadonlySignal<string | null>;
  readonly passphrase: Signal<string>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly readFile: (file: ReadableFile) => Promise<void>;
  /** Tries the passphrase that was typed. */
  readonly unlock: () => Promise<void>;
  /** To be called in the click: the browser is asked for the hosts of what brings its secret. */
  readonly confirm: () => Promise<void>;
  readonly leave: () => void;
}

/** Whether importing changes anything here. */
export function addsAnything({ added, environments, tags, views, flows }: Preview): boolean {
  return added + environments + tags + views + flows > 0;
}

/** What is wrong with a table, each thing where a person finds it. */
function inTable(bad: BadFile, lines: readonly number[]): BadFile {
  const issues = bad.issues.map((issue) => {
    const place = csvPlace(issue.path, lines);
    if (place === null) return issue;
    const { line, column } = place;
    const path =
      column === null
        ? t('transfer_line', line)
        : t('transfer_cell', line, t(CSV_HEADINGS[column]));
    return { ...issue, path };
  });
  return { ...bad, issues };
}

export function createImportConnectionsForm(
  { call, powers }: Pick<Shared, 'call' | 'powers'>,
  onDone: (imported: Output<'importConnections'>) => void,
): ImportConnectionsForm {
  const state = signal<ImportConnectionsState>({ kind: 'empty' });
  const fileName = signal<string | null>(null);
  const passphrase = signal('');
  const isBusy = signal(false);
  let text = '';
  /** What opened the file that is looked at, whatever is typed afterwards. */
  let opening: string | null = null;
  let turn = 0;

  const refuse = (code: ErrorCode): void => {
    state.value = { kind: 'bad', code, issues: [], issuesLeftOut: 0 };
  };
  /** Only the newest file counts, however long an earlier one takes. */
  const judge = async (given: string | null, read: () => Promise<string>): Promise<void> => {
    const mine = ++turn;
    state.value = { kind: 'reading' };
    try {
      const content = await read();
      if (isTooLarge(content)) throw new PatchbayError('transfer-too-large');
      const csv = isConnectionsCsv(content) ? readConnectionsCsv(content) : null;
      if (csv === null && fileName.value?.toLowerCase().endsWith('.csv') === true)
        throw new PatchbayError('transfer-csv-foreign');
      const sent = csv?.kind === 'json' ? csv.text : content;
      const answer =
        csv?.kind === 'bad'
          ? csv
          : await call('previewConnections', { text: sent, passphrase: given });
      if (mine !== turn) return;
      text = sent;
      opening = given;
      if (answer.kind === 'locked') state.value = { kind: 'locked', isWrong: false };
      else if (answer.kind === 'bad' && answer.code === 'transfer-passphrase-wrong')
        state.value = { kind: 'locked', isWrong: true };
      else if (answer.kind === 'bad' && csv !== null)
        state.value = inTable(answer, csv.kind === 'json' ? csv.lines : []);
      else state.value = answer;
    } catch (thrown) {
      if (mine === turn) refuse(codeOf(thrown));
    }
  };

  return {
    state,
    fileName,
    passphrase,
    isBusy,
    async readFile(file) {
      fileName.value = file.name;
      passphrase.value = '';
      if (file.size > FILE_BYTES_MAX) {
        turn += 1;
        refuse('transfer-too-large');
        return;
      }
      await judge(null, () => file.text());
    },
    async unlock() {
      if (passphrase.value === '') return;
      await judge(passphrase.value, () => Promise.resolve(text));
    },
    async confirm() {
      const good = state.value;
      if (good.kind !== 'good' || !addsAnything(good) || isBusy.value) return;
      const mine = turn;
      isBusy.value = true;
      try {
        // Refused, they wait for the permission and say so: nothing is lost.
        if (good.origins.length > 0) await powers.requestOrigins(good.origins);
        const imported = await call('importConnections', { text, passphrase: opening });
        // Whoever has closed the dialog meanwhile is told all the same.
        onDone(imported);
      } catch (thrown) {
        if (mine === turn) refuse(codeOf(thrown));
      } finally {
        isBusy.value = false;
      }
    },
    leave() {
      turn += 1;
      passphrase.value = '';
      opening = null;
      text = '';
    },
  };
}
