import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markPieces } from '../../lib/domain/mark.ts';
import { searchKey, searchWords } from '../../lib/domain/query.ts';

/** The marked pieces of a text. */
function marked(text: string, search: string): string[] {
  return markPieces(text, search).flatMap((piece) => (piece.isMarked ? [piece.text] : []));
}

const LETTERS = ['a', 'A', 'e\u0301', 'é', 'Σ', 'ς', 'İ', 'ﬁ', 'ß', ' ', '\u0301', '\u0345'];
const SIGNS = ['\u200F', '😀', '👩‍👧', '\uD83D', '각', 'ｶﾞ', '𝒜', '½', 'ʼn', '\u05E9\u05C1', '\n'];

/** What a cut could go wrong at: marks, ligatures, pairs, directions, halves of pairs. */
const hard = fc
  .array(fc.constantFrom(...LETTERS, ...SIGNS), { maxLength: 12 })
  .map((parts) => parts.join(''));
const text = fc.oneof(hard, fc.string({ unit: 'binary', maxLength: 20 }));

describe('what was searched for', () => {
  it.each([
    ['Reports', 'por', ['por']],
    ['Crème brûlée', 'creme BRULEE', ['Crème', 'brûlée']],
    ['Cre\u0300me', 'creme', ['Cre\u0300me']],
    ['ali\u200Fce', 'alice', ['ali\u200Fce']],
    ['ΟΔΟΣ', 'οδος', ['ΟΔΟΣ']],
    ['ﬁle', 'file', ['ﬁle']],
    ['𝒜ds', 'ads', ['𝒜ds']],
    ['banana', 'ana', ['anana']],
    ['aaa', 'b', []],
    ['İstanbul', 'istanbul', ['İstanbul']],
  ])('is marked in %j for %j', (whole, search, pieces) => {
    expect(marked(whole, search)).toEqual(pieces);
  });

  it('is found in plain text as in any other', () => {
    const plain = fc.string({ unit: 'grapheme-ascii' });
    // One sign that is not plain, and that search does not see, makes the text go the long way.
    const longWay = (whole: string): string => `${whole}\u200F`;
    fc.assert(
      fc.property(plain, plain, (whole, search) => {
        expect(searchKey(longWay(whole))).toBe(searchKey(whole));
        const pieces = markPieces(longWay(whole), search).map(({ text, isMarked }) => ({
          text: text.replace('\u200F', ''),
          isMarked,
        }));
        expect(pieces.filter(({ text }) => text !== '')).toEqual(markPieces(whole, search));
      }),
      { numRuns: 2000 },
    );
  });

  it('marks nothing where nothing was typed', () => {
    expect(markPieces('Reports', ' \u200F ')).toEqual([{ text: 'Reports', isMarked: false }]);
  });

  it('leaves the text as it is, whatever is in it', () => {
    fc.assert(
      fc.property(text, text, (whole, search) => {
        const pieces = markPieces(whole, search);
        expect(pieces.map((piece) => piece.text).join('')).toBe(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('marks what a word is in, and never half of a character', () => {
    fc.assert(
      fc.property(text, text, (whole, search) => {
        const words = searchWords(search);
        for (const piece of marked(whole, search)) {
          expect(words.some((word) => searchKey(piece).includes(word))).toBe(true);
          expect(piece.isWellFormed() || !whole.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('marks each word that search finds', () => {
    fc.assert(
      fc.property(hard, hard, (whole, search) => {
        const found = searchWords(search).filter((word) => searchKey(whole).includes(word));
        const key = marked(whole, search).map(searchKey).join('\n');
        expect(found.filter((word) => !key.includes(word) && !word.includes('\n'))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
