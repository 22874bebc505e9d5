import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/domain/judge.ts';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { ANSWERED_AT, recordedAnswers } from './recorded-answers.ts';

describe.each(catalogue)('the check of $name', ({ id, check }) => {
  const recorded = Object.entries(recordedAnswers[id] ?? {});

  it.each(recorded)('understands: %s', (_, { status, headers = {}, body, verdict }) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = {
      kind: 'answer' as const,
      status,
      headers: new Map(Object.entries(headers)),
      text,
      tookMs: 1,
    };
    expect(judge(answer, check, ANSWERED_AT)).toEqual(verdict);
  });

  it('has the three answers that matter most on record', () => {
    const kinds = recorded.map(([, { verdict }]) => verdict.kind);
    expect(kinds).toEqual(expect.arrayContaining(['valid', 'rejected', 'provider-trouble']));
  });

  it('is never talked into condemning a credential by an outage', () => {
    for (const status of [408, 429, 500, 502, 503, 504])
      expect(
        judge(
          { kind: 'answer', status, headers: new Map(), text: '<html>', tookMs: 1 },
          check,
          ANSWERED_AT,
        ).kind,
      ).toBe('provider-trouble');
  });
});
