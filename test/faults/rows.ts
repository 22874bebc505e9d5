/**
 * The faults that Patchbay has to survive and the promises of OAuth and of the platform that it has to
 * keep. A test says which it proves by their names at the end of its title: `… [F13 O8]`.
 * `npm run test:deep` writes docs/faults.md from this list and from what the tests said.
 */

export interface Row {
  readonly id: string;
  /** What happens, or what is demanded. */
  readonly what: string;
  /** What has to come of it. */
  readonly required: string;
  /** Why no test of ours can name it; the row stands in the table with this reason. */
  readonly notHere?: string;
}

const row = (id: string, what: string, required: string, notHere?: string): Row => ({
  id,
  what,
  required,
  ...(notHere === undefined ? {} : { notHere }),
});

export const FAULTS: readonly Row[] = [
  row(
    'F1',
    'Worker stopped before a token request leaves',
    'The next wake goes on; nobody is alarmed',
  ),
  row(
    'F2',
    'Worker stopped after the server rotated, before the new token is kept',
    'Found at the next start, tried once, then told as “interrupted”, which is not “revoked”',
  ),
  row(
    'F3',
    'Worker stopped between writing a change and telling it',
    'Badge and notification come at the next start, once',
  ),
  row('F4', 'Worker stopped inside a write', 'The old record or the new one, never half'),
  row(
    'F5',
    'Worker stopped while it holds a lock',
    'The lock is free, and the intent that was written is seen',
  ),
  row('F6', 'Two contexts renew at once', 'One request; both use what came of it'),
  row(
    'F7',
    'The server saw a refresh token twice and ended the family',
    'Reconnect needed; no loop, nothing else touched',
  ),
  row(
    'F8',
    'Two installations share one grant',
    'Each asks once and rests; neither drives the other out again and again',
  ),
  row(
    'F9',
    'No network',
    'Nothing is asked, nothing counts as failed, the last known state stays with its age',
  ),
  row(
    'F10',
    'A captive portal answers with its own page',
    'In doubt, never revoked; nothing of the page is kept',
  ),
  row('F11', 'No name, no listener, a broken connection', 'In doubt: could not be reached'),
  row(
    'F12',
    'A certificate that is not trusted',
    'In doubt, never asked in the clear; said if it lasts',
  ),
  row(
    'F13',
    '429 with `Retry-After` as seconds, as a date, or absurd',
    'Waited for, a day at most, across a stopped worker; others do not wait',
  ),
  row(
    'F14',
    '500 to 504, or a refusal that says nothing of the credential',
    'In doubt; asked again at growing intervals',
  ),
  row(
    'F15',
    'No answer, or one byte at a time',
    'Given up after 20 seconds and written down before the worker may die',
  ),
  row('F16', 'A redirect to a sign-in page', 'Not followed; in doubt'),
  row(
    'F17',
    'JSON that is cut, deep, doubled, inherited, or not JSON',
    'Unreadable, without harm; nothing of the body is kept',
  ),
  row('F18', 'A huge body, a bomb', 'Read as far as a cap'),
  row(
    'F19',
    'The clock jumps; the laptop slept past an end',
    'No wave of “expired”; one renewal for each connection',
  ),
  row('F20', 'Alarms late or in a burst', 'Each connection is asked once'),
  row('F21', 'The alarm is lost', 'The next start sets it again'),
  row('F22', 'An old page holds the database during an upgrade', 'It lets go; nobody hangs'),
  row('F23', 'The storage is full', 'The write fails whole; a fresh token is not lost'),
  row(
    'F24',
    'A record is corrupt or of a later version',
    'It is set aside and shown; the others work',
  ),
  row('F25', 'The database is gone or does not open', 'Said, and not mistaken for a first start'),
  row('F26', 'The browser is killed after a write', 'The record is there'),
  row(
    'F27',
    'The browser is closed during a sign-in',
    'The attempt ends; “not finished, try again”',
  ),
  row('F28', 'The person closes the window', 'Cancelled, which is no error'),
  row(
    'F29',
    'The provider redirects with an error',
    'Told by its own code, after state and issuer were checked',
  ),
  row('F30', 'The sign-in page answers 4xx or 5xx', 'The attempt says so and can be made again'),
  row('F31', 'The sign-in page never loads', 'Given up in time; later sign-ins are not blocked'),
  row(
    'F32',
    'The browser says that a sign-in window is open already',
    'A leftover of ours is closed; otherwise it is said',
  ),
  row(
    'F33',
    'Worker stopped while the sign-in window is open',
    'Abandoned, not “connecting” for ever',
  ),
  row('F34', 'The page that asked is closed', 'The attempt is finished all the same'),
  row(
    'F35',
    'The extension is updated or reloaded in the middle',
    'What was intended is found again; alarms are set anew',
  ),
  row('F36', 'Somebody else signs in', 'Nothing is overwritten; the person is asked'),
  row(
    'F37',
    'A host permission is taken away',
    '“Permission needed”, not “broken”; nothing is sent',
  ),
  row('F38', 'The profile is copied, or a backup restored', 'As F7'),
  row('F39', 'Two hundred connections are due', 'A few at a time for each host, and all of them'),
  row('F40', 'Notifications or the badge fail', 'Caught; what was found out is kept'),
];

