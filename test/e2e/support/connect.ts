/**
 * Connecting without the interface: the procedures of the background and the provider's own window.
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { isRunning, type Authorization } from '../../../lib/domain/authorization.ts';
import type { Connection } from '../../../lib/domain/connection.ts';
import type { Input } from '../../../lib/rpc/procedures.ts';
import type { Person } from '../../servers/practice.ts';
import { allowAs, signInWindow } from '../../support/browser/sign-in-window.ts';
import { eventually } from './eventually.ts';
import type { World } from './world.ts';

type Wish = Input<'connect'>;

/** The least that can be asked for. */
export function wishFor(providerId: string, wish: Partial<Wish>): Wish {
  return {
    providerId,
    methodId: 'oauth',
    params: {},
    name: null,
    environmentId: 'production',
    tags: [],
    scopes: [],
    credential: null,
    client: null,
    ...wish,
  };
}

export function keyWish({ practice }: World, person: Person, wish: Partial<Wish> = {}): Wish {
  const credential = { kind: 'key' as const, key: practice.control.keyOf(person) };
  return wishFor('practice-keys', { methodId: 'key', credential, ...wish });
}

export function basicWish({ practice }: World, person: Person, wish: Partial<Wish> = {}): Wish {
  const password = practice.control.passwordOf(person);
  const credential = { kind: 'basic' as const, user: person, password };
  return wishFor('practice-basic', { methodId: 'basic', credential, ...wish });
}

export function oauthWish({ practice }: World, wish: Partial<Wish> = {}): Wish {
  const [method] = practice.definitions.oauth.methods;
  const scopes = method?.kind === 'oauth2' ? (method.scopes ?? []) : [];
  return wishFor('practice-oauth', { scopes: scopes.map(({ id }) => id), ...wish });
}

/** To mend a connection with nothing but its sign-in. */
export function reconnectWish(connectionId: string): Input<'reconnect'> {
  return { connectionId, credential: null, client: null, chooseAccount: false };
}

/** Waits until an attempt does nothing by itself any more. @returns its record */
export function ended(world: World, authorizationId: string): Promise<Authorization> {
  return eventually(async () => {
    const found = (await world.records('authorizations')).find(({ id }) => id === authorizationId);
    if (found === undefined) throw new Error('There is no such attempt.');
    expect(isRunning(found.state)).toBe(false);
    return found;
  }, 30_000);
}

/** Tries to connect with what was typed. @returns what became of it */
export async function attempt(world: World, wish: Wish): Promise<Authorization> {
  const { authorizationId } = await world.call('connect', wish);
  return ended(world, authorizationId);
}

/** Starts an attempt that needs the sign-in window. @returns its id and the window's page */
export async function openSignIn(
  world: World,
  wish: Wish = oauthWish(world),
): Promise<{ authorizationId: string; window: Page }> {
  const opening = signInWindow(world.browser.context);
  const [window, { authorizationId }] = await Promise.all([opening, world.call('connect', wish)]);
  return { authorizationId, window };
}

/**
 * Waits until a window is known to be an attempt's own. One that its worker had not noted yet is left
 * open by the next worker, until another one is asked for.
 * @returns its number in the browser
 */
export function notedWindow(world: World, authorizationId: string): Promise<number> {
  return eventually(async () => {
    const found = (await world.records('authorizations')).find(({ id }) => id === authorizationId);
    if (found?.windowId == null) throw new Error('No window was noted.');
    return found.windowId;
  });
}

/** Starts an attempt as {@link openSignIn} does, and waits until its window is known to be its own. */
export async function openNotedSignIn(world: World): ReturnType<typeof openSignIn> {
  const opened = await openSignIn(world);
  await notedWindow(world, opened.authorizationId);
  return opened;
}

/** Tries to connect through the sign-in window. @returns what became of it */
export async function attemptSignIn(
  world: World,
  person: Person,
  wish: Wish = oauthWish(world),
): Promise<Authorization> {
  const { authorizationId, window } = await openSignIn(world, wish);
  await allowAs(window, person);
  return ended(world, authorizationId);
}

/** Tries to mend a connection through the sign-in window. @returns what became of it */
export async function attemptReconnect(
  world: World,
  connectionId: string,
  person: Person,
): Promise<Authorization> {
  const opening = signInWindow(world.browser.context);
  const asking = world.call('reconnect', reconnectWish(connectionId));
  const [window, { authorizationId }] = await Promise.all([opening, asking]);
  await allowAs(window, person);
  return ended(world, authorizationId);
}

export async function connectByKey(
  world: World,
  person: Person,
  wish: Partial<Wish> = {},
): Promise<Connection> {
  return connectionOf(world, await attempt(world, keyWish(world, person, wish)));
}

export async function connectByBasic(world: World, person: Person): Promise<Connection> {
  return connectionOf(world, await attempt(world, basicWish(world, person)));
}

export async function connectByOauth(
  world: World,
  person: Person,
  wish: Partial<Wish> = {},
): Promise<Connection> {
  return connectionOf(world, await attemptSignIn(world, person, oauthWish(world, wish)));
}

/** The connection that a successful attempt came to. */
export async function connectionOf(world: World, { state }: Authorization): Promise<Connection> {
  if (state.kind !== 'done') throw new Error(`Not connected: ${JSON.stringify(state)}`);
  return connection(world, state.connectionId);
}

/** The connection as it stands now. */
export async function connection(world: World, id: string): Promise<Connection> {
  const found = (await world.records('connections')).find((one) => one.id === id);
  if (found === undefined) throw new Error('There is no such connection.');
  return found;
}
