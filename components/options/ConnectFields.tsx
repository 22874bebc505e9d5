import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { MethodSummary, ProviderSummary } from '../../lib/client/options-providers.ts';
import { t, plural } from '../../lib/client/translate.ts';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { ProviderMark } from '../ProviderMark.tsx';
import { ClientFields } from './ClientFields.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { methodLabel } from './method-label.ts';
import { TextField } from './TextField.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ConnectForm;
}

/** Everything that is filled in for a new connection, what must be before what may be. */
export function ConnectFields({ model, form }: Props): VNode | null {
  const provider = form.provider.value;
  const method = form.method.value;
  if (provider === null || method === null) return null;
  return (
    <>
      <Heading provider={provider} />
      {provider.methods.length > 1 && <MethodChoice form={form} provider={provider} />}
      {provider.params.map((param) => (
        <TextField
          key={param.id}
          label={param.label}
          isAddress={param.kind === 'site'}
          placeholder={param.default ?? param.example}
          isRequired={param.default === null}
          maxLength={500}
          value={form.params.value[param.id] ?? ''}
          onInput={(text) => {
            form.params.value = { ...form.params.value, [param.id]: text };
          }}
        />
      ))}
      <CredentialFields method={method} secrets={form.secrets} />
      {method.kind !== 'oauth2' && provider.links.key !== null && (
        <p class="hint">
          <a href={provider.links.key} target="_blank" rel="noreferrer">
            {t('key_page', provider.name)}
          </a>
        </p>
      )}
      {method.client?.own === true && (
        <ClientFields
          client={method.client}
          secrets={form.secrets}
          appPage={provider.links.app}
          onCopy={model.actions.copyText}
          isKept={form.hasClient.value}
        />
      )}
      <TextField label={t('field_name')} value={form.name} hint={t('field_name_hint')} />
      <EnvironmentField model={model} form={form} />
      <TextField
        label={t('field_tags')}
        value={form.tags}
        hint={t('field_tags_hint')}
        maxLength={1000}
      />
      {method.scopes.length > 0 && <ScopeChoice form={form} method={method} />}
    </>
  );
}

function Heading({ provider }: { readonly provider: ProviderSummary }): VNode {
  return (
    <div class="form-heading">
      <ProviderMark mark={provider.mark} />
      <div>
        <strong>
          <bdi>{provider.name}</bdi>
        </strong>
        <p class="hint one-line">{t('asks_hosts', provider.hosts.join(', '))}</p>
      </div>
      <a href={provider.links.docs} target="_blank" rel="noreferrer">
        {t('provider_docs')}
      </a>
    </div>
  );
}

function MethodChoice({
  form,
  provider,
}: {
  readonly form: ConnectForm;
  readonly provider: ProviderSummary;
}): VNode {
  const name = useId();
  return (
    <fieldset class="form-group">
      <legend>{t('method_title')}</legend>
      {provider.methods.map((method) => (
        <label key={method.id} class="choice">
          <input
            type="radio"
            name={name}
            checked={method.id === form.method.value?.id}
            onChange={() => form.chooseMethod(method.id)}
          />
          <bdi>{methodLabel(method)}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

function EnvironmentField({ model, form }: Props): VNode {
  const id = useId();
  return (
    <div class="form-row">
      <label for={id}>{t('environment')}</label>
      <EnvironmentSelect
        id={id}
        environments={model.records.environments.value}
        value={form.environmentId.value}
        hasAll={false}
        onChange={(environmentId) => {
          if (environmentId !== null) form.environmentId.value = environmentId;
        }}
      />
    </div>
  );
}

function ScopeChoice({
  form,
  method,
}: {
  readonly form: ConnectForm;
  readonly method: MethodSummary;
}): VNode {
  const chosen = form.scopes.value;
  return (
    <details class="form-details">
      <summary>{plural('scopes_asked', chosen.size)}</summary>
      {method.scopes.map((scope) => (
        <label key={scope.id} class="choice">
          <input
            type="checkbox"
            checked={chosen.has(scope.id)}
            onChange={() => form.toggleScope(scope.id)}
          />
          <bdi>{scope.label}</bdi>
          <code class="quiet">{scope.id}</code>
        </label>
      ))}
    </details>
  );
}
