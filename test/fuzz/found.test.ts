/** What campaigns found, each as a test of its own. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { secret, type Credential } from '../../lib/domain/credential.ts';
import { judge, judgeTokenError } from '../../lib/domain/judge.ts';
import { retryAt } from '../../lib/domain/server-pace.ts';
import { plainText } from '../../lib/domain/json-path.ts';
import { redact, wordsOf } from '../../lib/domain/provider-words.ts';
import { parseFile } from '../../lib/domain/transfer/parse-file.ts';
import { expandUrl, templateProblem } from '../../lib/domain/url-template.ts';
import { readAccounts } from '../../lib/health/read-accounts.ts';
import { runCheck } from '../../lib/health/run-check.ts';
import { parseDefinition } from '../../lib/providers/parse-definition.ts';
import { Provider } from '../../lib/providers/schema.ts';
import { refresh } from '../../lib/oauth/token.ts';
import { KEYS } from '../engine/definitions.ts';
import { answering, server } from '../oauth/server.ts';
import { json } from '../support/fake-ports.ts';
import { inTime } from './in-time.ts';

const HALF = '\uD800';
const ITEM = {
  url: 'https://api.test.example/all',
  items: 'items',
  id: 'id',
  label: 'name',
  next: { kind: 'link' },
};
const { accounts, check, methods } = v.parse(Provider, { ...KEYS, accounts: ITEM });
const [byKey] = methods;
const now = (): number => 0;

function renewed(body: object) {
  const ask = { server: server(), send: answering(json(body)).send, now };
  return refresh(ask, secret('old-refresh-token'));
}

function asked(key: string, body: object, status = 200) {
  const credential: Credential = { kind: 'key', key: secret(key) };
  const { send } = answering(json(body, status));
  if (byKey === undefined || accounts === undefined) throw new TypeError('no such definition');
  return {
    check: () => runCheck(check, byKey, credential, {}, send, now),
    accounts: () => readAccounts({ accounts, check }, byKey, credential, {}, send, now),
  };
}

describe('half a character in a secret', () => {
  it('of a token answer ends no renewal by an exception', async () => {
    const outcome = await renewed({ access_token: `a-token${HALF}`, error: '', token_type: 'mac' });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'token-type-unknown' });
  });

  it('that was typed in ends no check by an exception', async () => {
    const { verdict } = await asked(`a-key-${HALF}`, { message: 'no' }, 401).check();
    expect(verdict.kind).toBe('rejected');
  });

  it('of a parameter makes an address none the less', () => {
    expect(expandUrl('https://api.example.com/{id}', { id: HALF })).toBe(
      'https://api.example.com/%EF%BF%BD',
    );
  });
});

describe('a secret is not kept', () => {
  it('where a token answer repeats it among its scopes', async () => {
    const scope = 'read token:new-access-token old-refresh-token';
    const outcome = await renewed({
      access_token: 'new-access-token',
      token_type: 'bearer',
      scope,
    });
    expect(outcome).toMatchObject({ scopesGiven: ['read', 'token:[redacted]', '[redacted]'] });
  });

  it('where a list of accounts repeats it', async () => {
    const items = [{ id: 'a-secret-key', name: 'Key a-secret-key' }];
    expect(await asked('a-secret-key', { items }).accounts()).toMatchObject({
      items: [{ id: '[redacted]', label: 'Key [redacted]' }],
    });
  });

  it('where its beginning stands at the end of a text that was cut', async () => {
    const before = 'x'.repeat(70);
    const outcome = await renewed({ error: `${before}old-refresh-token`, extra: 1 });
    expect(outcome).toMatchObject({ error: `${before}[redacted]…` });
    const { verdict } = await asked('a-secret-key', {
      id: `${'y'.repeat(193)}a-secret-key`,
      label: `${' '.repeat(795)}a-secret-key`,
    }).check();
    expect(JSON.stringify(verdict)).not.toContain('a-sec');
  });

  it('where a text in one line has its blanks set right', async () => {
    const { verdict } = await asked('a  secret\tkey', {
      id: '1',
      label: 'for a  secret\tkey',
    }).check();
    expect(verdict).toMatchObject({ identity: { label: 'for [redacted]' } });
  });

  it('but a name that it begins with is', async () => {
    const { verdict } = await asked('alice-2026', { id: '1', label: 'alice' }).check();
    expect(verdict).toMatchObject({ identity: { label: 'alice' } });
  });
});

describe('a long text', () => {
  const long = (piece: string): string => piece.repeat(Math.ceil(200_000 / piece.length));
  const TEXTS = [
    '<',
    '<a>;',
    '<a>; x',
    ' ',
    '\t',
    'a',
    'a=',
    '/',
    '{',
    '{a}',
    '[',
    '"',
    '\\',
    '.a',
    '\u200B',
    '-',
    '1',
    'e\u0301',
  ].map(long);

  it.each(TEXTS.map((text) => [text.slice(0, 6), text]))(
    'of %j holds up no reader',
    async (_, text) => {
      const answer = json(text, 401, { 'retry-after': text, link: text, 'www-authenticate': text });
      const wrapped = json({ error: text, error_description: text, id: text, message: text }, 400);
      inTime(() => {
        for (const one of [answer, wrapped]) {
          judge(one, check, 0);
          judgeTokenError(one, [], 0);
          wordsOf(one, [text.slice(0, 5_000), 'a-secret']);
        }
        redact(text, ['a-secret']);
        plainText(text, 300);
        retryAt(answer as never, 0);
        templateProblem(text);
        expandUrl(`https://x.example/{a}`, { a: text });
        parseFile(text);
        parseFile(
          JSON.stringify({
            patchbay: 'connections',
            version: 1,
            exportedAt: text,
            connections: [{ id: text, name: text }],
          }),
        );
        parseDefinition(text);
        const short = text.slice(0, 20_000);
        parseDefinition(
          JSON.stringify({
            ...KEYS,
            name: short,
            sites: [short],
            check: { url: short, identity: { id: short, label: short } },
          }),
        );
      });
      // What reads links cannot be interrupted; it is here because it once took minutes.
      const { send } = answering(json({ items: [{ id: 1 }] }, 200, { link: text }));
      if (byKey === undefined || accounts === undefined) throw new TypeError('no such definition');
      const credential: Credential = { kind: 'key', key: secret('a-secret-key') };
      const read = await readAccounts({ accounts, check }, byKey, credential, {}, send, now);
      expect(read.kind).toBe('ready');
    },
  );
});
