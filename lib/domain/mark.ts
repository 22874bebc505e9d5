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
  return markWords(text, searchWords(search));
}

/** {@link markPieces} for many texts: the words are made once, by `searchWords`. */
export function markWords(text: string, words: readonly string[]): Piece[] {
  if (text === '') return [];
  if (words.length === 0) return [{ text, isMarked: false }];
  return isPlain(text) ? markPlain(text, words) : markFolded(text, words);
}

/** Most texts: each unit is compared with one of the key. */
function markPlain(text: string, words: readonly string[]): Piece[] {
  const key = searchKey(text);
  const found = words.flatMap((word) => placesOf(word, key));
  if (found.length === 0) return [{ text, isMarked: false }];
  found.sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  let last: Place | null = null;
  const close = (): void => {
    if (last === null) return;
    if (last.from > at) pieces.push({ text: text.slice(at, last.from), isMarked: false });
    pieces.push({ text: text.slice(last.from, last.to), isMarked: true });
    at = last.to;
  };
  for (const place of found)
    if (last !== null && place.from <= last.to) last.to = Math.max(last.to, place.to);
    else {
      close();
      last = place;
    }
  close();
  if (at < text.length) pieces.push({ text: text.slice(at), isMarked: false });
  return pieces;
}

interface Place {
  readonly from: number;
  to: number;
}

/** Wherever a word stands in a key, overlapping itself or not. */
function placesOf(word: string, key: string): Place[] {
  const places: Place[] = [];
  for (let at = key.indexOf(word); at !== -1; at = key.indexOf(word, at + 1))
    places.push({ from: at, to: at + word.length });
  return places;
}

function markFolded(text: string, words: readonly string[]): Piece[] {
  const { folded, clusters, clusterOf } = fold(text);
  const isMarked = clusters.map(() => false);
  for (const word of words)
    for (const { from, to } of placesOf(word, folded))
      isMarked.fill(true, clusterOf[from], (clusterOf[to - 1] ?? 0) + 1);
  return joined(clusters, isMarked);
}

/** The text as search compares it, and the cluster that each of its units came from. */
function fold(text: string): {
  readonly folded: string;
  readonly clusters: readonly string[];
  readonly clusterOf: readonly number[];
} {
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
