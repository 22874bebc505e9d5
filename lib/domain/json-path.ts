/**
 * Paths into a provider's answer: `a.b[0].c`. The empty path is the whole answer; `[]` walks into
 * every item of an array.
 */

/** The value at a path; `undefined` where the answer does not go that far. Own fields alone count. */
export function valueAt(json: unknown, path: string): unknown {
  return valuesAt(json, path)[0];
}

/** All values at a path: more than one where it holds `[]`. */
export function valuesAt(json: unknown, path: string): unknown[] {
  let values: unknown[] = [json];
  for (const step of path.match(/[\w@$-]+|\[\d*\]/g) ?? []) {
    values = values.flatMap((value) => walk(value, step));
  }
  return values.filter((value) => value !== undefined);
}

function walk(value: unknown, step: string): unknown[] {
  if (step === '[]') return Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof value !== 'object' || value === null) return [];
  const key = step.startsWith('[') ? step.slice(1, -1) : step;
  return Object.hasOwn(value, key) ? [Reflect.get(value, key) as unknown] : [];
}

/** A text or number of an answer as a text that a person may see: cut, without control characters. */
export function textAt(json: unknown, path: string, max = 200): string | null {
  const value = valueAt(json, path);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = plainText(String(value), max);
  return text === '' ? null : text;
}

/** What a text ends with that goes on. */
export const CUT = '…';

/** A stranger's text, made safe to show in one line: no control or direction marks, cut. */
export function plainText(text: string, max: number): string {
  const most = max * 4;
  const plain = text
    .slice(0, most)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const points = [...plain];
  const isCut = points.length > max || (text.length > most && plain !== '');
  return isCut ? points.slice(0, max - 1).join('') + CUT : plain;
}
