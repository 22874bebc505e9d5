import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { NOTES_MAX, type Connection } from '../../lib/domain/connection.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useIsLocked, VIEW_ONLY_REASON } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** What the person writes down about a connection: kept when they press Save, never lost before. */
export function NotesField({ model, connection }: Props): VNode {
  const typed = useSignal<string | null>(null);
  const isLocked = useIsLocked();
  const kept = connection.notes ?? '';
  const isChanged = typed.value !== null && typed.value.trim() !== kept;
  const save = async (): Promise<void> => {
    if (typed.value === null || !isChanged) return;
    if (await model.actions.setNotes(connection, typed.value)) typed.value = null;
  };
  return (
    <form
      class="notes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        class="field field-wide"
        readOnly={isLocked}
        aria-describedby={isLocked ? VIEW_ONLY_REASON : undefined}
        dir="auto"
        rows={3}
        maxLength={NOTES_MAX}
        aria-label={t('field_notes')}
        value={typed.value ?? kept}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      {isChanged && (
        <ChangeButton type="submit" class="button">
          {t('action_save_notes')}
        </ChangeButton>
      )}
    </form>
  );
}
