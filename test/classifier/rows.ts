/**
 * The signals that services send and what is said of a connection for each: one or more rows for
 * each row of the research, `security.md` §4. Names and numbers are made up.
 */
import type { Answer, Silence } from '../../lib/domain/exchange.ts';
import { json } from '../support/fake-ports.ts';

/** What a connection is and which question the answer is to. */
export type Asked =
  /** A key, refused or not; a second question follows a refusal. */
  | 'key'
  /** A sign-in whose access token is good by the clock: a refusal is followed by a renewal that succeeds, and a second question. */
  | 'api'
  /** A sign-in whose access token is over: its token endpoint is asked first. */
  | 'token'
  /** As `token`, and an earlier renewal was cut short. */
  | 'token, after one that was cut short';

export interface Row {
  /** The row of the research. */
  readonly signal: string;
  /** `test-…` are plain definitions without rules. */
  readonly service: string;
  readonly asked: Asked;
  readonly came: Answer;
  /** The health afterwards: its kind, and why. */
  readonly said: string;
  /** After a renewal the API answers as before; otherwise it then knows the person. */
  readonly goesOn?: true;
}

const PAGE = '<!doctype html><title>Sign in to the network</title>';
const silence = (kind: Silence): Answer => ({ kind: 'silence', silence: kind, tookMs: 1 });

const RED = 'reconnect revoked';
const REFUSED_KEY = 'reconnect key-rejected';
const CONFIG = 'unverified misconfigured';
const SCOPE = 'unverified limited';
const WAIT = 'unverified rate-limited';
const TROUBLE = 'unverified server-error';
const UNSURE = 'unverified refused';
const UNREADABLE = 'unverified unreadable';
const RENEWED = 'active';

const at =
  (service: string, asked: Asked) =>
  (signal: string, came: Answer, said: string, more: { goesOn?: true } = {}): Row => ({
    signal,
    service,
    asked,
    came,
    said,
    ...more,
  });

const token = at('test-cloud', 'token');
const api = at('test-cloud', 'api');
const key = at('test-keys', 'key');
const error = (code: string, status = 400, more: object = {}) =>
  json({ error: code, ...more }, status);

const standards: readonly Row[] = [
  token('`invalid_grant` at refresh', error('invalid_grant'), RED),
  token('`invalid_grant` at refresh', error('invalid_grant', 401), RED),
  at('test-cloud', 'token, after one that was cut short')(
    '`invalid_grant` at refresh',
    error('invalid_grant'),
    'reconnect interrupted',
  ),
  ...['invalid_client', 'unauthorized_client', 'unsupported_grant_type'].map((code) =>
    token(`\`${code}\``, error(code, 401), CONFIG),
  ),
  token('`access_denied` at the token endpoint', error('access_denied', 401), CONFIG),
  token('`invalid_target`', error('invalid_target'), CONFIG),
  token('`invalid_scope`', error('invalid_scope'), SCOPE),
  token('`invalid_request`', error('invalid_request'), CONFIG),
  token('`temporarily_unavailable`', error('temporarily_unavailable'), TROUBLE),
  token('`server_error`', error('server_error'), TROUBLE),
  ...['login_required', 'interaction_required', 'consent_required'].map((code) =>
    token(`\`${code}\``, error(code), RED),
  ),
  token('device flow: `authorization_pending`', error('authorization_pending'), UNSURE),
  token('device flow: `slow_down`', error('slow_down'), WAIT),
  token('device flow: `expired_token`', error('expired_token'), UNSURE),
  token('`use_dpop_nonce`', error('use_dpop_nonce'), CONFIG),
  token('a code that no standard knows', error('not_thought_of_yet'), UNSURE),
  token('a code that no standard knows', error('not_thought_of_yet', 401), UNREADABLE),
  token('a code that no standard knows', error('not_thought_of_yet', 200), UNREADABLE),
  api('API 401: refresh once', error('invalid_token', 401), RENEWED),
  api('API 401 with a fresh token', error('invalid_token', 401), UNSURE, { goesOn: true }),
  key('API 401, a key, twice', json({ message: 'no' }, 401), REFUSED_KEY),
  key('API 401, a key, twice', json('Unauthorized', 401), REFUSED_KEY),
  key(
    'API 401, a page with a challenge',
    json('<html>401</html>', 401, { 'www-authenticate': 'Basic realm="x"' }),
    REFUSED_KEY,
  ),
  key('API 403 `insufficient_scope`', error('insufficient_scope', 403), SCOPE),
  api(
    'API 403 `insufficient_scope`',
    json('', 403, { 'www-authenticate': 'Bearer error="insufficient_scope"' }),
    SCOPE,
  ),
  key('API 403 otherwise', json({ message: 'Forbidden' }, 403), UNSURE),
  key('API 404', json({ message: 'Not Found' }, 404), UNSURE),
  ...[402, 423, 451].map((status) =>
    key(`API ${status}`, json({ message: 'Ask billing' }, status), UNSURE),
  ),
];

