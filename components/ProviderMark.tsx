import type { VNode } from 'preact';
import { inkOn, opaqueColor } from '../lib/client/ink.ts';

interface Props {
  /** `path`: a glyph on a 24 × 24 grid, where the definition has one. */
  readonly mark: { readonly text: string; readonly color: string; readonly path?: string | null };
  readonly small?: boolean;
}

/** What stands in a sign that has no glyph. */
export function providerInitials({ text }: { readonly text: string }): string {
  return [...text].slice(0, 2).join('');
}

/** A provider's sign. Its name stands beside it, so it is silent itself. */
export function ProviderMark(props: Props): VNode {
  return providerMark(props);
}

/** {@link ProviderMark} for the rows of a long list. */
export function providerMark({ mark, small = false }: Props): VNode {
  const color = opaqueColor(mark.color);
  return (
    <span
      class={small ? 'provider-mark provider-mark-small' : 'provider-mark'}
      style={{ backgroundColor: color, color: inkOn(color) }}
      aria-hidden="true"
    >
      {mark.path == null ? (
        providerInitials(mark)
      ) : (
        <svg viewBox="0 0 24 24">
          <path d={mark.path} />
        </svg>
      )}
    </span>
  );
}
