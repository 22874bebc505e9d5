import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { obtainTokens } from '../browser-stand-in.ts';
import { startPractice, type Practice } from '../practice.ts';
import type { DeskState } from './desk-state.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.stop());

/** Node's own `fetch` may not send these headers; this may, as a hostile page's browser would. */
function press(
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<{ status: number; body: { message?: string; error?: string } }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${practice.origins.desk}/control/${action}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      },
      async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(text) as { message?: string },
        });
      },
    );
    sent.once('error', reject);
    sent.end(new URLSearchParams(fields).toString());
  });
}

const pressHere = (action: string, fields: Record<string, string> = {}) =>
  press(action, fields, { 'sec-fetch-site': 'same-origin', origin: practice.origins.desk });

async function state(): Promise<DeskState> {
  return (await (await fetch(`${practice.origins.desk}/control/state`)).json()) as DeskState;
}

describe('the practice desk', () => {
  it('breaks and mends each service', async () => {
    const told = await pressHere('answer', { service: 'keys', answer: 'unavailable' });
    expect(told).toMatchObject({ status: 200, body: { message: expect.stringContaining('503') } });
    expect((await state()).services).toEqual({
      cloud: 'normal',
      keys: 'unavailable',
      basic: 'normal',
    });
    expect((await fetch(`${practice.origins.keys}/v1/whoami`)).status).toBe(503);
    await pressHere('answer', { service: 'keys', answer: 'normal' });
    expect((await fetch(`${practice.origins.keys}/v1/whoami`)).status).toBe(401);
  });

  it('breaks tokens and data of Practice Cloud, and leaves its sign-in pages', async () => {
    await pressHere('answer', { service: 'cloud', answer: 'limited' });
    const api = await fetch(`${practice.origins.api}/me`);
    const token = await fetch(`${practice.origins.authorisation}/token`, { method: 'POST' });
    expect([api.status, token.status]).toEqual([429, 429]);
    const page = await fetch(`${practice.origins.authorisation}/.well-known/openid-configuration`);
    expect(page.status).toBe(200);
  });

  it('revokes, rotates, takes away and changes for one person alone', async () => {
    await obtainTokens(practice, 'alice');
    await obtainTokens(practice, 'bob');
    const before = await state();
    expect(before.people.alice).toMatchObject({ liveGrants: 1, hasRole: true });
    for (const action of ['revoke-grants', 'rotate-key', 'role', 'accounts', 'password'])
      expect((await pressHere(action, { person: 'alice' })).body.message).toContain('alice');
    const { alice, bob } = (await state()).people;
    expect(alice).toMatchObject({ liveGrants: 0, hasRole: false, keyIsLive: true });
    expect(alice.apiKey).not.toBe(before.people.alice.apiKey);
    expect(alice.password).not.toBe(before.people.alice.password);
    expect(alice.accounts).not.toEqual(before.people.alice.accounts);
    expect(bob).toEqual(before.people.bob);
  });

  it('comes back to the first accounts after a round of changes', async () => {
    const first = (await state()).people.alice.accounts;
    for (let press = 0; press < 3; press += 1) await pressHere('accounts', { person: 'alice' });
    expect((await state()).people.alice.accounts).toEqual(first);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'another port of this machine',
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
    ],
    ['an origin without fetch metadata', { origin: 'https://evil.example' }],
    ['nowhere', {}],
  ])('refuses a press that comes from %s', async (_, headers) => {
    const refused = await press(
      'rotate-key',
      { person: 'alice' },
      headers as Record<string, string>,
    );
    expect(refused.status).toBe(403);
    expect(practice.control.listKeys('alice')).toHaveLength(1);
  });

  it('refuses every question under a name that is not its own', async () => {
    const { status } = await press(
      'reset',
      {},
      { host: 'evil.example', 'sec-fetch-site': 'same-origin' },
    );
    expect(status).toBe(421);
  });

  it.each([
    ['no-such-action', {}],
    ['constructor', {}],
    ['rotate-key', { person: 'mallory' }],
    ['answer', { service: 'keys', answer: 'explode' }],
  ])('says that it cannot do %s %o', async (action, fields) => {
    const told = await pressHere(action, fields as Record<string, string>);
    expect(told).toMatchObject({ status: 400, body: { error: 'No such action.' } });
  });

  it('hands out the definitions', async () => {
    const { definitions, origins } = practice;
    for (const definition of Object.values(definitions)) {
      const response = await fetch(`${origins.desk}/definitions/${definition.id}.json`);
      expect(await response.json()).toEqual(definition);
    }
    expect((await fetch(`${origins.desk}/definitions/other.json`)).status).toBe(404);
  });
});
