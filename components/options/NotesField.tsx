import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { NOTES_MAX, type Connection } from '../../lib/domain/connection.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useIsLocked, VIEW_ONLY_REASON } from '../use-change.ts';
import { fieldAttributes, FieldNotes } from './FieldNotes.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

interface Typed {
  readonly text: string;
  /** The notes as they were kept when the person began to type. */
  readonly over: string;
  /** As the person knew them at the last Save, or when they began. */
  readonly known: string;
}

/**
 * What the person writes down about a connection: kept when they press Save, never lost before. What
 * somebody else wrote meanwhile is shown beside it, and is not written over unseen.
 */
export function NotesField({ model, connection }: Props): VNode {
  const id = useId();
  const typed = useSignal<Typed | null>(null);
  const isLocked = useIsLocked();
  const kept = connection.notes ?? '';
  const isChanged = typed.value !== null && typed.value.text.trim() !== kept;
  const theirs = isChanged && typed.value?.over !== kept ? kept : undefined;
  const save = async (): Promise<void> => {
    if (typed.value === null || !isChanged) return;
    if (typed.value.known !== kept) {
      typed.value = { ...typed.value, known: kept };
      model.messages.say(tell(errorWords('changed-meanwhile')), 'bad');
      return;
    }
    if (await model.actions.setNotes(connection, typed.value.text)) typed.value = null;
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
        {...fieldAttributes(id, { theirs })}
        class="field field-wide"
        readOnly={isLocked}
        {...(isLocked && { 'aria-describedby': VIEW_ONLY_REASON })}
        dir="auto"
        rows={3}
        maxLength={NOTES_MAX}
        aria-label={t('field_notes')}
        value={typed.value?.text ?? kept}
        onInput={(event) => {
          const text = event.currentTarget.value;
          typed.value = { over: kept, known: kept, ...typed.value, text };
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
