import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly value: string | Signal<string>;
  readonly onInput?: (text: string) => void;
  /** A line under the field. */
  readonly hint?: string;
  readonly placeholder?: string;
  readonly isAddress?: boolean;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
}

/** One line of text with its label. */
export function TextField(props: Props): VNode {
  const { label, value, onInput, hint, placeholder = '', isAddress = false } = props;
  const id = useId();
  const hintId = useId();
  return (
    <div class="form-row">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="text"
        inputMode={isAddress ? 'url' : 'text'}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        required={props.isRequired ?? false}
        maxLength={props.maxLength ?? 200}
        placeholder={placeholder}
        aria-describedby={hint === undefined ? undefined : hintId}
        value={typeof value === 'string' ? value : value.value}
        onInput={(event) => {
          const text = event.currentTarget.value;
          if (typeof value !== 'string') value.value = text;
          onInput?.(text);
        }}
      />
      {hint !== undefined && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
