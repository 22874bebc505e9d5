/** Which provider, which of its ways to authorise, and which of its scopes a new connection is for. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { searchKey, searchWords } from '../domain/query.ts';
import { toggled } from '../domain/toggled.ts';
import type { Prefill } from './options-connect.ts';
import type { MethodSummary, OptionsProviders, ProviderSummary } from './options-providers.ts';

export interface ProviderChoice {
  readonly search: Signal<string>;
  /** Providers that fit the search, by name. */
  readonly found: ReadonlySignal<readonly ProviderSummary[]>;
  readonly provider: ReadonlySignal<ProviderSummary | null>;
  /** The chosen one, or the provider's first. */
  readonly method: ReadonlySignal<MethodSummary | null>;
  /** As the provider presets them, until the person changes one. */
  readonly scopes: ReadonlySignal<ReadonlySet<string>>;
  readonly toggleScope: (id: string) => void;
  readonly chooseProvider: (id: string | null) => void;
  readonly chooseMethod: (id: string) => void;
}

/** @param onOther called before another provider is chosen: nothing typed for one may reach another */
export function createProviderChoice(
  providers: OptionsProviders,
  prefill: Prefill,
  onOther: () => void,
): ProviderChoice {
  const search = signal('');
  const providerId = signal<string | null>(prefill.providerId ?? null);
  const methodId = signal<string | null>(prefill.methodId ?? null);
  const chosen = signal<ReadonlySet<string> | null>(
    prefill.scopes === undefined ? null : new Set(prefill.scopes),
  );
  const provider = computed(() =>
    providerId.value === null ? null : (providers.find(providerId.value) ?? null),
  );
  const method = computed(() => {
    const all = provider.value?.methods ?? [];
    return all.find((one) => one.id === methodId.value) ?? all[0] ?? null;
  });
  const scopes = computed<ReadonlySet<string>>(() => chosen.value ?? preset(method.value));
  return {
    search,
    found: computed(() => findProviders(providers.list.value ?? [], search.value)),
    provider,
    method,
    scopes,
    toggleScope(id) {
      chosen.value = toggled(scopes.value, id);
    },
    chooseProvider(id) {
      batch(() => {
        if (id !== providerId.value) {
          onOther();
          methodId.value = null;
          chosen.value = null;
        }
        providerId.value = id;
      });
    },
    chooseMethod(id) {
      batch(() => {
        if (id !== method.value?.id) chosen.value = null;
        methodId.value = id;
      });
    },
  };
}

function preset(method: MethodSummary | null): ReadonlySet<string> {
  return new Set(method?.scopes.filter((scope) => scope.on).map((scope) => scope.id));
}

function findProviders(all: readonly ProviderSummary[], text: string): readonly ProviderSummary[] {
  const words = searchWords(text);
  return all
    .filter(({ name, id }) => words.every((word) => searchKey(`${name} ${id}`).includes(word)))
    .sort((a, b) => a.name.localeCompare(b.name));
}
