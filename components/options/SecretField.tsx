import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { SecretInput } from './SecretInput.tsx';

interface Props {
  readonly label: string;
  readonly value: Signal<string>;
  /** What one looks like; only a hint. */
  readonly example?: string | null;
  readonly isRequired?: boolean;
}

/** A field for a secret, with its label. */
export function SecretField({ label, value, example = null, isRequired = true }: Props): VNode {
  const id = useId();
  return (
    <div class="form-row">
      <label for={id}>{label}</label>
      <SecretInput
        label={label}
        value={value}
        field={{ id }}
        example={example}
        isRequired={isRequired}
      />
    </div>
  );
}
