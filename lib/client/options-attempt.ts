/** One attempt to obtain a credential, watched by the dialog that started it. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { isRunning, needsChoice, type Authorization } from '../domain/authorization.ts';
import { codeOf, PatchbayError, type ErrorCode } from '../domain/errors.ts';
import type { Input } from '../rpc/procedures.ts';
import { mayGoOnInTab } from '../domain/sign-in-tab.ts';
import type { Shared } from './options-deps.ts';
import { findMethod, originsFor } from './options-providers.ts';
import { changesToTab } from './options-sign-in-tab.ts';

/** What went wrong; `detail` is the provider's own word for it, or the field that is meant. */
export interface Problem {
  readonly code: ErrorCode;
  readonly detail: string | null;
}

export type Choice = Input<'chooseAuthorization'>['choice'];

export interface Attempt {
  readonly id: ReadonlySignal<string | null>;
  readonly authorization: ReadonlySignal<Authorization | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** Whether the person has to choose what becomes of the credential. */
  readonly isDeciding: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<Problem | null>;
  /**
   * Asks for host permissions and then starts. Must be called in a click: the browser asks the
   * person only then, which is why nothing is awaited before.
   */
  readonly begin: (
    origins: readonly string[],
    start: () => Promise<{ authorizationId: string }>,
  ) => void;
  /** Whether the attempt ended by its window, so that a tab may do. */
  readonly mayGoOnInTab: ReadonlySignal<boolean>;
  /** Starts once more, in a tab from now on. Must be called in a click. */
  readonly goOnInTab: () => void;
  /** Goes on with an attempt that was started elsewhere, or by this page before it was left. */
  readonly adopt: (authorizationId: string) => void;
  readonly cancel: () => void;
  /** Forgets what ended; what runs or waits for a choice goes on without the dialog. */
  readonly leave: () => void;
}

type AttemptDeps = Pick<Shared, 'call' | 'messages' | 'powers' | 'providers' | 'records' | 'said'>;

/** @param onDone told the connection that came out of it, once */
export function createAttempt(deps: AttemptDeps, onDone: (connectionId: string) => void): Attempt {
  const id = signal<string | null>(null);
  const isStarting = signal(false);
  /** Cancelled before there was an id to cancel it by. */
  let isUnwanted = false;
  const own = signal<Problem | null>(null);
  const authorization = computed(
    () => deps.records.authorizations.value.find((one) => one.id === id.value) ?? null,
  );
  const isBusy = computed(() => {
    if (isStarting.value) return true;
    if (id.value === null) return false;
    // The record is written before the id comes back, but it may be read a little later.
    return authorization.value === null || isRunning(authorization.value.state);
  });
  const problem = computed(() => own.value ?? problemOf(authorization.value));
  const forget = (): void => {
    if (id.value !== null) void deps.call('dismissAuthorization', { authorizationId: id.value });
    id.value = null;
  };
  const cancel = (): void => {
    isUnwanted = id.value === null && isStarting.value;
    if (id.value !== null) void deps.call('cancelAuthorization', { authorizationId: id.value });
  };
  const isOver = computed(() => {
    const state = authorization.value?.state;
    return state !== undefined && !isRunning(state) && !needsChoice(state);
  });
  /** What was begun last, for once more in a tab. */
  const last = signal<Parameters<Attempt['begin']> | null>(null);
  const begin: Attempt['begin'] = (origins, start) => {
    last.value = [origins, start];
    const permitted =
      origins.length === 0 ? Promise.resolve(true) : deps.powers.requestOrigins(origins);
    if (isOver.value) forget();
    own.value = null;
    isStarting.value = true;
    isUnwanted = false;
    void run(permitted, start)
      .then((started) => {
        id.value = started.authorizationId;
        if (isUnwanted) cancel();
      })
      .catch((thrown: unknown) => {
        own.value = {
          code: codeOf(thrown),
          detail: thrown instanceof PatchbayError ? thrown.detail : null,
        };
      })
      .finally(() => {
        isStarting.value = false;
      });
  };
  let lastSeen: string | null = null;
  // What was dismissed, here or elsewhere, is over.
  const stopFollowing = effect(() => {
    const isThere = authorization.value !== null;
    if (isThere) lastSeen = id.value;
    else if (id.value !== null && id.value === lastSeen) id.value = null;
  });
  const stop = effect(() => {
    const state = authorization.value?.state;
    if (state?.kind !== 'done') return;
    stop();
    untracked(() => {
      if (id.value !== null) deps.said.add(id.value);
      forget();
      onDone(state.connectionId);
    });
  });

  return {
    id,
    authorization,
    isBusy,
    isDeciding: computed(
      () => authorization.value !== null && needsChoice(authorization.value.state),
    ),
    problem,
    begin,
    mayGoOnInTab: computed(
      () =>
        own.value === null &&
        last.value !== null &&
        authorization.value !== null &&
        mayGoOnInTab(authorization.value),
    ),
    goOnInTab() {
      const shown = authorization.value;
      if (shown === null) return;
      const provider = deps.providers.find(shown.providerId);
      const method = findMethod(provider, shown.methodId);
      if (provider === undefined || method === undefined || last.value === null) return;
      const [origins, start] = last.value;
      begin([...origins, ...originsFor(provider, method, shown.params, true)], async () => {
        await changesToTab(deps, true);
        return start();
      });
    },
    adopt(authorizationId) {
      own.value = null;
      id.value = authorizationId;
    },
    cancel,
    leave() {
      stop();
      stopFollowing();
      if (isOver.value) forget();
      id.value = null;
    },
  };
}

async function run(
  permitted: Promise<boolean>,
  start: () => Promise<{ authorizationId: string }>,
): Promise<{ authorizationId: string }> {
  if (!(await permitted)) throw new PatchbayError('permission-missing');
  return start();
}

function problemOf(authorization: Authorization | null): Problem | null {
  const state = authorization?.state;
  switch (state?.kind) {
    case 'failed':
      return { code: state.code, detail: state.detail };
    case 'cancelled':
      return { code: 'cancelled', detail: null };
    case 'abandoned':
      return { code: 'interrupted', detail: null };
    default:
      return null;
  }
}
