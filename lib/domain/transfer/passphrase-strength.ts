/** The shortest passphrase of a sealed file, in characters: whoever has the file can guess for ever. */
export const SEAL_PASSPHRASE_MIN = 12;
export const SEAL_PASSPHRASE_MAX = 1000;

export type PassphraseStrength = 'too-short' | 'weak' | 'fair' | 'strong';

/** Whether a passphrase is long enough to be used at all. */
export function isLongEnough(passphrase: string): boolean {
  return [...passphrase].length >= SEAL_PASSPHRASE_MIN;
}

/**
 * How long a passphrase would stand against guessing, roughly: by the kinds of characters and by how
 * many of them do not merely repeat or continue the one before.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  if (!isLongEnough(passphrase)) return 'too-short';
  const points = [...passphrase].map((character) => character.codePointAt(0) ?? 0);
  const fresh = points.filter((point, at) => Math.abs(point - (points[at - 1] ?? -9)) > 1).length;
  const distinct = new Set(points).size;
  const bits = Math.min(fresh, distinct * 2) * Math.log2(alphabetOf(passphrase));
  if (bits < 50) return 'weak';
  return bits < 80 ? 'fair' : 'strong';
}

function alphabetOf(passphrase: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 30],
  ];
  return kinds.reduce((sum, [kind, size]) => (kind.test(passphrase) ? sum + size : sum), 0);
}
