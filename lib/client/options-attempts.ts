/** Attempts that no open dialog watches: what the strip over the list shows, and what can be done. */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals';
import { isRunning, needsChoice, type Authorization } from '../domain/authorization.ts';
import type { Choice } from './options-attempt.ts';
import type { Shared } from './options-deps.ts';
import type { Dialogs } from './options-dialogs.ts';
import { findMethod, originsFor } from './options-providers.ts';
import { changesToTab } from './options-sign-in-tab.ts';
import { reportFailure } from './report-failure.ts';
import { t } from './translate.ts';

export interface Attempts {
  readonly list: ReadonlySignal<readonly Authorization[]>;
  readonly cancel: (authorization: Authorization) => void;
  readonly dismiss: (authorization: Authorization) => void;
  /** Starts over; to be called in a click. */
  readonly tryAgain: (authorization: Authorization) => void;
  /** The same in a tab, from now on; to be called in a click. */
  readonly tryInTab: (authorization: Authorization) => void;
  readonly choose: (authorization: Authorization, choice: Choice) => void;
}

export function createAttempts(shared: Shared, dialogs: Dialogs): Attempts {
  const { call, messages, powers, providers, records } = shared;
  const report = (run: () => Promise<unknown>): Promise<boolean> => reportFailure(messages, run);
  const watchedId = computed(() => {
    const dialog = dialogs.open.value;
    return dialog !== null && 'attempt' in dialog.form ? dialog.form.attempt.id.value : null;
  });
  sayWhatEnded(shared, watchedId);

  const dismiss = (authorization: Authorization): void => {
    const forget = (): Promise<unknown> =>
      call('dismissAuthorization', { authorizationId: authorization.id });
    void report(forget);
  };
  /** In a mismatch the provider must ask anew, or the wrong person is signed in at once again. */
  const again = (authorization: Authorization, connectionId: string, toTab: boolean): void => {
    const connection = records.find(connectionId);
    const provider = providers.find(authorization.providerId);
    const method = findMethod(provider, authorization.methodId);
    if (connection === undefined) {
      dismiss(authorization);
      return;
    }
    if (provider === undefined || method?.kind !== 'oauth2') {
      dismiss(authorization);
      dialogs.reconnect(connection, false);
      return;
    }
    const isInTab = toTab || records.settings.value.signsInInTab;
    const origins = originsFor(provider, method, connection.params, isInTab);
    const permitted = powers.requestOrigins(origins);
    const chooseAccount = needsChoice(authorization.state);
    void report(async () => {
      const isGiven = await permitted;
      if (toTab && !(await changesToTab(shared, isGiven))) return;
      await call('dismissAuthorization', { authorizationId: authorization.id });
      await call('reconnect', { connectionId, credential: null, client: null, chooseAccount });
    });
  };

  return {
    list: computed(() =>
      records.authorizations.value.filter(
        ({ id, state }) => state.kind !== 'done' && id !== watchedId.value,
      ),
    ),
    dismiss,
    cancel: ({ id }) => void report(() => call('cancelAuthorization', { authorizationId: id })),
    tryAgain(authorization) {
      const { purpose } = authorization;
      if (purpose.kind === 'reconnect') again(authorization, purpose.connectionId, false);
      else {
        dismiss(authorization);
        dialogs.connect(authorization);
      }
    },
    tryInTab(authorization) {
      const { purpose, providerId, methodId, params } = authorization;
      if (purpose.kind === 'reconnect') {
        again(authorization, purpose.connectionId, true);
        return;
      }
      const provider = providers.find(providerId);
      const method = findMethod(provider, methodId);
      if (provider === undefined || method === undefined) return;
      const permitted = powers.requestOrigins(originsFor(provider, method, params, true));
      void report(async () => {
        if (!(await changesToTab(shared, await permitted))) return;
        dismiss(authorization);
        dialogs.connect(authorization);
      });
    },
    choose(authorization, choice) {
      void report(async () => {
        await call('chooseAuthorization', { authorizationId: authorization.id, choice });
        messages.say(t(choice === 'keep-both' ? 'message_kept_both' : 'message_replaced'), 'good');
      });
    },
  };
}

/** An attempt that was seen running here and that ended well is said, wherever it was started. */
function sayWhatEnded(
  { records, messages, said }: Shared,
  watchedId: ReadonlySignal<string | null>,
): void {
  const running = new Set<string>();
  effect(() => {
    for (const { id, state, providerName, isSilent } of records.authorizations.value) {
      if (isRunning(state)) running.add(id);
      else if (running.delete(id) && state.kind === 'done' && !said.has(id))
        untracked(() => {
          if (watchedId.value === id) return;
          const key = isSilent ? 'authorization_done_silent' : 'authorization_done';
          messages.say(t(key, providerName), 'good');
        });
    }
  });
}
