import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { NOTES_MAX, type Connection } from '../../lib/domain/connection.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useIsLocked, VIEW_ONLY_REASON } from '../use-change.ts';
import { fieldAttributes, FieldNotes } from './FieldNotes.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/**
 * What the person writes down about a connection: kept when they press Save, and held until then. What
 * somebody else wrote meanwhile is shown beside it, and is not written over unseen.
 */
export function NotesField({ model, connection }: Props): VNode {
  const id = useId();
  const { notes } = model.inPlace;
  const isLocked = useIsLocked();
  const kept = connection.notes ?? '';
  const draft = notes.of(connection);
  const isChanged = draft !== undefined && draft.notes.value.trim() !== kept;
  const theirs = isChanged && draft.movedBy(connection).size > 0 ? kept : undefined;
  return (
    <form
      class="notes"
      onSubmit={(event) => {
        event.preventDefault();
        void notes.save(connection);
      }}
    >
      <textarea
        {...fieldAttributes(id, { theirs })}
        class="field field-wide"
        readOnly={isLocked}
        {...(isLocked && { 'aria-describedby': VIEW_ONLY_REASON })}
        dir="auto"
        rows={3}
        maxLength={NOTES_MAX}
        aria-label={t('field_notes')}
        value={draft?.notes.value ?? kept}
        onInput={(event) => {
          const text = event.currentTarget.value;
          notes.type(connection, (typed) => {
            typed.notes.value = text;
          });
        }}
      />
      <FieldNotes id={id} notes={{ theirs }} />
      {isChanged && (
        <ChangeButton type="submit" class="button">
          {t('action_save_notes')}
        </ChangeButton>
      )}
    </form>
  );
}
