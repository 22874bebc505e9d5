/**
 * What passes the points at which the worker is ended, and what has to hold afterwards. Each journey
 * is named as its points begin.
 */
import { expect } from 'vitest';
import type { Connection } from '../../../lib/domain/connection.ts';
import { badgeText, notifications } from '../../support/browser/observe.ts';
import { allowAs, signInWindow } from '../../support/browser/sign-in-window.ts';
import {
  attemptReconnect,
  attemptSignIn,
  connectByOauth,
  connection,
  connectionOf,
  oauthWish,
  reconnectWish,
} from './connect.ts';
import { eventually } from './eventually.ts';
import { set } from './failpoint.ts';
import { replyTo } from './procedure-call.ts';
import { attemptSecrets, keptRecord, sealedNames } from './stored.ts';
import type { World } from './world.ts';

/** A journey that is ready to set out. */
export interface Prepared {
  /** Sets out; whoever it asks may never answer. @param reached the worker has come to its point */
  go(reached: Promise<void>): Promise<void>;
  /** What has come of it, once the next worker has done its work. */
  after(): Promise<Outcome>;
}

export type Outcome =
  /** The stored token or its successor works. */
  | 'goes on'
  /** The person is told that it was interrupted, and to reconnect or sign in again. */
  | 'interrupted'
  /** Nothing had been obtained yet; the person is told that it was not finished. */
  | 'not finished'
  /** What was meant to end has ended, and nothing of it is left. */
  | 'ended'
  /** The provider had ended the grant before; that is what is told. */
  | 'told';

export interface Journey {
  /** For the table in the documentation. */
  readonly title: string;
  readonly prepare: (world: World) => Promise<Prepared>;
}

