/** Importing a provider definition: read, judged by the background, looked at, kept. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { BadFile, ProviderSummary } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';

export type { BadFile } from '../rpc/procedures.ts';

/** A definition is data of a few kilobytes; more is not even read. */
export const DEFINITION_BYTES_MAX = 256 * 1024;

export type ImportState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'reading' }
  | BadFile
  | {
      readonly kind: 'good';
      readonly text: string;
      readonly provider: ProviderSummary;
      readonly replaces: boolean;
    };

/** What is used of a `File`. */
export interface ReadableFile {
  readonly name: string;
  readonly size: number;
  readonly text: () => Promise<string>;
}

export interface ImportForm {
  readonly state: ReadonlySignal<ImportState>;
  readonly fileName: ReadonlySignal<string | null>;
  readonly pasted: Signal<string>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly readFile: (file: ReadableFile) => Promise<void>;
  readonly readPasted: () => Promise<void>;
  readonly keep: () => Promise<void>;
}

export function createImportForm(
  { call, providers }: Pick<Shared, 'call' | 'providers'>,
  onDone: (provider: ProviderSummary) => void,
): ImportForm {
  const state = signal<ImportState>({ kind: 'empty' });
  const fileName = signal<string | null>(null);
  const pasted = signal('');
  const isBusy = signal(false);
  let turn = 0;

  const refuse = (code: ErrorCode): void => {
    state.value = { kind: 'bad', code, issues: [], issuesLeftOut: 0 };
  };
  /** Only the newest file counts, however long an earlier one takes. */
  const judge = async (read: () => Promise<string>): Promise<void> => {
    const mine = ++turn;
    state.value = { kind: 'reading' };
    try {
      const text = await read();
      const answer = await call('previewProvider', { text });
      if (mine !== turn) return;
      if (answer.kind === 'bad') state.value = answer;
      else if (providers.find(answer.provider.id)?.source === 'catalogue') refuse('provider-taken');
      else state.value = { ...answer, text };
    } catch (thrown) {
      if (mine === turn) refuse(codeOf(thrown));
    }
  };

  return {
    state,
    fileName,
    pasted,
    isBusy,
    async readFile(file) {
      fileName.value = file.name;
      if (file.size > DEFINITION_BYTES_MAX) {
        turn += 1;
        refuse('definition-too-large');
        return;
      }
      await judge(() => file.text());
    },
    async readPasted() {
      fileName.value = null;
      if (pasted.value.length > DEFINITION_BYTES_MAX) refuse('definition-too-large');
      else await judge(() => Promise.resolve(pasted.value));
    },
    async keep() {
      const good = state.value;
      if (good.kind !== 'good' || isBusy.value) return;
      isBusy.value = true;
      try {
        await call('importProvider', { text: good.text });
        onDone(good.provider);
      } catch (thrown) {
        refuse(codeOf(thrown));
      } finally {
        isBusy.value = false;
      }
    },
  };
}
