import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../lib/client/translate.ts';
import type { FieldAttributes } from './FieldNotes.tsx';

interface Props {
  readonly label: string;
  readonly value: Signal<string>;
  readonly field: FieldAttributes;
  /** What one looks like; only a hint. */
  readonly example?: string | null;
  readonly isRequired?: boolean;
}

/** What a secret is typed into: hidden unless the person looks, and never remembered by the browser. */
export function SecretInput({ label, value, field, example = null, isRequired }: Props): VNode {
  const [isShown, setShown] = useState(false);
  return (
    <div class="field-with-button">
      <input
        {...field}
        class="field field-mono"
        // The types know an attribute set for each kind of field, and none for one that changes.
        type={(isShown ? 'text' : 'password') as 'password'}
        autocomplete="off"
        spellcheck={false}
        required={isRequired ?? false}
        placeholder={example ?? ''}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
      />
      <button
        type="button"
        class="button"
        aria-pressed={isShown}
        aria-label={t('secret_show', label)}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? t('action_hide') : t('action_show')}
      </button>
    </div>
  );
}