const renewing: Journey = {
  title: 'a sweep renews a token and checks it',
  async prepare(world) {
    const before = await overdue(world);
    world.practice.control.expireAccessTokens('alice');
    return {
      go: () => wake(world),
      async after() {
        const { health } = await judged(world, before);
        if (health.kind === 'active') return goesOn(world, before.id);
        expect(health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
        return 'interrupted';
      },
    };
  },
};

const refused: Journey = {
  title: 'a sweep finds that the grant was revoked at the provider',
  async prepare(world) {
    const before = await overdue(world);
    world.practice.control.revokeGrants('alice');
    return {
      go: () => wake(world),
      async after() {
        const { id, health } = await judged(world, before);
        const { reason } = health as Extract<Connection['health'], { kind: 'reconnect' }>;
        expect(['revoked', 'interrupted']).toContain(reason);
        await eventually(async () => {
          expect(await notifications(world.page)).toEqual([`connection:${id}`]);
          expect(await keptRecord(world.page, 'untold')).toEqual([]);
        });
        return reason === 'revoked' ? 'told' : 'interrupted';
      },
    };
  },
};

const signingIn: Journey = {
  title: 'a person signs in',
  async prepare(world) {
    return {
      go: (reached) =>
        signIn(world, reached, () => replyTo(world.page, 'connect', oauthWish(world))),
      async after() {
        const { state } = await onlyAttempt(world);
        expect(await attemptSecrets(world.page)).toEqual([]);
        if (state.kind === 'done') return goesOn(world, state.connectionId);
        expect(await world.records('connections')).toEqual([]);
        await goesOn(world, (await connectionOf(world, await attemptSignIn(world, 'alice'))).id);
        if (state.kind === 'abandoned') return 'not finished';
        expect(state).toMatchObject({ kind: 'failed', code: 'exchange-interrupted' });
        return 'interrupted';
      },
    };
  },
};

const givingBack: Journey = {
  title: 'a person signs in, the API refuses the token, and it is given back',
  async prepare(world) {
    world.practice.control.setFault('api', { kind: 'status', status: 401 });
    return {
      go: (reached) =>
        signIn(world, reached, () => replyTo(world.page, 'connect', oauthWish(world))),
      async after() {
        const { state } = await onlyAttempt(world);
        expect(state).toMatchObject({ kind: 'failed', code: 'credential-rejected' });
        expect(await world.records('connections')).toEqual([]);
        expect(await sealedNames(world.page)).toEqual([]);
        expect(world.practice.control.liveGrants('alice')).toBe(0);
        return 'ended';
      },
    };
  },
};

const choosing: Journey = {
  title: 'a person reconnects as somebody else, and is asked',
  async prepare(world) {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.signOut();
    const wish = reconnectWish(id);
    return {
      go: (reached) => signIn(world, reached, () => replyTo(world.page, 'reconnect', wish), 'bob'),
      async after() {
        const asked = (await world.records('authorizations')).find(
          ({ state }) => state.kind === 'mismatch',
        );
        expect(asked?.state).toMatchObject({ connectionId: id });
        const choice = { authorizationId: asked?.id ?? '', choice: 'keep-both' } as const;
        const { connectionId } = await world.call('chooseAuthorization', choice);
        await goesOn(world, connectionId, 'bob');
        return goesOn(world, id);
      },
    };
  },
};

const dismissing: Journey = {
  title: 'a person reconnects as somebody else, and drops it',
  async prepare(world) {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.signOut();
    const { id: authorizationId } = await attemptReconnect(world, id, 'bob');
    const dismiss = () => replyTo(world.page, 'dismissAuthorization', { authorizationId });
    return {
      async go() {
        void dismiss();
      },
      async after() {
        // What was not begun is asked for again; what was begun has no effect twice.
        await dismiss();
        const ids = (await world.records('authorizations')).map((one) => one.id);
        expect(ids).not.toContain(authorizationId);
        expect(await attemptSecrets(world.page)).toEqual([]);
        expect(world.practice.control.liveGrants('bob')).toBe(0);
        await goesOn(world, id);
        return 'ended';
      },
    };
  },
};

const deleting: Journey = {
  title: 'a person deletes a connection, and takes it back',
  async prepare(world) {
    const { id } = await connectByOauth(world, 'alice');
    return {
      async go() {
        void replyTo(world.page, 'deleteConnections', { ids: [id], revoke: true });
      },
      async after() {
        expect(await world.records('connections')).toEqual([]);
        const [going] = await world.records('deletions');
        const batchId = going?.batchId ?? '';
        expect(await world.call('undoDeletion', { batchId })).toEqual({ restored: 1 });
        return goesOn(world, id);
      },
    };
  },
};

const revoking: Journey = {
  title: 'a deletion is finished, and the grant revoked',
  async prepare(world) {
    const { id } = await connectByOauth(world, 'alice');
    await world.call('deleteConnections', { ids: [id], revoke: true });
    await set(world.page, 'deletions', id, { endsAt: 1 });
    return {
      go: () => wake(world),
      async after() {
        await eventually(async () => expect(await world.records('deletions')).toEqual([]));
        expect(await sealedNames(world.page)).toEqual([]);
        expect(await world.records('checks')).toEqual([]);
        expect(await keptRecord(world.page, 'notRevoked')).toBeUndefined();
        expect(world.practice.control.liveGrants('alice')).toBe(0);
        return 'ended';
      },
    };
  },
};

/** By the word with which the names of their points begin. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  check: renewing,
  choice: choosing,
  commit: renewing,
  delete: deleting,
  dismiss: dismissing,
  give: givingBack,
  refuse: refused,
  renew: renewing,
  revoke: revoking,
  sign: signingIn,
  start: refused,
  tell: refused,
};

/** Any call wakes the worker; the alarm that its start sets does the rest. It may stop on the way. */
export async function wake(world: World): Promise<void> {
  void replyTo(world.page, 'listProviders', {});
}

/** The badge says what the database says, and no attempt hangs. */
export async function expectTruth(world: World): Promise<void> {
  await eventually(async () => {
    const broken = (await world.records('connections')).filter(
      ({ health }) => health.kind === 'reconnect',
    );
    expect(await badgeText(world.page)).toBe(broken.length === 0 ? '' : String(broken.length));
    const kinds = (await world.records('authorizations')).map(({ state }) => state.kind);
    expect(kinds).not.toContain('proving');
    expect(kinds).not.toContain('waiting');
  });
}

/** A connection that works and is due for a check. */
async function overdue(world: World): Promise<Connection> {
  const made = await connectByOauth(world, 'alice');
  await set(world.page, 'connections', made.id, { nextCheckAt: 1 });
  return made;
}

/** The connection once a check has judged it. */
function judged(world: World, { id, checkedAt }: Connection): Promise<Connection> {
  return eventually(async () => {
    const now = await connection(world, id);
    expect(now.checkedAt ?? 0).toBeGreaterThan(checkedAt ?? 0);
    return now;
  }, 20_000);
}

/** What is stored can be renewed, and what comes of that works. */
async function goesOn(world: World, id: string, person: 'alice' | 'bob' = 'alice') {
  world.practice.control.expireAccessTokens(person);
  await world.call('checkNow', { ids: [id] });
  const { health, refreshStartedAt } = await connection(world, id);
  expect({ health: health.kind, refreshStartedAt }).toEqual({
    health: 'active',
    refreshStartedAt: null,
  });
  return 'goes on' as const;
}

/** Asks for a sign-in and allows it, unless the worker stops before there is a window. */
async function signIn(
  { browser }: World,
  reached: Promise<void>,
  ask: () => Promise<unknown>,
  person = 'alice',
): Promise<void> {
  const opening = signInWindow(browser.context);
  opening.catch(() => undefined);
  void ask();
  const window = await Promise.race([opening, reached]);
  if (window !== undefined) await allowAs(window, person);
}

/** The one attempt there is, once it does nothing by itself any more. */
function onlyAttempt(world: World) {
  return eventually(async () => {
    const [only, ...more] = await world.records('authorizations');
    expect(more).toEqual([]);
    expect(['waiting', 'proving', undefined]).not.toContain(only?.state.kind);
    if (only === undefined) throw new Error('There is no attempt.');
    return only;
  }, 20_000);
}
