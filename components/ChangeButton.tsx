import type { ComponentProps, VNode } from 'preact';
import { useChange } from './use-change.ts';

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly disabled?: boolean;
  /** `false` where the same button is for something that changes nothing just now. */
  readonly isChange?: boolean;
}

/** A button that changes something: disabled, and with the reason, while changes are locked. */
export function ChangeButton({ disabled = false, isChange = true, ...own }: Props): VNode {
  const change = useChange(disabled);
  return <button type="button" {...own} {...(isChange ? change : { disabled })} />;
}
