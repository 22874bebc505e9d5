/** The form "New connection": what was typed stays until it led to a connection. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Authorization } from '../domain/authorization.ts';
import { DEFAULT_ENVIRONMENT_ID } from '../domain/environment.ts';
import { searchKey } from '../domain/query.ts';
import { createAttempt, type Attempt } from './options-attempt.ts';
import type { Shared } from './options-deps.ts';
import { originsFor, type MethodSummary, type ProviderSummary } from './options-providers.ts';
import {
  createSecretFields,
  typedClient,
  typedCredential,
  type SecretFields,
} from './options-secrets.ts';
import { tagsOf } from './options-tags.ts';

/** What a form begins with: an earlier attempt, or the provider of a link. */
export type Prefill = Partial<
  Pick<
    Authorization,
    'providerId' | 'methodId' | 'params' | 'name' | 'environmentId' | 'tags' | 'scopes'
  >
>;

export interface ConnectForm {
  readonly search: Signal<string>;
  /** Providers that fit the search, by name. */
  readonly found: ReadonlySignal<readonly ProviderSummary[]>;
  readonly provider: ReadonlySignal<ProviderSummary | null>;
  readonly method: ReadonlySignal<MethodSummary | null>;
  readonly name: Signal<string>;
  readonly environmentId: Signal<string>;
  readonly tags: Signal<string>;
  readonly params: Signal<Readonly<Record<string, string>>>;
  readonly scopes: ReadonlySignal<ReadonlySet<string>>;
  readonly toggleScope: (id: string) => void;
  /** Whether a client that the person brought earlier is kept for the very server that is meant. */
  readonly hasClient: ReadonlySignal<boolean>;
  readonly secrets: SecretFields;
  readonly attempt: Attempt;
  readonly chooseProvider: (id: string | null) => void;
  readonly chooseMethod: (id: string) => void;
  /** To be called in the click. */
  readonly submit: () => void;
  readonly leave: () => void;
}

export function createConnectForm(
  shared: Shared,
  prefill: Prefill,
  onDone: (connectionId: string) => void,
): ConnectForm {
  const { providers, records } = shared;
  const search = signal('');
  const providerId = signal<string | null>(prefill.providerId ?? null);
  const methodId = signal<string | null>(prefill.methodId ?? null);
  const name = signal(prefill.name ?? '');
  const environmentId = signal(
    prefill.environmentId ?? records.settings.value.environmentId ?? DEFAULT_ENVIRONMENT_ID,
  );
  const tags = signal((prefill.tags ?? []).join(', '));
  const params = signal<Readonly<Record<string, string>>>(prefill.params ?? {});
  /** `null`: as the provider presets them. */
  const chosenScopes = signal<ReadonlySet<string> | null>(
    prefill.scopes === undefined ? null : new Set(prefill.scopes),
  );
  const secrets = createSecretFields();
  const attempt = createAttempt(shared, (connectionId) => {
    secrets.clear();
    onDone(connectionId);
  });

  const provider = computed(() =>
    providerId.value === null ? null : (providers.find(providerId.value) ?? null),
  );
  const method = computed(() => {
    const all = provider.value?.methods ?? [];
    return all.find((one) => one.id === methodId.value) ?? all[0] ?? null;
  });
  const presetScopes = computed(
    () => new Set(method.value?.scopes.filter((scope) => scope.on).map((scope) => scope.id)),
  );

  const scopes = computed<ReadonlySet<string>>(() => chosenScopes.value ?? presetScopes.value);

  return {
    search,
    found: computed(() => findProviders(providers.list.value ?? [], search.value)),
    provider,
    method,
    name,
    environmentId,
    tags,
    params,
    scopes,
    hasClient: computed(() => {
      // The one that is told of belongs to the preset server; another site has another client.
      const isPreset = (provider.value?.params ?? []).every(({ id, default: preset }) =>
        [undefined, '', preset].includes(params.value[id]?.trim()),
      );
      return isPreset && method.value?.client?.keptId != null;
    }),
    secrets,
    attempt,
    chooseProvider(id) {
      batch(() => {
        if (id !== providerId.value) reset();
        providerId.value = id;
      });
    },
    chooseMethod(id) {
      batch(() => {
        if (id !== method.value?.id) chosenScopes.value = null;
        methodId.value = id;
      });
    },
    toggleScope(id) {
      const next = new Set(scopes.value);
      if (!next.delete(id)) next.add(id);
      chosenScopes.value = next;
    },
    submit() {
      const to = provider.value;
      const by = method.value;
      if (to === null || by === null || attempt.isBusy.value) return;
      const input = {
        providerId: to.id,
        methodId: by.id,
        params: params.value,
        name: name.value.trim() || null,
        environmentId: environmentId.value,
        tags: tagsOf(tags.value),
        scopes: [...scopes.value],
        credential: typedCredential(by.kind, secrets),
        client: by.client?.own === true ? typedClient(secrets) : null,
      };
      attempt.begin(originsFor(to, by, params.value), () => shared.call('connect', input));
    },
    leave() {
      attempt.leave();
      secrets.clear();
    },
  };

  /** Secrets and parameters belong to one provider: another must never get them. */
  function reset(): void {
    methodId.value = null;
    params.value = {};
    chosenScopes.value = null;
    secrets.clear();
  }
}

function findProviders(all: readonly ProviderSummary[], text: string): readonly ProviderSummary[] {
  const words = searchKey(text).split(/\s+/).filter(Boolean);
  return all
    .filter(({ name, id }) => words.every((word) => searchKey(`${name} ${id}`).includes(word)))
    .sort((a, b) => a.name.localeCompare(b.name));
}
