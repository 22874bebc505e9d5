import type { ComponentChildren, VNode } from 'preact';
import { markPieces } from '../lib/domain/mark.ts';

interface Props {
  readonly text: string;
  /** What was searched for. */
  readonly search: string;
}

/** A text in which what was searched for can be seen. */
export function Marked({ text, search }: Props): VNode {
  return <>{marked(text, search)}</>;
}

/** {@link Marked} as it stands in each cell of a long list, where a component more would be felt. */
export function marked(text: string, search: string): ComponentChildren {
  if (search === '') return text;
  return markPieces(text, search).map((piece, at) =>
    piece.isMarked ? <mark key={at}>{piece.text}</mark> : piece.text,
  );
}
