/**
 * What may come back from the sign-in window instead of the answer to this very attempt: each is
 * told by its own code, before anything is asked of the token endpoint.
 */
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../lib/domain/errors.ts';
import type { RedirectTamper } from '../servers/practice.ts';
import { denyAs } from '../support/browser/sign-in-window.ts';
import { attemptSignIn, connectionOf, ended, openSignIn } from './support/connect.ts';
import { sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

interface Hostile {
  readonly tamper: RedirectTamper;
  readonly code: ErrorCode;
  readonly detail: string | null;
}

const HOSTILE: readonly Hostile[] = [
  { tamper: { kind: 'state-missing' }, code: 'state-missing', detail: null },
  { tamper: { kind: 'state-wrong' }, code: 'state-mismatch', detail: null },
  { tamper: { kind: 'iss-missing' }, code: 'issuer-mismatch', detail: null },
  { tamper: { kind: 'iss-wrong' }, code: 'issuer-mismatch', detail: null },
  { tamper: { kind: 'other-path' }, code: 'redirect-mismatch', detail: null },
  { tamper: { kind: 'fragment' }, code: 'answer-in-fragment', detail: null },
  { tamper: { kind: 'error', error: 'access_denied' }, code: 'denied', detail: 'access_denied' },
  {
    tamper: { kind: 'error', error: 'temporarily_unavailable' },
    code: 'provider-trouble',
    detail: 'temporarily_unavailable',
  },
  {
    tamper: { kind: 'error', error: 'unauthorized_client', description: '<b>Not you</b>' },
    code: 'client-rejected',
    detail: 'unauthorized_client',
  },
  {
    tamper: { kind: 'error', error: 'something_new' },
    code: 'authorization-refused',
    detail: 'something_new',
  },
];

/** The rows of docs/faults.md. */
const ROW_OF: Readonly<Record<RedirectTamper['kind'], string>> = {
  'state-missing': 'O3',
  'state-wrong': 'O3',
  'state-replayed': 'O3',
  'iss-missing': 'O4',
  'iss-wrong': 'O4',
  'other-path': 'O5',
  fragment: 'O6',
  error: 'F29',
};

const CASES = HOSTILE.map((one) => ({
  ...one,
  row: ROW_OF[one.tamper.kind],
  what: 'error' in one.tamper ? `error ${one.tamper.error}` : one.tamper.kind,
}));

function tokenRequests() {
  return world.practice.requests.to('authorisation', '/token');
}

async function keptSecrets(): Promise<string[]> {
  return (await sealedNames(world.page)).filter((name) => !name.startsWith('client:'));
}

async function expectNothingHappened(): Promise<void> {
  expect(tokenRequests()).toEqual([]);
  expect(await world.records('connections')).toEqual([]);
  expect(await keptSecrets()).toEqual([]);
}

async function expectNextAttemptToWork(): Promise<void> {
  world.practice.control.setRedirectTamper(null);
  const { health } = await connectionOf(world, await attemptSignIn(world, 'alice'));
  expect(health.kind).toBe('active');
}

describe('an answer with', () => {
  it.each(CASES)(
    '$what ends as $code, and no code is spent [$row]',
    async ({ tamper, code, detail }) => {
      world.practice.control.setRedirectTamper(tamper);
      const { state } = await attemptSignIn(world, 'alice');
      expect(state).toEqual({ kind: 'failed', code, detail });
      await expectNothingHappened();
      await expectNextAttemptToWork();
    },
  );

  it('the state of an earlier attempt ends as state-mismatch [O3]', async () => {
    await attemptSignIn(world, 'alice');
    const before = tokenRequests().length;
    const connections = (await world.records('connections')).length;
    world.practice.control.setRedirectTamper({ kind: 'state-replayed' });
    const { state } = await attemptSignIn(world, 'alice');
    expect(state).toEqual({ kind: 'failed', code: 'state-mismatch', detail: null });
    expect(tokenRequests()).toHaveLength(before);
    expect(await world.records('connections')).toHaveLength(connections);
    world.practice.control.setRedirectTamper(null);
    // The identity is connected already, so Patchbay asks.
    expect((await attemptSignIn(world, 'alice')).state.kind).toBe('duplicate');
  });
});

describe('a person who', () => {
  it('denies at the provider is told so, and may think again [F29]', async () => {
    const { authorizationId, window } = await openSignIn(world);
    await denyAs(window, 'alice');
    const { state } = await ended(world, authorizationId);
    expect(state).toMatchObject({ kind: 'failed', code: 'denied' });
    await expectNothingHappened();
    await expectNextAttemptToWork();
  });

  it('closes the window has cancelled, which is no error [F28]', async () => {
    const { authorizationId, window } = await openSignIn(world);
    await window.close();
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'cancelled' });
    await expectNothingHappened();
    await expectNextAttemptToWork();
  });

  it('cancels in Patchbay sees the window close', async () => {
    const { authorizationId, window } = await openSignIn(world);
    const closed = window.waitForEvent('close');
    await world.call('cancelAuthorization', { authorizationId });
    await closed;
    expect((await ended(world, authorizationId)).state).toEqual({ kind: 'cancelled' });
    await expectNothingHappened();
    await expectNextAttemptToWork();
  });
});