const DEVICE = 'Not offered: no provider is connected by a device code.';
const DISCOVERY =
  'Nothing is discovered: every address stands in a provider definition, which is judged when it is imported (E8).';

export const PROMISES: readonly Row[] = [
  row('O1', 'Code flow with PKCE `S256`', 'A fresh verifier for each attempt; never `plain`'),
  row('O2', 'PKCE support', 'A public client without PKCE is refused when its definition is read'),
  row('O3', '`state`', 'Random, for one attempt, once'),
  row('O4', '`iss` in the answer', 'Compared as it stands, in errors too'),
  row('O5', 'The redirect address', 'Scheme, host and path must be those of this provider'),
  row('O6', 'Tokens in the answer of the window', 'Refused'),
  row('O7', 'Neither code nor error', 'An error, not a hang'),
  row(
    'O8',
    'Every credentialed request',
    'Over TLS, without cookies, redirects or cache; 20 s, 256 KiB',
  ),
  row('O9', 'The answer of a token endpoint', 'Judged by a strict schema'),
  row('O10', 'Secrets', 'In no address, log, page, badge, notification, error or record'),
  row('O11', 'Renewal', 'One at a time; kept before it is used; narrower scopes noticed'),
  row('O12', 'The end of a token', 'Counted from before it was asked for; unknown is not “never”'),
  row(
    'O13',
    'Who a connection belongs to',
    'Reconnecting as somebody else asks, and overwrites nothing',
  ),
  row(
    'O14',
    'ID tokens',
    'Validated where used',
    'Not used: who signed in is read from the provider’s API.',
  ),
  row(
    'O15',
    'Revocation',
    'The refresh token first; who is not there is asked again; a failure is said; deleting is never held up',
  ),
  row(
    'O16',
    'Introspection',
    'Only with client credentials',
    'Not used: an identity call tells whether a token lives.',
  ),
  row('O17', 'Device flow', 'Polls as the server says', DEVICE),
  row('O18', 'Metadata of a server', 'The issuer must be the one that was asked', DISCOVERY),
  row(
    'O19',
    'MCP servers',
    '`resource` in both requests; clients by issuer',
    'Not offered: no provider is an MCP server.',
  ),
  row(
    'O20',
    'DPoP',
    'A key for each connection',
    'Not offered; a server that demands it is told as misconfigured, and condemns nothing (docs/classifier.md).',
  ),
  row('O21', 'Secrets in the package', 'None'),
  row('O22', 'Where people sign in', 'In the browser’s own window'),
  row('O23', 'Scopes', 'No more than the person chose; reconnecting asks for no more than before'),
];

export const PLATFORM: readonly Row[] = [
  row('E1', 'Permissions', 'Exactly those that are explained'),
  row('E2', 'Content security policy', 'No script, style or markup of strangers runs'),
  row(
    'E3',
    'Messages',
    'Heard from our own pages alone, judged by schemas, answered without secrets',
  ),
  row('E4', 'Host permissions', 'Looked at before each credentialed request'),
  row('E5', 'Where secrets are', 'Sealed in IndexedDB; nothing in the extension storage'),
  row('E6', 'What strangers wrote', 'Shown as text; addresses over TLS alone'),
  row(
    'E7',
    '“Delete everything”',
    'What providers can end is ended first where that is wanted, what lives on is named, and nothing is left',
  ),
  row(
    'E8',
    'Imports',
    'Judged like answers of strangers; nobody’s addresses are bent; exports carry no secret in the clear',
  ),
  row('E9', 'Who is asked', 'The person’s providers and nobody else'),
  row('E10', 'Firefox’s data collection', 'Declared'),
  row(
    'E11',
    'Code from elsewhere',
    'None: the package is built again from its source, byte by byte, and its libraries are releases known by their hash',
  ),
];

export const ROWS: readonly Row[] = [...FAULTS, ...PROMISES, ...PLATFORM];

/** Rows whose tests are still being written; the table says so. */
export const AWAITED: readonly string[] = [];

/** The names at the end of a test's title; none where it has none. */
export function rowsIn(title: string): string[] {
  const [, names] = / \[((?:[FOE]\d+ ?)+)\]$/.exec(title) ?? [];
  return names?.trim().split(' ') ?? [];
}
