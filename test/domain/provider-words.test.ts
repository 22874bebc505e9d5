import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secret } from '../../lib/domain/credential.ts';
import { redact, wordsOf } from '../../lib/domain/provider-words.ts';
import { runCheck } from '../../lib/health/run-check.ts';
import type { CheckDefinition, Method } from '../../lib/providers/schema.ts';
import { json } from '../support/fake-ports.ts';

const KEY = 'p+k/1 "é"=';

describe('a provider’s words about a secret', () => {
  it.each([
    ['as it is', KEY],
    ['as addresses write it', encodeURIComponent(KEY)],
    ['as forms write it', new URLSearchParams({ a: KEY }).toString().slice(2)],
    ['as JSON writes it', JSON.stringify(KEY).slice(1, -1)],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 for addresses', Buffer.from(KEY).toString('base64url')],
  ])('come without it %s', (_, echoed) => {
    expect(redact(`You sent <${echoed}>, sorry.`, [KEY])).toBe('You sent <[redacted]>, sorry.');
  });

  it.each([270, 280, 290, 295, 299, 301])(
    'show no piece of it where they are cut, %i characters in',
    (at) => {
      const long = `tok-${'abcdef0123456789'.repeat(3)}`;
      const words = wordsOf(json({ message: `${'x '.repeat(at / 2)}${long}` }, 400), [long]);
      expect(words).not.toContain('tok-');
    },
  );

  it('never hold it, wherever it stands and whatever is around it', () => {
    const secretText = 'S3cr-t_1';
    const around = fc.string({ unit: 'grapheme', maxLength: 400 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const message = `${before}${secretText}${after}`;
        expect(wordsOf(json({ message }, 400), [secretText])).not.toContain(secretText);
      }),
    );
  });

  it('come without what looks like a secret', () => {
    expect(redact(`key of ${'A1'.repeat(30)} is bad`, [])).toBe('key of [redacted] is bad');
  });

  it('are cut', () => {
    expect([...redact('word '.repeat(1_000), [])].length).toBeLessThanOrEqual(300);
  });

  it('show nothing of a message that is no text', () => {
    expect(wordsOf(json({ message: { key: 'x' } }, 400), [])).toBeNull();
    expect(wordsOf(json('<html>', 400), [])).toBeNull();
  });
});

describe('the evidence of a check', () => {
  const check = {
    method: 'GET',
    url: 'https://api.test.example/me',
    headers: {},
    rules: [{ status: [400], then: 'misconfigured' }],
    identity: { id: 'id', label: 'id' },
    metered: false,
  } satisfies CheckDefinition;
  const basic = {
    kind: 'basic',
    id: 'basic',
    userLabel: 'User',
    passwordLabel: 'Password',
  } satisfies Method;
  const credential = { kind: 'basic', user: 'al', password: secret('hunter2!') } as const;

  it.each(['hunter2!', btoa('al:hunter2!')])('does not hold %s', async (echoed) => {
    const body = { error: `bad_${echoed}`, message: `no ${echoed}` };
    const send = async () => json(body, 400);
    const result = await runCheck(check, basic, credential, {}, send, () => 0);
    expect(result.verdict.kind).toBe('misconfigured');
    expect(JSON.stringify(result)).not.toContain(echoed);
  });
});