const weather: readonly Row[] = [
  ...[key, api, token].flatMap((asked) => [
    ...[408, 425, 500, 502, 503, 504].map((status) =>
      asked(`${status}`, json('<html>', status), TROUBLE),
    ),
    asked('429', json({}, 429, { 'retry-after': '30' }), WAIT),
    asked('no answer in time', silence('timeout'), 'unverified timeout'),
    asked('`TypeError`', silence('unreachable'), 'unverified unreachable'),
    asked('offline', silence('offline'), 'active'),
    asked('redirect to a sign-in page', silence('redirected'), 'unverified redirected'),
    asked('200 with a page', json(PAGE), UNREADABLE),
    asked('200 cut short', silence('cut-short'), UNREADABLE),
    asked('a captive portal’s 401', json(PAGE, 401), UNREADABLE),
    asked('a firewall’s 403', json('<html>Access denied</html>', 403), UNSURE),
    asked('a proxy’s 407', json(PAGE, 407), UNSURE),
  ]),
  token('`invalid_grant` on a bad day', error('invalid_grant', 503), TROUBLE),
  token('`invalid_grant` while throttled', error('invalid_grant', 429), WAIT),
  key(
    'a clock that is wrong',
    json({}, 429, { 'retry-after': 'Wed, 21 Nov 2096 12:00:00 GMT' }),
    WAIT,
  ),
];

const github = at('github', 'token');
const slack = at('slack', 'token');
const slackKey = at('slack', 'key');
const no = (code: string) => json({ ok: false, error: code });

