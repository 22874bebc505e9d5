/** The dialog that renames. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import type { Shared } from './options-deps.ts';
import { createEditDraft, type EditDraft } from './options-edit-draft.ts';
import { sendDraft } from './send-draft.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface RenameForm extends Submission, Pick<EditDraft, 'shown' | 'name'> {
  /** The name that somebody else gave in the meantime; `null` while nobody did. */
  readonly newName: ReadonlySignal<string | null>;
}

export function createRenameForm(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  connection: Connection,
  onDone: (name: string) => void,
): RenameForm {
  const draft = createEditDraft(connection, ['name']);
  const { shown, name, theirs } = draft;
  const rename = async (): Promise<void> => {
    if (name.value.trim() === '') return;
    const { id } = connection;
    await sendDraft(records, draft, (revision) =>
      call('renameConnection', { id, name: name.value, revision }),
    );
    onDone(name.value.trim());
  };
  const newName = computed(() => (theirs.value.has('name') ? shown.value.name : null));
  return { shown, name, newName, ...createSubmission(rename) };
}
