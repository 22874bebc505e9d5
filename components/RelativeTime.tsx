import type { VNode } from 'preact';
import { absoluteText, relativeText } from '../lib/client/moments.ts';

interface Props {
  /** Epoch ms. */
  readonly at: number;
  readonly now: number;
}

/** A moment by its distance; exactly on hover and for machines. */
export function RelativeTime({ at, now }: Props): VNode {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      // A long list has hundreds of moments, and a person asks for one of them exactly.
      onPointerEnter={(event) => {
        event.currentTarget.title = absoluteText(at);
      }}
    >
      {relativeText(at, now)}
    </time>
  );
}
