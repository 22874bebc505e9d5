/** What the built-in providers list as accounts, in the shapes that their documentation gives. */
import { describe, expect, it } from 'vitest';
import { secret } from '../../lib/domain/credential.ts';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { readAccounts } from '../../lib/health/read-accounts.ts';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { originsOf } from '../../lib/providers/registry.ts';

/** Reads the accounts of a token where the provider answers so, one after the other. */
async function read(id: string, ...answers: { status?: number; body: unknown }[]) {
  const provider = catalogue.find((one) => one.id === id);
  const method = provider?.methods[0];
  if (provider === undefined || method?.kind !== 'oauth2') throw new TypeError(`no ${id}`);
  const credential = {
    kind: 'oauth2',
    accessToken: secret('access-1'),
    refreshToken: null,
    clientId: 'client',
    accessEndsAt: null,
    obtainedAt: 0,
  } as const;
  const asked: OutgoingRequest[] = [];
  const send = (request: OutgoingRequest): Promise<Answer> => {
    const { status = 200, body } = answers[asked.length] ?? { status: 404, body: {} };
    asked.push(request);
    return Promise.resolve({
      kind: 'answer',
      status,
      headers: new Map([['content-type', 'application/json']]),
      text: JSON.stringify(body),
      tookMs: 1,
    });
  };
  const accounts = await readAccounts(provider, method, credential, {}, send, () => 1);
  return { accounts, asked };
}

const page = (teams: readonly object[], cursor: string) => ({
  body: { ok: true, teams, response_metadata: { next_cursor: cursor } },
});

describe('the accounts of Slack', () => {
  it('are the workspaces of its token, page by page', async () => {
    const { accounts, asked } = await read(
      'slack',
      page([{ id: 'T1', name: 'Ledger' }], 'dXNlcjox+/=='),
      page([{ id: 'T2', name: 'Harbour' }], ''),
    );
    expect(accounts).toEqual({
      kind: 'ready',
      items: [
        { id: 'T1', label: 'Ledger' },
        { id: 'T2', label: 'Harbour' },
      ],
      isCut: false,
      readAt: 1,
    });
    expect(
      asked.map(({ method, url }) => [method, new URL(url).searchParams.get('cursor')]),
    ).toEqual([
      ['POST', null],
      ['POST', 'dXNlcjox+/=='],
    ]);
    expect(asked[1]?.headers).toMatchObject({ Authorization: 'Bearer access-1' });
  });

  it.each([
    ['access_denied', 'limited'],
    ['ekm_access_denied', 'limited'],
    ['ratelimited', 'unreachable'],
    ['internal_error', 'unreachable'],
    ['not_thought_of_yet', 'unreadable'],
  ])('are not said to be misunderstood where Slack says why: %s is %s', async (error, reason) => {
    const { accounts } = await read('slack', { body: { ok: false, error } });
    expect(accounts).toEqual({ kind: 'error', reason, readAt: 1 });
  });

  it('need no permission beside that of the check', () => {
    const slack = catalogue.find(({ id }) => id === 'slack');
    if (slack === undefined) throw new TypeError('no slack');
    expect(originsOf(slack, 'bearer', {})).toEqual(['https://slack.com/*']);
  });
});

describe.each(['google', 'notion'])('the accounts of %s', (id) => {
  it('are not asked for: there is no list that every sign-in may read', async () => {
    const { accounts, asked } = await read(id);
    expect(accounts).toEqual({ kind: 'none', isUnlisted: true, readAt: 1 });
    expect(asked).toEqual([]);
  });
});
