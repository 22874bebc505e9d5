/** Lists of accounts from services that listen, through the way out that the product has. */
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSend } from '../../lib/browser/send.ts';
import { secret, type Credential } from '../../lib/domain/credential.ts';
import type { Accounts } from '../../lib/domain/identity.ts';
import { readAccounts } from '../../lib/health/read-accounts.ts';
import { Provider } from '../../lib/providers/schema.ts';
import { obtainTokens } from '../servers/browser-stand-in.ts';
import { startPractice, type Practice, type ServiceName } from '../servers/practice.ts';

type Service = Extract<ServiceName, 'api' | 'keys' | 'basic'>;

let practice: Practice;
beforeEach(async () => {
  // What a browser has and Node 20 has not.
  vi.stubGlobal('navigator', { onLine: true });
  practice = await startPractice();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await practice.stop();
});

const PATHS = { api: '/accounts', keys: '/v1/projects', basic: '/folders' } as const;
const send = openSend(async () => true);

function many(count: number): { id: string; name: string }[] {
  return Array.from({ length: count }, (_, at) => ({ id: `acc-${at}`, name: `Account ${at}` }));
}

async function credentialFor(service: Service): Promise<Credential> {
  const { control } = practice;
  if (service === 'keys') return { kind: 'key', key: secret(control.keyOf('alice')) };
  if (service === 'basic')
    return { kind: 'basic', user: 'alice', password: secret(control.passwordOf('alice')) };
  const { access_token: token } = await obtainTokens(practice, 'alice');
  return {
    kind: 'oauth2',
    accessToken: secret(token),
    refreshToken: null,
    clientId: 'client',
    obtainedAt: 0,
    accessEndsAt: null,
  };
}

/** What is known after reading; the requests that it took are in the log. */
async function read(service: Service): Promise<Accounts> {
  const { definitions, requests } = practice;
  const input = service === 'api' ? definitions.oauth : definitions[service];
  const provider = v.parse(Provider, input);
  const [method] = provider.methods;
  if (provider.accounts === undefined || method === undefined) throw new Error('no accounts');
  const credential = await credentialFor(service);
  requests.clear();
  return readAccounts(provider, method, credential, {}, send, () => 1);
}

function asked(service: Service): number {
  return practice.requests.to(service, PATHS[service]).length;
}

describe.each(['api', 'keys', 'basic'] as const)('the list of accounts of %s', (service) => {
  it('is read page by page to its end', async () => {
    practice.control.setAccounts('alice', many(7));
    const items = many(7).map(({ id, name }) => ({ id, label: name }));
    expect(await read(service)).toEqual({ kind: 'ready', items, isCut: false, readAt: 1 });
    expect(asked(service)).toBe(4);
  });

  it('ends after twenty pages, and says that it goes on', async () => {
    practice.control.setAccounts('alice', many(100));
    expect(await read(service)).toMatchObject({ items: { length: 40 }, isCut: true });
    expect(asked(service)).toBe(20);
  });

  it('is an error when one of its pages fails', async () => {
    practice.control.setAccounts('alice', many(7));
    const held = practice.control.holdNext(service, PATHS[service]);
    const reading = read(service);
    await held.reached;
    practice.control.setFault(service, { kind: 'status', status: 503 });
    held.release();
    expect(await reading).toEqual({ kind: 'error', reason: 'unreachable', readAt: 1 });
  });
});

describe('a list of accounts', () => {
  it('is cut at 2,000, however many come at once', async () => {
    const projects = many(2_500);
    practice.control.setFault('keys', { kind: 'body', body: { projects, next_cursor: null } });
    expect(await read('keys')).toMatchObject({ items: { length: 2_000 }, isCut: true });
  });

  it('that leads in a circle comes to an end', async () => {
    const body = { projects: many(2), next_cursor: 'again' };
    practice.control.setFault('keys', { kind: 'body', body });
    expect(await read('keys')).toMatchObject({ items: { length: 2 }, isCut: false });
    expect(asked('keys')).toBe(2);
  });

  it.each([
    [{ kind: 'status', status: 403 }, 'limited'],
    [{ kind: 'status', status: 429 }, 'unreachable'],
    [{ kind: 'html' }, 'unreadable'],
    [{ kind: 'body', body: { projects: 'none' } }, 'unreadable'],
    [{ kind: 'huge', bytes: 1_000_000 }, 'unreachable'],
  ] as const)('that is answered by %j says why it cannot be shown', async (fault, reason) => {
    practice.control.setFault('keys', fault);
    expect(await read('keys')).toEqual({ kind: 'error', reason, readAt: 1 });
  });
});
