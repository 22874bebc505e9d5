import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/client/translate.ts';

interface Props {
  readonly label: string;
  readonly value: Signal<string>;
  /** What one looks like; only a hint. */
  readonly example?: string | null;
  readonly isRequired?: boolean;
}

/** A field for a secret: hidden unless the person looks, and never remembered by the browser. */
export function SecretField({ label, value, example = null, isRequired = true }: Props): VNode {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div class="form-row">
      <label for={id}>{label}</label>
      <div class="field-with-button">
        <input
          id={id}
          class="field field-mono"
          // The types know an attribute set for each kind of field, and none for one that changes.
          type={(isShown ? 'text' : 'password') as 'password'}
          autocomplete="off"
          spellcheck={false}
          required={isRequired}
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
    </div>
  );
}
