/** Valid input, spoilt: what a broken, careless or hostile sender makes of it. */
import * as fc from 'fast-check';

/** One change somewhere in a JSON value. */
interface Step {
  /** Which of the value's places, counted through. */
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'add' | 'double' | 'rename';
  readonly value: unknown;
  readonly key: string;
}

/** Texts that have broken parsers, pages and patterns before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '__proto__',
    'constructor',
    '\uD800',
    'a\uDFFFb',
    '\uFEFF',
    '\u0000',
    '\u202Egnp.exe',
    '\u2066x\u2069',
    '\u200B\u200D',
    'e\u0301'.repeat(40),
    '<img src=x onerror=alert(1)>',
    '=cmd|"/c calc"!A1',
    'javascript:alert(1)',
    'https://user:word@example.com/#x',
    'http://[::1',
    '{site}{site}',
    '{'.repeat(500),
    '../../..',
    'NaN',
    '1e999',
    '-1',
    '0x10',
    'Wed, 21 Nov 2096 12:00:00 GMT',
    '999999999999999999999999',
    '(a+)+$',
  ),
  fc
    .record({
      one: fc.constantFrom('a', ' ', '\n', '{', '.a', '[0]', '%', '/', '=', '\u00e9'),
      times: fc.constantFrom(81, 300, 5_000),
    })
    .map(({ one, times }) => one.repeat(times)),
);

const hostileNumber = fc.constantFrom<number>(
  0,
  -0,
  -1,
  0.5,
  NaN,
  Infinity,
  -8.64e15,
  8.64e15,
  8.64e15 + 1,
  2 ** 31,
  2 ** 53,
  1e308,
);

const deep = fc.constantFrom(
  ...[3, 60, 1_000].flatMap((levels) => [
    nested(levels, (value) => [value]),
    nested(levels, (a) => ({ a })),
  ]),
);

function nested(levels: number, wrapped: (value: unknown) => unknown): unknown {
  return levels === 0 ? 'bottom' : wrapped(nested(levels - 1, wrapped));
}

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  { arbitrary: hostileNumber, weight: 2 },
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { id: null }),
  { arbitrary: deep, weight: 1 },
  fc.constant(Object.freeze(JSON.parse('{"__proto__":{"access_token":"t","id":"x"}}') as object)),
  fc.constant(Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? 'a' : null))),
);

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'double', 'rename'),
  value: hostileValue,
  key: fc.constantFrom('__proto__', 'constructor', 'then', 'toJSON', 'id', 'error', '', 'zz', '0'),
});

/** A JSON value that begins as one of `bases`; now and then it stays as it is. */
export function mutated(
  bases: fc.Arbitrary<unknown>,
  more: fc.Arbitrary<unknown> = hostileValue,
): fc.Arbitrary<unknown> {
  const own = step.chain((one) => more.map((value) => ({ ...one, value })));
  return fc
    .record({ base: bases, steps: fc.array(fc.oneof(step, own), { maxLength: 4 }) })
    .map(({ base, steps }) => steps.reduce(applied, base));
}

/** What a value looks like on the wire: mostly well-formed JSON, sometimes no longer. */
export function asText(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc
    .record({ value: values, spoil, at: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ value, spoil: how, at }) => how(JSON.stringify(value) ?? '', at));
}

type Spoil = (text: string, at: number) => string;

const spoils: readonly Spoil[] = [
  (text, at) => text.slice(0, Math.floor(text.length * at)),
  (text) => `\uFEFF${text}`,
  (text) => `\uFEFF\uFEFF${text}`,
  (text) => ` \r\n\t${text}\n`,
  (text) => `${text},`,
  (text) => `${text}${text}`,
  (text) => `<!doctype html>${text}`,
  (text) => `)]}',\n${text}`,
  (text) => text.replaceAll('"', "'"),
  // A key twice: the last one counts, and no reader may take the first for it.
  (text) => text.replace('{', '{"error":"first","id":1,"version":9,"id":null,'),
  (text) => text.replace('{', '{"__proto__":{"id":"x"},"constructor":{"prototype":{"id":"x"}},'),
  (text) => text.replace(/(?<=:)\d+/, '1e999'),
  (text) => text.replace(/(?<=:)\d+/, 'NaN'),
  (text) => text.replace(/(?<=:)\d+/, '-0'),
  (text, at) => inserted(text, at, '\uD83D'),
  (text, at) => inserted(text, at, '\\uD800'),
  (text, at) => inserted(text, at, '\u0000'),
  (text, at) => inserted(text, at, '['.repeat(3_000)),
  (text, at) => inserted(text, at, 'a'.repeat(20_000)),
  () => '['.repeat(10_000),
  () => `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  () => '',
  () => 'null',
];

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  { arbitrary: fc.constant<Spoil>((text) => text), weight: 6 },
  { arbitrary: fc.constantFrom(...spoils), weight: 2 },
);

/** Not in the middle of a text: a secret that was taken apart is none. */
function inserted(text: string, at: number, more: string): string {
  const place = text.indexOf('":', Math.floor(text.length * at)) + 3;
  return text.slice(0, place) + more + text.slice(place);
}

/** The same value with one change; what was given stays as it is. */
function applied(value: unknown, change: Step): unknown {
  const size = placesIn(value);
  let left = change.at % size;
  const walk = (here: unknown): unknown => {
    if (left-- === 0) return changed(here, change);
    if (Array.isArray(here)) return here.map(walk);
    if (typeof here !== 'object' || here === null) return here;
    return ownObject(Object.entries(here).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}

function placesIn(value: unknown): number {
  // Counted with a list of its own: a deep value must not end the test's stack.
  const open: unknown[] = [value];
  let count = 0;
  while (open.length > 0 && count < 1_000) {
    const here = open.pop();
    count += 1;
    if (typeof here === 'object' && here !== null) open.push(...Object.values(here));
  }
  return count;
}

function changed(here: unknown, { how, value, key }: Step): unknown {
  const isObject = typeof here === 'object' && here !== null;
  if (!isObject || how === 'replace') return value;
  if (Array.isArray(here)) {
    if (how === 'remove') return here.slice(1);
    return how === 'double' ? [...here, ...here] : [...here, value];
  }
  const entries = Object.entries(here);
  switch (how) {
    case 'remove':
      return ownObject(entries.slice(1));
    case 'rename':
      return ownObject(entries.map(([name, inner], at) => [at === 0 ? key : name, inner]));
    default:
      return ownObject([...entries, [key, value]]);
  }
}

/** An object with these very keys as its own, `__proto__` among them. */
function ownObject(entries: readonly (readonly [string, unknown])[]): object {
  const made: Record<string, unknown> = {};
  for (const [key, value] of entries)
    if (key === '__proto__')
      Object.defineProperty(made, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else made[key] = value;
  return made;
}
