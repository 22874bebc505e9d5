/** Answers of servers that are broken, careless or hostile. */
import * as fc from 'fast-check';
import type { Answer, Silence } from '../../lib/domain/exchange.ts';
import { CANARIES, echo } from './canary.ts';
import { asText, hostileText, mutated } from './mutations.ts';

const silences: readonly Silence[] = [
  'offline',
  'timeout',
  'unreachable',
  'redirected',
  'too-large',
  'cut-short',
  'permission-missing',
];

const TOKENS = {
  access_token: CANARIES.newAccessToken,
  refresh_token: CANARIES.newRefreshToken,
  token_type: 'Bearer',
  expires_in: 3600,
  scope: 'read write',
};

/** Bodies as token endpoints send them. */
export const tokenBodies: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(TOKENS),
  fc.record({ ...constants(TOKENS), scope: fc.oneof(echo, fc.array(echo, { maxLength: 3 })) }),
  fc.record({
    error: fc.oneof(
      fc.constantFrom('invalid_grant', 'invalid_client', 'invalid_request', 'slow_down', 'new_one'),
      echo,
    ),
    error_description: echo,
  }),
  fc.constant({ ok: false, error: 'token_expired', code: 40_105, authed_user: TOKENS }),
  fc.constant({ error: { code: 190, message: 'no', errors: [{ reason: 'authError' }] } }),
);

/** Bodies as APIs send them. */
export const apiBodies: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant({
    id: 'u-1',
    label: 'alice@example.com',
    user: { id: 1, name: 'a' },
    items: [{ id: 'a', label: 'A' }],
  }),
  fc.record({ message: echo, status: fc.constant(401), error: fc.constant('insufficient_scope') }),
  // Most services name the person and what is reached in one of these ways.
  fc.record({ one: echo, two: echo }).map(({ one, two }) => {
    const item = {
      id: one,
      label: two,
      name: two,
      email: one,
      username: two,
      login: two,
      sub: one,
    };
    return { ...item, user: item, data: item, items: [item], accounts: [item], results: [item] };
  }),
  fc.constant({ ok: false, error: 'invalid_auth' }),
  fc.constant([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }]),
);

const headerValue = fc.oneof(
  hostileText,
  echo,
  fc.constantFrom(
    '0',
    '-5',
    '1e9',
    '99999999999999999999',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'Bearer error="insufficient_scope"',
    `<${'a'.repeat(3_000)}`,
    '<https://api.test.example/next>; rel="next"',
    '<'.repeat(20_000),
  ),
);

const headers: fc.Arbitrary<ReadonlyMap<string, string>> = fc
  .dictionary(
    fc.constantFrom(
      'content-type',
      'retry-after',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'www-authenticate',
      'link',
      'date',
    ),
    headerValue,
    { maxKeys: 3 },
  )
  .map((given) => new Map(Object.entries(given)));

/** Any answer whose body begins as one of `bodies`. */
export function answersWith(bodies: fc.Arbitrary<unknown>): fc.Arbitrary<Answer> {
  const answer = fc.record({
    kind: fc.constant('answer' as const),
    status: fc.oneof(
      fc.constantFrom(
        200,
        200,
        200,
        201,
        204,
        301,
        307,
        400,
        400,
        401,
        401,
        403,
        404,
        429,
        500,
        503,
      ),
      fc.integer({ min: 0, max: 999 }),
    ),
    headers,
    text: asText(mutated(bodies, echo)),
    tookMs: fc.constantFrom(0, 1, 19_999.5),
  });
  const silence = fc
    .constantFrom(...silences)
    .map((one): Answer => ({ kind: 'silence', silence: one, tookMs: 1 }));
  return fc.oneof({ arbitrary: answer, weight: 30 }, { arbitrary: silence, weight: 1 });
}

function constants(body: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, fc.constant(value)]));
}
