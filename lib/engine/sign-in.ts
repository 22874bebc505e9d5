/**
 * The part of an attempt that the browser's own flow plays: without a window where that can do, with
 * one otherwise, and never more than one window at a time.
 */
import { AUTHORIZATION_LIFE_MS, type Authorization } from '../domain/authorization.ts';
import type { ClientCredential } from '../domain/credential.ts';
import { codeOf, PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { authorizationRequest, type AuthorizationWish } from '../oauth/authorize.ts';
import type { Server } from '../oauth/server.ts';
import { redirectPath } from '../providers/registry.ts';
import { commit } from '../store/commit.ts';
import type { Engine } from './engine.ts';
import { finishWithCode } from './finish.ts';
import { closeLeftovers } from './leftover-windows.ts';
import type { AuthWindow, Ports, WindowOutcome } from './ports.ts';

/** How long a page may take to load before no window is opened for it: one that never loads shows none. */
const LOAD_MS = 15_000;
/** How long the session that the browser has may take to answer by itself. */
const SILENT_MS = 6_000;
/** A page that loaded a moment ago shows its window within this, or the browser is stuck. */
const APPEAR_MS = 30_000;

/** What one attempt at a sign-in window needs. */
export interface SignIn {
  readonly authorization: Authorization;
  readonly server: Server;
  readonly client: ClientCredential;
  readonly wish: Pick<AuthorizationWish, 'hint' | 'chooseAccount'>;
}

/** Where an attempt is signed in: the browser's own window, or an ordinary tab. */
export function placeOf(
  ports: Pick<Ports, 'authWindow' | 'authTab'>,
  { isInTab }: Pick<Authorization, 'isInTab'>,
): AuthWindow {
  return isInTab ? ports.authTab : ports.authWindow;
}

/** The lock under which one attempt after another may show a window. */
const TURN = 'sign-in';

/**
 * Signs in, after every attempt that came before, and finishes the attempt.
 * @throws PatchbayError saying why not; `cancelled` at once while it waits for its turn
 */
export async function signIn(engine: Engine, what: SignIn, signal: AbortSignal): Promise<void> {
  const answered = await inTurn(engine, signal, () => answer(engine, what, signal));
  if (answered === null) return;
  const { authorization, url, redirectUri } = answered;
  // A window may have stood longer than one job is kept awake for.
  await engine.keepAwake(() => finishWithCode(engine, authorization, url, redirectUri));
}

function inTurn<T>(engine: Engine, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(new PatchbayError('cancelled'));
    signal.addEventListener('abort', leave);
    const turn = async (): Promise<void> => {
      signal.removeEventListener('abort', leave);
      if (!signal.aborted) resolve(await run());
    };
    engine.lock(TURN, turn).catch(reject);
  });
}

interface Answered {
  readonly authorization: Authorization;
  readonly url: string;
  readonly redirectUri: string;
}

/** @returns `null` when the session of the browser has mended it already */
async function answer(engine: Engine, what: SignIn, signal: AbortSignal): Promise<Answered | null> {
  const place = placeOf(engine, what.authorization);
  const silence = await trySilently(engine, what, signal);
  if (silence === 'mended') return null;
  // Behind a page that never loads, the browser would hold every later window back until it restarts.
  const probe =
    silence === 'loads'
      ? null
      : await attempt(engine, what, {}, (url) => probeOnce(place, url, signal, LOAD_MS, false));
  if (probe !== null && probe.outcome.kind !== 'failed') return settled(probe);
  const said = probe?.outcome.kind === 'failed' ? probe.outcome.code : 'window-needs-person';
  if (said !== 'window-needs-person' && said !== 'window-failed') throw new PatchbayError(said);
  const isSure = said === 'window-needs-person';
  const shown = await attempt(engine, what, {}, (url, id) =>
    show(engine, place, url, id, isSure, signal),
  );
  return settled(shown);
}

/**
 * Asks the session that the browser has, where the provider answers that without a word to the
 * person. What it brings counts only for the very identity that the connection is about.
 */
async function trySilently(
  engine: Engine,
  what: SignIn,
  signal: AbortSignal,
): Promise<'mended' | 'loads' | 'unknown'> {
  const { silentParams } = what.server.method;
  const isFit = what.authorization.purpose.kind === 'reconnect' && what.wish.hint !== null;
  if (silentParams === undefined || !isFit) return 'unknown';
  const tried = await attempt(engine, what, silentParams, (url) =>
    probeOnce(placeOf(engine, what.authorization), url, signal, SILENT_MS, true),
  );
  if (tried.outcome.kind === 'failed')
    return tried.outcome.code === 'window-needs-person' ? 'loads' : 'unknown';
  const { authorization, url, redirectUri } = settled(tried);
  const silent: Authorization = { ...authorization, isSilent: true };
  try {
    await finishWithCode(engine, silent, url, redirectUri, 'refuse');
  } catch (thrown) {
    if (ENDS.includes(codeOf(thrown))) throw thrown;
    return 'unknown';
  }
  return 'mended';
}