const builtIn: readonly Row[] = [
  github('GitHub: 200 with `error`', error('bad_refresh_token', 200), RED),
  ...['incorrect_client_credentials', 'redirect_uri_mismatch', 'unverified_user_email'].map(
    (code) => github('GitHub: 200 with `error`', error(code, 200), CONFIG),
  ),
  at('github', 'token, after one that was cut short')(
    'GitHub Apps: a refresh that was not written down',
    error('bad_refresh_token', 200),
    'reconnect interrupted',
  ),
  at('github', 'key')(
    'GitHub: 403 with a spent budget',
    json({ message: 'API rate limit exceeded' }, 403, { 'x-ratelimit-remaining': '0' }),
    WAIT,
  ),
  at('github', 'key')(
    'GitHub: 403 with `retry-after`',
    json({ message: 'secondary rate limit' }, 403, { 'retry-after': '60' }),
    WAIT,
  ),
  at('github', 'key')(
    'GitHub: bad credentials',
    json({ message: 'Bad credentials' }, 401),
    REFUSED_KEY,
  ),
  ...['invalid_auth', 'token_revoked', 'account_inactive', 'not_authed'].map((code) =>
    slackKey('Slack: 200 `{ok:false}`', no(code), REFUSED_KEY),
  ),
  at('slack', 'api')('Slack: `token_expired`', no('token_expired'), RENEWED),
  slackKey('Slack: `token_expired`', no('token_expired'), 'reconnect expired'),
  slack('Slack: `invalid_refresh_token`', no('invalid_refresh_token'), RED),
  slack('Slack: a wrong client', no('bad_client_secret'), CONFIG),
  ...['internal_error', 'fatal_error'].flatMap((code) => [
    slackKey(`Slack: \`${code}\``, no(code), TROUBLE),
    slack(`Slack: \`${code}\``, no(code), TROUBLE),
  ]),
  slackKey('Slack: 429', json({ ok: false, error: 'ratelimited' }, 429), WAIT),
  ...['accesslimited', 'ekm_access_denied', 'missing_scope'].map((code) =>
    slackKey(`Slack: \`${code}\``, no(code), SCOPE),
  ),
  slackKey('Slack: a code of tomorrow', no('not_thought_of_yet'), UNREADABLE),
  at('google', 'token')(
    'Google: `invalid_grant`',
    error('invalid_grant', 400, { error_description: 'Token has been expired or revoked.' }),
    RED,
  ),
  at('google', 'token')(
    'Google: `invalid_grant`, an administrator ends sessions',
    error('invalid_grant', 400, { error_subtype: 'invalid_rapt' }),
    RED,
  ),
  at('google', 'token')(
    'Google: `invalid_request`',
    error('invalid_request', 400, { error_description: 'client_secret is missing.' }),
    CONFIG,
  ),
  at('google', 'token')(
    'Google: an administrator’s policy',
    error('admin_policy_enforced'),
    CONFIG,
  ),
  at('google', 'api')(
    'Google: a quota',
    json({ error: { code: 403, errors: [{ reason: 'rateLimitExceeded' }] } }, 403),
    WAIT,
  ),
  ...[700_082, 70_008, 700_084, 50_173].map((number) =>
    at('microsoft', 'token')(
      `Microsoft: AADSTS${number}`,
      error('invalid_grant', 400, { error_codes: [number] }),
      RED,
    ),
  ),
  at('microsoft', 'token')(
    'Microsoft: AADSTS50076',
    error('interaction_required', 400, { error_codes: [50_076], suberror: 'basic_action' }),
    RED,
  ),
  ...['protection_policy_required', 'client_mismatch'].map((suberror) =>
    at('microsoft', 'token')(
      'Microsoft: `suberror` of a policy or a client',
      error('invalid_grant', 400, { suberror }),
      CONFIG,
    ),
  ),
  at('microsoft', 'token')(
    'Microsoft: a number that would condemn under a code that does not',
    error('temporarily_unavailable', 400, { error_codes: [700_082] }),
    TROUBLE,
  ),
  ...[9_002_326, 9_002_327].map((number) =>
    at('microsoft', 'token')(
      `Microsoft: AADSTS${number}`,
      error('invalid_request', 400, { error_codes: [number] }),
      CONFIG,
    ),
  ),
  at('notion', 'key')(
    'Notion: `restricted_resource`',
    json({ object: 'error', status: 403, code: 'restricted_resource' }, 403),
    SCOPE,
  ),
  at('gitlab', 'token')('GitLab: `invalid_grant`', error('invalid_grant'), RED),
];

const meta = at('meta', 'key');
const metaSays = (code: number, subcode?: number) =>
  json({ error: { code, error_subcode: subcode, message: 'no' } }, 400);
const intercom = at('intercom', 'key');
const intercomSays = (code: string, status: number) =>
  json({ type: 'error.list', errors: [{ code, message: 'no' }] }, status);
const lost = { error_description: 'Value passed for the token was invalid.' };

