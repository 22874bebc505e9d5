import type { ComponentChildren, VNode } from 'preact';

interface Props {
  readonly title: string;
  /** One line that says what to do. */
  readonly text?: string;
  /** The button that does it. */
  readonly children?: ComponentChildren;
}

/** What stands where a list would be. */
export function EmptyState({ title, text, children }: Props): VNode {
  return (
    <div class="empty-state">
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