/** Nothing that a window would mend, and no reason to show one. */
const ENDS: readonly ErrorCode[] = [
  'cancelled',
  'not-found',
  'offline',
  'permission-missing',
  'unreachable',
];

interface Tried {
  readonly authorization: Authorization;
  readonly redirectUri: string;
  readonly outcome: WindowOutcome;
}

/** One try, with a state and a verifier of its own, written down before anything is sent. */
async function attempt(
  engine: Engine,
  what: SignIn,
  extra: Readonly<Record<string, string>>,
  run: (url: string, id: string) => Promise<WindowOutcome>,
): Promise<Tried> {
  const { server, client, wish } = what;
  const redirectUri = placeOf(engine, what.authorization).redirectUrl(
    redirectPath(what.authorization.providerId),
  );
  const { scopes } = what.authorization;
  const request = await authorizationRequest(server, { redirectUri, scopes, ...wish, extra });
  const authorization: Authorization = {
    ...what.authorization,
    expiresAt: engine.now() + AUTHORIZATION_LIFE_MS,
    state: { kind: 'waiting' },
  };
  await commit(await engine.database(), {
    putAuthorization: authorization,
    putSecrets: [
      await engine.vault.seal('authorization', authorization.id, {
        state: request.state,
        verifier: request.verifier,
        credential: null,
        client,
      }),
    ],
  });
  engine.announce({ kinds: ['authorizations'], checking: null });
  const outcome = await run(request.url, authorization.id);
  return { authorization, redirectUri, outcome };
}

function settled({ authorization, redirectUri, outcome }: Tried): Answered {
  if (outcome.kind === 'failed') throw new PatchbayError(outcome.code);
  if (outcome.kind === 'cancelled') throw new PatchbayError('cancelled');
  return { authorization, redirectUri, url: outcome.url };
}

/** A flow without a window cannot be ended; after a cancellation nobody waits for it any more. */
function probeOnce(
  place: AuthWindow,
  url: string,
  signal: AbortSignal,
  withinMs: number,
  waits: boolean,
): Promise<WindowOutcome> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    place.probe(url, withinMs, waits).then(resolve, reject);
  });
}

/** The window; once more after closing one of ours that an earlier worker left behind. */
async function show(
  engine: Engine,
  place: AuthWindow,
  url: string,
  id: string,
  isSure: boolean,
  signal: AbortSignal,
): Promise<WindowOutcome> {
  const first = await open(engine, place, url, id, isSure, signal);
  const isBusy = first.kind === 'failed' && first.code === 'window-busy';
  if (!isBusy || signal.aborted || !(await closeLeftovers(engine, url))) return first;
  return open(engine, place, url, id, isSure, signal);
}

/**
 * Opens the window, and gives up where none appears or where its time is over: an answer would not
 * be accepted any more, and others wait.
 */
async function open(
  engine: Engine,
  place: AuthWindow,
  url: string,
  id: string,
  isSure: boolean,
  signal: AbortSignal,
): Promise<WindowOutcome> {
  // Cancelled between the try before and this one: nobody would be told again.
  if (signal.aborted) return { kind: 'cancelled' };
  const given = new AbortController();
  const abort = (): void => given.abort();
  signal.addEventListener('abort', abort);
  let hasAppeared = false;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const after = (ms: number, code: ErrorCode, counts: () => boolean): Promise<WindowOutcome> =>
    new Promise((resolve) => {
      const end = (): void => {
        if (!counts()) return;
        given.abort();
        resolve({ kind: 'failed', code });
      };
      timers.push(setTimeout(end, ms));
    });
  try {
    return await Promise.race([
      place.open(url, given.signal, (windowId) => {
        hasAppeared = true;
        void noteWindow(engine, id, windowId);
      }),
      after(APPEAR_MS, 'window-stuck', () => isSure && !hasAppeared),
      after(AUTHORIZATION_LIFE_MS, 'expired', () => true),
    ]);
  } finally {
    signal.removeEventListener('abort', abort);
    for (const timer of timers) clearTimeout(timer);
  }
}

async function noteWindow(engine: Engine, id: string, windowId: number): Promise<void> {
  const db = await engine.database();
  await commit(db, {
    also: async (tx) => {
      const store = tx.objectStore('authorizations');
      const stored = await store.get(id);
      if (stored !== undefined) await store.put({ ...stored, windowId });
    },
  });
}
