/** The dialog that renames. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import type { Shared } from './options-deps.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface RenameForm extends Submission {
  /** As it was shown when the dialog opened, or when the person was told of another change. */
  readonly shown: ReadonlySignal<Connection>;
  readonly name: Signal<string>;
  /** The name that somebody else gave in the meantime; `null` while nobody did. */
  readonly newName: ReadonlySignal<string | null>;
}

export function createRenameForm(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  connection: Connection,
  onDone: (name: string) => void,
): RenameForm {
  const shown = signal(connection);
  const name = signal(connection.name);
  const newName = signal<string | null>(null);
  // What was typed stays; the next Save is against what is shown now.
  const showNew = async (): Promise<void> => {
    await records.load();
    const current = records.find(connection.id);
    if (current === undefined) throw new PatchbayError('not-found');
    newName.value = current.name;
    shown.value = current;
  };
  const rename = async (): Promise<void> => {
    if (name.value.trim() === '') return;
    const { id, revision } = shown.value;
    await call('renameConnection', { id, name: name.value, revision });
    onDone(name.value.trim());
  };
  return { shown, name, newName, ...createSubmission(rename, showNew) };
}
