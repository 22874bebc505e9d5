import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../lib/domain/exchange.ts';
import { judge, judgeTokenError } from '../../lib/domain/judge.ts';
import type { Rule } from '../../lib/domain/rule.ts';
import { RULE_VERDICTS } from '../../lib/providers/definition.ts';
import { definitions } from './run-row.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const all = [...definitions().values()];

/** Every list of rules, those of token endpoints and those of checks. */
const tokenRules = all.flatMap(({ methods }) =>
  methods.flatMap((method) => (method.kind === 'oauth2' ? [method.tokenRules] : [])),
);
const checks = all.map(({ check }) => check);

/** A code that no standard and no definition knows. */
const unknownText = fc.string({ maxLength: 30 }).map((text) => `zz ${text}`);
const unknownNumber = fc.integer({ min: 1_000_000 });
/** A code that some definition knows, wherever it stands. */
const known = fc.constantFrom(
  'invalid_grant',
  ...[...tokenRules, ...checks.map(({ rules }) => rules)]
    .flat()
    .flatMap((rule) => [...(rule.in ?? []), ...(rule.text ?? [])]),
);

/** An answer's JSON in every shape that services give to errors. */
const shaped = (code: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .record({ one: code, two: code, three: code })
    .chain(({ one, two, three }) =>
      fc.constantFrom<unknown>(
        { error: one, error_description: two, suberror: three, status: two },
        { status: one, message: two, category: three },
        { ok: false, error: one },
        { code: one, message: two },
        { error: { code: one, error_subcode: two, status: three, errors: [{ reason: one }] } },
        [{ errorCode: one, message: two }],
        { type: 'error.list', errors: [{ code: one, message: two }] },
        one,
      ),
    );

const header = fc.constantFrom<readonly [string, string]>(
  ['content-type', 'application/json'],
  ['content-type', 'text/html'],
  ['retry-after', '7'],
  ['x-ratelimit-remaining', '0'],
  ['date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['server', 'cloudflare'],
);
const answers = (
  status: fc.Arbitrary<number>,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<Extract<Answer, { kind: 'answer' }>> =>
  fc.record({
    kind: fc.constant('answer' as const),
    status,
    text,
    headers: fc.array(header, { maxLength: 3 }).map((list) => new Map(list)),
    tookMs: fc.constant(1),
  });
const anyStatus = fc.integer({ min: 200, max: 599 });
const badDay = fc.oneof(fc.constantFrom(408, 425, 429), fc.integer({ min: 500, max: 599 }));
const asText = (body: fc.Arbitrary<unknown>) => body.map((value) => JSON.stringify(value));
const page = fc
  .tuple(fc.constantFrom('<!doctype html>', '\n <html>', '\uFEFF<?xml?>'), known)
  .map(([start, code]) => `${start}${String(code)}`);

const atToken = (answer: Answer): string[] =>
  tokenRules.map((rules) => judgeTokenError(answer, rules, NOW).verdict.kind);
const atCheck = (answer: Answer): string[] => checks.map((check) => judge(answer, check, NOW).kind);

describe('no definition lets a credential be condemned', () => {
  it('by a token endpoint, for a code that nobody knows', () => {
    const unknown = asText(shaped(fc.oneof(unknownText, unknownNumber)));
    fc.assert(
      fc.property(answers(anyStatus, unknown), (answer) => {
        expect(atToken(answer)).not.toContain('rejected');
      }),
    );
  });

  it('by an API, for a code that nobody knows, without a 401', () => {
    const unknown = asText(shaped(fc.oneof(unknownText, unknownNumber)));
    const no401 = anyStatus.filter((status) => status !== 401);
    fc.assert(
      fc.property(answers(no401, unknown), (answer) => {
        expect(atCheck(answer)).not.toContain('rejected');
      }),
    );
  });

  it('on a bad day, whatever else is said', () => {
    fc.assert(
      fc.property(answers(badDay, asText(shaped(known))), (answer) => {
        expect([...atToken(answer), ...atCheck(answer)]).not.toContain('rejected');
      }),
    );
  });

  it('by a page, whatever stands on it', () => {
    fc.assert(
      fc.property(answers(anyStatus, page), (answer) => {
        expect([...atToken(answer), ...atCheck(answer)]).not.toContain('rejected');
      }),
    );
  });

  it('by any text that is no JSON, at a token endpoint', () => {
    fc.assert(
      fc.property(
        answers(
          anyStatus,
          fc.string({ maxLength: 60 }).map((text) => `no ${text}`),
        ),
        (answer) => {
          expect(atToken(answer)).not.toContain('rejected');
        },
      ),
    );
  });
});

describe('no rule that could be written', () => {
  const rule: fc.Arbitrary<Rule> = fc.record(
    {
      status: fc.array(anyStatus, { minLength: 1, maxLength: 3 }),
      path: fc.constantFrom('', 'error', 'status'),
      then: fc.constantFrom(...RULE_VERDICTS),
    },
    { requiredKeys: ['then'] },
  );
  const check = { identity: { id: 'id', label: 'id' } };

  it('condemns on a bad day or by a page', () => {
    const bad = fc.oneof(answers(badDay, asText(shaped(known))), answers(anyStatus, page));
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), bad, (rules, answer) => {
        const { verdict } = judgeTokenError(answer, rules, NOW);
        expect([verdict.kind, judge(answer, { ...check, rules }, NOW).kind]).not.toContain(
          'rejected',
        );
      }),
    );
  });
});
