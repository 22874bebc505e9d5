/** The dialog "Reconnect {name}": a new credential for a connection that keeps everything else. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { createAttempt, type Attempt } from './options-attempt.ts';
import type { Shared } from './options-deps.ts';
import { findMethod, originsFor, type MethodSummary } from './options-providers.ts';
import {
  createSecretFields,
  typedClient,
  typedCredential,
  type SecretFields,
} from './options-secrets.ts';

export interface ReconnectForm {
  readonly connection: ReadonlySignal<Connection>;
  /** `null` while the providers are being read, or when the provider is not defined any more. */
  readonly method: ReadonlySignal<MethodSummary | null>;
  readonly isProviderGone: ReadonlySignal<boolean>;
  /** Makes the provider ask which account is meant. */
  readonly choosesAccount: Signal<boolean>;
  /** Whether the fields of the person's own client are shown. */
  readonly asksForClient: ReadonlySignal<boolean>;
  readonly secrets: SecretFields;
  readonly attempt: Attempt;
  /** To be called in the click. */
  readonly submit: () => void;
  /** The same outside of a click, where nobody can be asked for hosts. */
  readonly submitUnasked: () => void;
  readonly leave: () => void;
}

export function createReconnectForm(
  shared: Shared,
  shown: Connection,
  onDone: (connectionId: string) => void,
): ReconnectForm {
  const { records, providers } = shared;
  const connection = computed(() => {
    // Read, so that this follows the stored connection.
    void records.connections.value;
    return records.find(shown.id) ?? shown;
  });
  const secrets = createSecretFields();
  const choosesAccount = signal(false);
  const attempt = createAttempt(shared, (connectionId) => {
    secrets.clear();
    onDone(connectionId);
  });
  const method = computed(
    () => findMethod(providerOf(shared, shown.providerId), shown.methodId) ?? null,
  );
  const asksForClient = computed(() => {
    const code = attempt.problem.value?.code;
    const isClientTrouble =
      code === 'client-missing' || code === 'client-secret-missing' || code === 'client-rejected';
    return method.value?.client?.own === true && isClientTrouble;
  });
  const begin = (asksForHosts: boolean): void => {
    const by = method.value;
    const provider = providers.find(shown.providerId);
    if (provider === undefined || by === null || attempt.isBusy.value) return;
    const input = {
      connectionId: shown.id,
      credential: typedCredential(by.kind, secrets),
      client: by.client?.own === true ? typedClient(secrets) : null,
      chooseAccount: choosesAccount.value,
    };
    const { signsInInTab } = records.settings.value;
    const origins = asksForHosts ? originsFor(provider, by, shown.params, signsInInTab) : [];
    attempt.begin(origins, () => shared.call('reconnect', input));
  };
  return {
    connection,
    method,
    isProviderGone: computed(() => providers.list.value !== null && method.value === null),
    choosesAccount,
    asksForClient,
    secrets,
    attempt,
    submit: () => begin(true),
    submitUnasked: () => begin(false),
    leave() {
      attempt.leave();
      secrets.clear();
    },
  };
}

function providerOf({ providers }: Shared, id: string) {
  return providers.list.value?.find((provider) => provider.id === id);
}
