import type { Signal } from '@preact/signals';
import type { RefObject, VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { TAG_LENGTH_MAX } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { namedField } from '../named-field.ts';
import { useChange } from '../use-change.ts';
import type { FieldAttributes } from './FieldNotes.tsx';
import { TagSuggestions } from './TagSuggestions.tsx';

interface Props {
  readonly model: OptionsModel;
  /** Those that are carried already, and need not be offered. */
  readonly tags: readonly string[];
  readonly typed: Signal<string>;
  readonly onAdd: () => void;
  readonly field: RefObject<HTMLInputElement | null>;
  /** What ties it to its notes. */
  readonly attributes?: FieldAttributes;
}

/** Where a further tag is typed; Enter adds it. */
export function TagInput({ model, tags, typed, onAdd, field, attributes }: Props): VNode {
  const listId = useId();
  const isBlank = (): boolean => typed.value.trim() === '';
  return (
    <div class="field-with-button">
      <input
        {...useChange()}
        {...attributes}
        {...namedField(t('tag_add'), typed)}
        ref={field}
        class="field"
        dir="auto"
        maxLength={TAG_LENGTH_MAX}
        list={listId}
        onKeyDown={(event) => {
          // An Enter that ends the composing of a character is not meant for us.
          if (event.key !== 'Enter' || event.isComposing || isBlank()) return;
          // Ends the tag, not the form that it stands in.
          event.preventDefault();
          onAdd();
        }}
      />
      <TagSuggestions id={listId} model={model} tags={tags} />
      <ChangeButton
        class="button"
        disabled={isBlank()}
        onClick={() => {
          onAdd();
          field.current?.focus();
        }}
      >
        {t('action_add')}
      </ChangeButton>
    </div>
  );
}
