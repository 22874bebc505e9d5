import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { judge } from '../../lib/domain/judge.ts';
import { Provider } from '../../lib/providers/schema.ts';
import { obtainTokens } from './browser-stand-in.ts';
import { startPractice, type Practice } from './practice.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.stop());

const withKey = (path: string, key: string) =>
  fetch(path.startsWith('http') ? path : `${practice.origins.keys}${path}`, {
    headers: { 'x-api-key': key },
  });
const withPassword = (path: string, user: string, password: string) =>
  fetch(path.startsWith('http') ? path : `${practice.origins.basic}${path}`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  });

describe('the resource API', () => {
  it('pages through the accounts, and shows the list that was set', async () => {
    const { access_token: token } = await obtainTokens(practice, 'alice');
    const get = async (url: string) =>
      (await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json()) as {
        items: { id: string }[];
        next: string | null;
      };
    const first = await get(`${practice.origins.api}/accounts`);
    expect(first.items).toHaveLength(2);
    const second = await get(first.next ?? '');
    expect(second).toEqual({
      items: [{ id: 'acc-lighthouse', name: 'Lighthouse Café' }],
      next: null,
    });
    practice.control.setAccounts('alice', []);
    expect(await get(`${practice.origins.api}/accounts`)).toEqual({ items: [], next: null });
  });

  it('says insufficient_scope while the role is away', async () => {
    const { access_token: token } = await obtainTokens(practice, 'bob');
    const me = () =>
      fetch(`${practice.origins.api}/me`, { headers: { authorization: `Bearer ${token}` } });
    practice.control.takeRoleAway('bob');
    const refused = await me();
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(await refused.json()).toMatchObject({ error: 'insufficient_scope' });
    practice.control.giveRoleBack('bob');
    expect((await me()).status).toBe(200);
  });

  it('names no error where no token was sent', async () => {
    const response = await fetch(`${practice.origins.api}/me`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="practice"');
  });
});

describe('the key service', () => {
  it('knows each person by the key, and the old key dies when it is rotated', async () => {
    const { control } = practice;
    const old = control.keyOf('alice');
    expect(old).toMatch(/^pk_practice_[0-9a-f]{32}$/);
    expect(await (await withKey('/v1/whoami', old)).json()).toEqual({
      id: 'practice-alice',
      label: 'Alice Archer',
      email: 'alice@practice.example',
      plan: 'team',
    });
    const key = control.rotateKey('alice');
    expect((await withKey('/v1/whoami', key)).status).toBe(200);
    const refused = await withKey('/v1/whoami', old);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'invalid_key' } });
    expect((await withKey('/v1/whoami', control.keyOf('bob'))).status).toBe(200);
  });

  it('lets two keys of a person live side by side until they are revoked', async () => {
    const { control } = practice;
    const keys = [control.keyOf('bob'), control.createKey('bob')];
    for (const key of keys) expect((await withKey('/v1/whoami', key)).status).toBe(200);
    control.revokeKey('bob');
    for (const key of keys) expect((await withKey('/v1/whoami', key)).status).toBe(401);
    expect(control.listKeys('bob').map(({ revokedAt }) => revokedAt)).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    control.reset();
    expect((await withKey('/v1/whoami', control.keyOf('bob'))).status).toBe(200);
  });

  it('pages through projects by cursor', async () => {
    const key = practice.control.keyOf('alice');
    const first = (await (await withKey('/v1/projects', key)).json()) as {
      projects: unknown[];
      next_cursor: string;
    };
    expect(first.projects).toHaveLength(2);
    const second = await withKey(`/v1/projects?cursor=${first.next_cursor}`, key);
    expect(await second.json()).toMatchObject({
      projects: [{ id: 'acc-lighthouse' }],
      next_cursor: null,
    });
  });
});

describe('the service with passwords', () => {
  it('takes the password of now alone', async () => {
    const { control } = practice;
    const old = control.passwordOf('alice');
    expect(await (await withPassword('/session', 'alice', old)).json()).toMatchObject({
      user: { id: 'practice-alice', email: 'alice@practice.example' },
    });
    control.setPassword('alice', 'pass:word with ünïcode');
    const refused = await withPassword('/session', 'alice', old);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
    const taken = await withPassword('/session', 'alice', 'pass:word with ünïcode');
    expect(taken.status).toBe(200);
  });

  it('pages through folders by the Link header', async () => {
    const password = practice.control.passwordOf('alice');
    const first = await withPassword('/folders', 'alice', password);
    expect(await first.json()).toHaveLength(2);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await withPassword(next, 'alice', password);
    expect(await second.json()).toHaveLength(1);
    expect(second.headers.get('link')).toBeNull();
  });
});

describe('the definitions', () => {
  it('are good ones, and find the identity in what the services answer', async () => {
    const { control, definitions } = practice;
    const { access_token: token } = await obtainTokens(practice, 'alice');
    const password = control.passwordOf('alice');
    const answers = {
      oauth: await fetch(definitions.oauth.check.url, {
        headers: { authorization: `Bearer ${token}` },
      }),
      keys: await withKey(definitions.keys.check.url, control.keyOf('alice')),
      basic: await withPassword(definitions.basic.check.url, 'alice', password),
    };
    for (const kind of ['oauth', 'keys', 'basic'] as const) {
      const definition = v.parse(Provider, definitions[kind]);
      const answer = {
        kind: 'answer' as const,
        tookMs: 0,
        status: answers[kind].status,
        headers: new Map(answers[kind].headers),
        text: await answers[kind].text(),
      };
      expect(judge(answer, definition.check, Date.now())).toMatchObject({
        kind: 'valid',
        identity: { id: 'practice-alice', label: 'alice@practice.example' },
      });
    }
  });
});

describe('what tests look for where it must not be', () => {
  it('is every secret that was ever known, and the whole address of every request', async () => {
    const addresses: string[] = [];
    const watched = await startPractice({ onAddress: (address) => addresses.push(address) });
    const { control } = watched;
    const tokens = await obtainTokens(watched, 'alice');
    const old = [control.keyOf('alice'), control.passwordOf('bob')];
    const fresh = [control.rotateKey('alice'), control.changePassword('bob')];
    await fetch(`${watched.origins.keys}/v1/whoami?api_key=x`, {
      headers: { referer: 'http://y/' },
    });
    await watched.stop();
    expect(control.secrets()).toEqual(
      expect.arrayContaining([...old, ...fresh, tokens.access_token, tokens.refresh_token]),
    );
    expect(new Set(control.secrets()).size).toBe(control.secrets().length);
    expect(addresses).toContain('keys /v1/whoami?api_key=x http://y/');
  });
});
