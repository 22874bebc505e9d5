/**
 * A provider whose certificate is not trusted any more (row F12 of the faults). A script is told
 * nothing but that the request failed, so the connection is in doubt: nothing is condemned, nothing is
 * asked in another way, and what a person can do about it is said where it lasts.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import { selfSigned } from '../servers/self-signed.ts';
import { openTlsFront, TLS_HANDSHAKE, type TlsFront } from '../servers/tls-front.ts';
import { badgeText, notifications } from '../support/browser/observe.ts';
import { attempt, connectByKey, connectByOauth, connection, keyWish } from './support/connect.ts';
import { set } from './support/failpoint.ts';
import { popupRow, tableRow, useScreens } from './support/screens.ts';
import { plantDefinition, sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

/** One that this browser trusts by its key, and one that it does not. */
const TRUSTED = selfSigned();
const STRANGE = selfSigned();
const DAY_MS = 24 * 60 * 60 * 1000;
const NAME = 'Practice Keys · alice@practice.example';

const world = useWorld({
  args: [`--ignore-certificate-errors-spki-list=${TRUSTED.fingerprint}`],
});
const screens = useScreens(world);

let front: TlsFront;

afterEach(() => front.stop());

const check = (id: string) => world.call('checkNow', { ids: [id] });
const health = async (id: string) => (await connection(world, id)).health;

/** Whoever listened to the wire since the certificate changed heard handshakes, and no credential. */
function expectNothingInTheClear(from: number): void {
  const heard = front.beginnings.slice(from);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.filter(([first]) => first !== TLS_HANDSHAKE)).toEqual([]);
  for (const secret of world.practice.control.secrets())
    expect(heard.filter((bytes) => bytes.includes(secret))).toEqual([]);
}

describe('a certificate that is not trusted', () => {
  beforeEach(async () => {
    front = await openTlsFront(world.practice.origins.keys, TRUSTED);
    await world.call('importProvider', { text: JSON.stringify(keysOverTls()) });
  });

  function keysOverTls(): ProviderInput {
    const { keys } = world.practice.definitions;
    const text = JSON.stringify(keys).replaceAll(world.practice.origins.keys, front.origin);
    return JSON.parse(text) as ProviderInput;
  }

  it('leaves a connection in doubt and asks nowhere else; where it lasts, it is named as a cause [F12]', async () => {
    const { id } = await connectByKey(world, 'alice');
    world.practice.requests.clear();
    const before = front.beginnings.length;
    front.present(STRANGE);
    for (let time = 0; time < 3; time++) await check(id);
    expect(await health(id)).toMatchObject({ kind: 'unverified', doubt: 'unreachable' });
    expect(world.practice.requests.all()).toEqual([]);
    expectNothingInTheClear(before);
    expect(await badgeText(world.page)).toBe('');
    expect(await notifications(world.page)).toEqual([]);
    for (const row of [tableRow(screens.options, NAME), popupRow(screens.popup, NAME)])
      await row.getByText('could not be reached').first().waitFor();

    const details = screens.options.getByRole('region', { name: `Details of ${NAME}` });
    await screens.options.getByRole('link', { name: `Open ${NAME}` }).click();
    await details.getByText('Nothing to do if others work too').waitFor();
    const now = await connection(world, id);
    const since = Date.now() - 2 * DAY_MS;
    await set(world.page, 'connections', id, { health: { ...now.health, since } as never });
    await check(id);
    await details.getByText('its certificate is not trusted').waitFor();
    expect(await health(id)).toMatchObject({ kind: 'unverified', since });
    expect(await notifications(world.page)).toEqual([]);

    front.present(TRUSTED);
    await check(id);
    expect(await health(id)).toMatchObject({ kind: 'active' });
  });

  it('lets nobody connect, and what was typed is not kept [F12]', async () => {
    front.present(STRANGE);
    const { state } = await attempt(world, keyWish(world, 'alice'));
    expect(state).toMatchObject({ kind: 'failed', code: 'unreachable' });
    expect(world.practice.requests.all()).toEqual([]);
    expectNothingInTheClear(0);
    expect(await world.records('connections')).toEqual([]);
    expect(await sealedNames(world.page)).toEqual([]);
    await screens.options.getByText('or its certificate is not trusted').first().waitFor();
  });
});

describe('a token endpoint whose certificate is not trusted', () => {
  beforeEach(async () => {
    front = await openTlsFront(world.practice.origins.authorisation, TRUSTED);
  });

  it('is sent no refresh token, and the renewal comes when it is trusted again [F12]', async () => {
    const { id } = await connectByOauth(world, 'alice');
    const { oauth } = world.practice.definitions;
    const [method] = oauth.methods;
    const methods = [{ ...method, token: `${front.origin}/token` }];
    await plantDefinition(world.page, { ...oauth, methods } as ProviderInput);
    await world.browser.stopWorker();
    front.present(STRANGE);
    world.practice.control.expireAccessTokens('alice');
    world.practice.requests.clear();
    for (let time = 0; time < 3; time++) await check(id);
    expect(await health(id)).toMatchObject({ kind: 'unverified', doubt: 'unreachable' });
    const asked = world.practice.requests.of('authorisation');
    // A window's own wish, which it may still have made.
    expect(asked.filter(({ path }) => path !== '/favicon.ico')).toEqual([]);
    expectNothingInTheClear(0);
    expect(world.practice.control.liveGrants('alice')).toBe(1);

    front.present(TRUSTED);
    await check(id);
    expect(await health(id)).toMatchObject({ kind: 'active' });
    expect(world.practice.requests.to('authorisation', '/token')).toHaveLength(1);
    expect(await badgeText(world.page)).toBe('');
  });
});
