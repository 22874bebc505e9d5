/** Secrets made to be found: no part of one may stand where a person, a page or a store could read it. */
import * as fc from 'fast-check';

/** Each is written differently in JSON, addresses, forms or base64; none looks like a token by its length alone. */
export const CANARIES = {
  code: 'Zc7-qhWbU2xKdt31',
  verifier: 'Zv8~mYp.Tn4_JrGlB-and-many-more-characters-yet',
  refreshToken: 'Zr9/fVe+Xo5hAk=9Q',
  accessToken: 'Za1.cNw-Su6ePb~K8',
  clientSecret: 'Zs2 gLi "Rv7t" Dz\u00e4k',
  key: 'Zk3_yEo-Hx8uMf-X5',
  password: 'Zp4  aQs\tJw9i \u00fc Gn\\',
  newAccessToken: 'Zn5.kTb-Vc0oFy-W6',
  newRefreshToken: 'Zn6.rUd-Nl1zIp-E7',
} as const;

const forms: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  // Half a character is none in an address.
  (secret) => encodeURIComponent(secret.toWellFormed()),
  (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(secret).toString('base64url'),
];

/** What a careless provider says: a secret that it was sent, somewhere in a text of any length. */
export const echo: fc.Arbitrary<string> = fc
  .record({
    secret: fc.constantFrom(...Object.values(CANARIES)),
    form: fc.constantFrom(...forms),
    before: fc.oneof(fc.constantFrom('', 'Bad token: ', 'a '.repeat(30)), padding(400)),
    after: fc.oneof(fc.constantFrom('', '.', ' is over'), padding(60)),
  })
  .map(({ secret, form, before, after }) => before + form(secret) + after);

function padding(max: number): fc.Arbitrary<string> {
  return fc
    .record({ one: fc.constantFrom('x', ' ', '\u200B', '\u{1F511}'), times: fc.nat(max) })
    .map(({ one, times }) => one.repeat(times));
}

/** As many characters of a secret in a row as say too much. */
const TELLING = 8;
/** What can be seen of a secret in fewer characters is found in any text, as in `lib/domain/provider-words.ts`. */
const WORD = 4;

/** The canaries of which a part stands in something that may be seen; none should. */
export function leaked(seen: unknown, secrets: readonly string[]): string[] {
  return standingIn(seen, secrets, tellingPieces);
}

/** The secrets that stand in something that may be seen as they are; none should. */
export function leakedWhole(seen: unknown, secrets: readonly string[]): string[] {
  return standingIn(seen, secrets, (secret) => [plain(secret)]);
}

function standingIn(
  seen: unknown,
  secrets: readonly string[],
  piecesOf: (secret: string) => readonly string[],
): string[] {
  // What no text of ours holds keeps them apart.
  const text = textsIn(seen).map(plain).join('\u0000');
  return secrets
    .filter((secret) => plain(secret).trim().length >= WORD)
    .filter((secret) => piecesOf(secret).some((piece) => text.includes(piece)));
}

const known = new Map<string, readonly string[]>();

/** Every part of a secret that says too much, in each way of writing it; made once for each. */
function tellingPieces(secret: string): readonly string[] {
  const made = known.get(secret) ?? [
    ...new Set(forms.flatMap((form) => pieces(plain(form(secret))))),
  ];
  if (known.size < 100) known.set(secret, made);
  return made;
}

function pieces(text: string): string[] {
  return Array.from({ length: Math.max(text.length - TELLING + 1, 1) }, (_, at) =>
    text.slice(at, at + TELLING),
  );
}

/** Without what a page would not show anyway. */
function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

/** Every text in a value, keys among them; a secret shows itself as `[redacted]`. */
function textsIn(value: unknown): string[] {
  const written = JSON.stringify(value) ?? '';
  const parsed: unknown = JSON.parse(written === '' ? 'null' : written);
  const found: string[] = [];
  const open: unknown[] = [parsed];
  while (open.length > 0) {
    const here = open.pop();
    if (typeof here === 'string') found.push(here);
    else if (typeof here === 'object' && here !== null)
      for (const [key, inner] of Object.entries(here)) {
        found.push(key);
        open.push(inner);
      }
  }
  return found;
}
