/** Where in a text what was searched for stands. Pure. */
import { isPlain, searchKey, searchWords } from './query.ts';

/** A part of a text, and whether it was searched for. All parts joined are the text. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** A character with the marks and invisible signs that belong to it: never marked in part. */
const CLUSTER = /[^\p{M}\p{Cf}][\p{M}\p{Cf}]*|[\p{M}\p{Cf}]+/gu;

/**
 * Cuts a text where words that were searched for begin and end. Compared is what search compares;
 * the pieces are of the text as it was written.
 * @param search what was typed
 */
export function markPieces(text: string, search: string): Piece[] {
  if (text === '') return [];
  const words = searchWords(search);
  if (words.length === 0) return [{ text, isMarked: false }];
  const { folded, clusters, clusterOf } = fold(text);
  const isMarked = clusters.map(() => false);
  for (const word of words)
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1))
      isMarked.fill(true, clusterOf[at], (clusterOf[at + word.length - 1] ?? 0) + 1);
  return joined(clusters, isMarked);
}

/** The text as search compares it, and the cluster that each of its units came from. */
function fold(text: string): {
  readonly folded: string;
  readonly clusters: readonly string[];
  readonly clusterOf: readonly number[];
} {
  if (isPlain(text)) {
    const clusters = [...text];
    return { folded: searchKey(text), clusters, clusterOf: clusters.map((_, index) => index) };
  }
  const clusters: readonly string[] = text.match(CLUSTER) ?? [];
  const keys = clusters.map(searchKey);
  return {
    folded: keys.join(''),
    clusters,
    clusterOf: keys.flatMap((key, index) => Array.from({ length: key.length }, () => index)),
  };
}

function joined(clusters: readonly string[], isMarked: readonly boolean[]): Piece[] {
  const pieces: { text: string; isMarked: boolean }[] = [];
  clusters.forEach((cluster, index) => {
    const last = pieces.at(-1);
    const marked = isMarked[index] ?? false;
    if (last?.isMarked === marked) last.text += cluster;
    else pieces.push({ text: cluster, isMarked: marked });
  });
  return pieces;
}
