import { describe, expect, it } from 'vitest';
import type { Answer } from '../../lib/domain/exchange.ts';
import { judge, judgeTokenError } from '../../lib/domain/judge.ts';
import { retryAt } from '../../lib/domain/server-pace.ts';
import type { Rule } from '../../lib/domain/rule.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const check = { rules: [], identity: { id: 'id', label: 'login', email: 'email' } };

function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Extract<Answer, { kind: 'answer' }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, text, headers: new Map(Object.entries(headers)), tookMs: 1 };
}

describe('judge', () => {
  it.each<[string, Answer, string]>([
    ['an identity', answer(200, { id: 7, login: 'a' }), 'valid'],
    ['an identity behind a byte order mark', answer(200, `\uFEFF{"id":"7"}`), 'valid'],
    ['200 that names nobody', answer(200, {}), 'unreadable'],
    ['200 with a null id', answer(200, { id: null }), 'unreadable'],
    ['200 with an empty id', answer(200, { id: '  ' }), 'unreadable'],
    ['an id that is inherited', answer(200, '{"__proto__":{"id":"7"}}'), 'unreadable'],
    ['a login page', answer(200, '<!doctype html><html></html>'), 'unreadable'],
    ['nothing', answer(204, ''), 'unreadable'],
    ['JSON that is cut', answer(200, '{"id":"7'), 'unreadable'],
    ['401', answer(401, { message: 'Bad credentials' }), 'rejected'],
    ['403', answer(403, {}), 'provider-trouble/refused'],
    [
      '403 for a scope, in the header',
      answer(403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }),
      'limited',
    ],
    ['403 for a scope, in the body', answer(403, { error: 'insufficient_scope' }), 'limited'],
    [
      '403 with a spent budget',
      answer(403, {}, { 'x-ratelimit-remaining': '0' }),
      'provider-trouble/rate-limited',
    ],
    ['404', answer(404, {}), 'provider-trouble/refused'],
    ['429', answer(429, {}), 'provider-trouble/rate-limited'],
    [
      '500 for a bad token, as some do',
      answer(500, { error: 'invalid_token' }),
      'provider-trouble/server-error',
    ],
    ['503 with HTML', answer(503, '<html>'), 'provider-trouble/server-error'],
    ['408', answer(408, ''), 'provider-trouble/server-error'],
    ['a time-out', { kind: 'silence', silence: 'timeout', tookMs: 1 }, 'provider-trouble/timeout'],
    ['no network', { kind: 'silence', silence: 'offline', tookMs: 1 }, 'offline'],
    [
      'a redirect',
      { kind: 'silence', silence: 'redirected', tookMs: 1 },
      'provider-trouble/redirected',
    ],
    ['too much', { kind: 'silence', silence: 'too-large', tookMs: 1 }, 'unreadable'],
    [
      'no permission',
      { kind: 'silence', silence: 'permission-missing', tookMs: 1 },
      'permission-missing',
    ],
  ])('reads %s as it should', (_, given, expected) => {
    const verdict = judge(given, check, NOW);
    const spelt =
      verdict.kind === 'provider-trouble' ? `${verdict.kind}/${verdict.trouble}` : verdict.kind;
    expect(spelt).toBe(expected);
  });

  it('lets the first rule that matches win over what the status says', () => {
    const rules: Rule[] = [
      { status: [200], path: 'ok', in: [false], then: 'rejected' },
      { status: [200], then: 'unreadable' },
    ];
    const verdict = judge(answer(200, { ok: false, id: '7' }), { ...check, rules }, NOW);
    expect(verdict).toEqual({ kind: 'rejected', reason: 'key-rejected' });
  });

  it('takes control and direction marks out of an identity and cuts it', () => {
    const verdict = judge(
      answer(200, { id: '7', login: `a\u202Eb\n${'x'.repeat(9_999)}` }),
      check,
      NOW,
    );
    expect(verdict.kind === 'valid' && verdict.identity.label).toMatch(/^a b x+…$/);
    expect(verdict.kind === 'valid' && [...verdict.identity.label].length).toBe(200);
  });
});

describe('retryAt', () => {
  it.each([
    ['120', NOW + 120_000],
    [new Date(NOW + 60_000).toUTCString(), NOW + 60_000],
    ['999999999', NOW + 86_400_000],
    [new Date(NOW - 60_000).toUTCString(), NOW],
    ['soon', null],
    ['-5', NOW],
  ])('reads Retry-After %s', (header, expected) => {
    const at = retryAt(answer(429, '', { 'retry-after': header }), NOW);
    expect(at).toBe(expected);
  });
});

describe('judgeTokenError', () => {
  it.each<[string, Answer, string]>([
    ['invalid_grant', answer(400, { error: 'invalid_grant' }), 'rejected'],
    ['invalid_grant with 401', answer(401, { error: 'invalid_grant' }), 'rejected'],
    ['invalid_client', answer(401, { error: 'invalid_client' }), 'misconfigured'],
    ['unauthorized_client', answer(400, { error: 'unauthorized_client' }), 'misconfigured'],
    ['invalid_scope', answer(400, { error: 'invalid_scope' }), 'limited'],
    [
      'temporarily_unavailable',
      answer(400, { error: 'temporarily_unavailable' }),
      'provider-trouble',
    ],
    ['invalid_grant with 503', answer(503, { error: 'invalid_grant' }), 'provider-trouble'],
    ['an error as 200', answer(200, { error: 'invalid_client' }), 'misconfigured'],
    [
      'an error that nobody knows',
      answer(400, { error: 'not_thought_of_yet' }),
      'provider-trouble',
    ],
    ['one that nobody knows, as 200', answer(200, { error: 'not_thought_of_yet' }), 'unreadable'],
    ['401 with HTML, as a proxy sends it', answer(401, '<html>'), 'unreadable'],
    ['429', answer(429, {}), 'provider-trouble'],
    ['a time-out', { kind: 'silence', silence: 'timeout', tookMs: 1 }, 'provider-trouble'],
  ])('reads %s', (_, given, expected) => {
    expect(judgeTokenError(given, [], NOW).verdict.kind).toBe(expected);
  });

  it('follows a provider’s own rule, and takes a rejection for the grant’s end', () => {
    const rules: Rule[] = [{ path: 'status', in: ['BAD_REFRESH_TOKEN'], then: 'rejected' }];
    const { verdict } = judgeTokenError(answer(400, { status: 'BAD_REFRESH_TOKEN' }), rules, NOW);
    expect(verdict).toEqual({ kind: 'rejected', reason: 'revoked' });
  });
});