const importable: readonly Row[] = [
  at('salesforce', 'api')(
    'Salesforce: `INVALID_SESSION_ID`',
    json([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }], 401),
    RENEWED,
  ),
  at('salesforce', 'api')('Salesforce: `Bad_OAuth_Token`', json('Bad_OAuth_Token', 403), RENEWED),
  at('salesforce', 'token')(
    'Salesforce: `invalid_grant`',
    error('invalid_grant', 400, { error_description: 'expired access/refresh token' }),
    RED,
  ),
  at('salesforce', 'token')('Salesforce: an administrator', error('inactive_user'), CONFIG),
  ...[458, 459, 460, 467].map((subcode) =>
    meta(`Meta: 190, ${subcode}`, metaSays(190, subcode), REFUSED_KEY),
  ),
  meta('Meta: 190, 463', metaSays(190, 463), 'reconnect expired'),
  meta('Meta: 102', metaSays(102), REFUSED_KEY),
  ...[1, 2].map((code) => meta(`Meta: ${code}`, metaSays(code), TROUBLE)),
  ...[4, 17, 341, 368].map((code) => meta(`Meta: ${code}`, metaSays(code), WAIT)),
  ...[3, 10, 200, 275, 299].map((code) => meta(`Meta: ${code}`, metaSays(code), SCOPE)),
  meta('Meta: another code', metaSays(300), UNSURE),
  at('x', 'token')('X: `invalid_request` †', error('invalid_request', 400, lost), RED),
  at('x', 'token')(
    'X: `invalid_request` of ours',
    error('invalid_request', 400, { error_description: 'Missing required parameter [client_id].' }),
    CONFIG,
  ),
  at('hubspot', 'token')(
    'HubSpot: `BAD_REFRESH_TOKEN` †',
    json({ status: 'BAD_REFRESH_TOKEN', message: 'missing or invalid refresh token' }, 400),
    RED,
  ),
  at('hubspot', 'token')('HubSpot: a wrong client', json({ status: 'BAD_CLIENT_ID' }, 400), CONFIG),
  at('atlassian', 'token')(
    'Atlassian: 403 at refresh',
    error('invalid_grant', 403, { error_description: 'Unknown or invalid refresh token.' }),
    RED,
  ),
  at('atlassian', 'token')(
    'Atlassian: 403 at refresh',
    error('unauthorized_client', 403, { error_description: 'refresh_token is invalid' }),
    RED,
  ),
  at('atlassian', 'token')('Atlassian: a wrong secret', error('access_denied', 401), CONFIG),
  at('zoho', 'token')(
    'Zoho: 400 `Access Denied`',
    error('Access Denied', 400, {
      error_description: 'You have made too many requests continuously.',
      status: 'failure',
    }),
    WAIT,
  ),
  at('zoho', 'token')('Zoho: `invalid_code`', error('invalid_code', 200), RED),
  ...['token_revoked', 'token_not_found', 'token_unauthorized'].map((code) =>
    intercom(`Intercom: \`${code}\``, intercomSays(code, 401), REFUSED_KEY),
  ),
  intercom('Intercom: `token_expired`', intercomSays('token_expired', 401), 'reconnect expired'),
  intercom('Intercom: `token_blocked`', intercomSays('token_blocked', 401), CONFIG),
  intercom('Intercom: `api_plan_restricted`', intercomSays('api_plan_restricted', 403), CONFIG),
];

const odd = at('test-odd', 'token');

/** Traps of single services that any definition can be written for (`providers.md` §2d). */
const traps: readonly Row[] = [
  at('test-odd', 'key')(
    '403 for a bad credential',
    json({ err: 'Invalid token' }, 403),
    REFUSED_KEY,
  ),
  at('test-odd', 'api')('403 for a bad credential', json({ err: 'Invalid token' }, 403), RENEWED),
  at('test-odd', 'key')('403 for something else', json({ err: 'Not yours' }, 403), UNSURE),
  at('test-odd', 'key')('200 for an anonymous caller', json({ user: { id: null } }), UNREADABLE),
  at('test-odd', 'key')('200 that names nobody', json({}), UNREADABLE),
  key('500 for a bad token', error('invalid_token', 500), TROUBLE),
  odd('200 with a code of its own', json({ code: 40_105, message: 'expired' }), RED),
  odd('200 with a code of its own', json({ code: 40_100, message: 'too fast' }), WAIT),
  odd('200 with a code of its own', json({ code: 40_001, message: 'no such app' }), CONFIG),
  odd('200 with a code of its own', json({ code: 1, message: '?' }), UNREADABLE),
];

export const rows: readonly Row[] = [...standards, ...weather, ...builtIn, ...importable, ...traps];
