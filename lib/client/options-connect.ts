/** The form "New connection": what was typed stays until it led to a connection. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Authorization } from '../domain/authorization.ts';
import { DEFAULT_ENVIRONMENT_ID } from '../domain/environment.ts';
import type { Input } from '../rpc/procedures.ts';
import { createAttempt, type Attempt } from './options-attempt.ts';
import { createProviderChoice, type ProviderChoice } from './options-choice.ts';
import type { Shared } from './options-deps.ts';
import { originsFor, type MethodSummary, type ProviderSummary } from './options-providers.ts';
import {
  createSecretFields,
  typedClient,
  typedCredential,
  type SecretFields,
} from './options-secrets.ts';
import { tagsOf } from './options-tags.ts';

/** What a form begins with: an earlier attempt, or the provider of a link and where the list is. */
export type Prefill = Partial<
  Pick<
    Authorization,
    'providerId' | 'methodId' | 'params' | 'name' | 'environmentId' | 'tags' | 'scopes'
  >
>;

interface TypedFields {
  readonly name: Signal<string>;
  readonly environmentId: Signal<string>;
  /** Between commas. */
  readonly tags: Signal<string>;
  readonly params: Signal<Readonly<Record<string, string>>>;
  readonly secrets: SecretFields;
}

export interface ConnectForm extends ProviderChoice, TypedFields {
  /** Whether a client that the person brought earlier is kept for the very server that is meant. */
  readonly hasClient: ReadonlySignal<boolean>;
  readonly attempt: Attempt;
  /** To be called in the click. */
  readonly submit: () => void;
  readonly leave: () => void;
}

/** @param onDone told the connection that came out of it */
export function createConnectForm(
  shared: Shared,
  prefill: Prefill,
  onDone: (connectionId: string) => void,
): ConnectForm {
  const fields: TypedFields = {
    name: signal(prefill.name ?? ''),
    environmentId: signal(prefill.environmentId ?? DEFAULT_ENVIRONMENT_ID),
    tags: signal((prefill.tags ?? []).join(', ')),
    params: signal(prefill.params ?? {}),
    secrets: createSecretFields(),
  };
  const { params, secrets } = fields;
  const choice = createProviderChoice(shared.providers, prefill, () => {
    params.value = {};
    secrets.clear();
  });
  const attempt = createAttempt(shared, (connectionId) => {
    secrets.clear();
    onDone(connectionId);
  });
  return {
    ...choice,
    ...fields,
    attempt,
    hasClient: computed(() => hasClient(choice, params.value)),
    submit() {
      const to = choice.provider.value;
      const by = choice.method.value;
      if (to === null || by === null || attempt.isBusy.value) return;
      const input = inputOf(to, by, choice.scopes.value, fields);
      const { signsInInTab } = shared.records.settings.value;
      attempt.begin(originsFor(to, by, params.value, signsInInTab), () =>
        shared.call('connect', input),
      );
    },
    leave() {
      attempt.leave();
      secrets.clear();
    },
  };
}

function inputOf(
  provider: ProviderSummary,
  method: MethodSummary,
  scopes: ReadonlySet<string>,
  { name, environmentId, tags, params, secrets }: TypedFields,
): Input<'connect'> {
  return {
    providerId: provider.id,
    methodId: method.id,
    params: params.value,
    name: name.value.trim() || null,
    environmentId: environmentId.value,
    tags: tagsOf(tags.value),
    scopes: [...scopes],
    credential: typedCredential(method.kind, secrets),
    client: method.client?.own === true ? typedClient(secrets) : null,
  };
}

/** The client that is told of belongs to the preset server; another site has another one. */
function hasClient(
  { provider, method }: ProviderChoice,
  params: Readonly<Record<string, string>>,
): boolean {
  const isPreset = (provider.value?.params ?? []).every(({ id, default: preset }) =>
    [undefined, '', preset].includes(params[id]?.trim()),
  );
  return isPreset && method.value?.client?.keptId != null;
}
