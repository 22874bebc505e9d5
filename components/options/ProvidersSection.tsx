import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { ProviderSummary } from '../../lib/client/options-providers.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ProviderMark } from '../ProviderMark.tsx';
import { useIsLocked } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
}

/** The services that can be connected to, and where their definitions come from. */
export function ProvidersSection({ model }: Props): VNode {
  const { providers } = model;
  const list = providers.list.value;
  const trouble = providers.trouble.value;
  return (
    <main class="page">
      <header class="page-header">
        <h1>{t('providers')}</h1>
        <ChangeButton class="button button-main" onClick={model.dialogs.importProvider}>
          {t('import_provider')}
        </ChangeButton>
      </header>
      <p class="quiet">{t('providers_explained')}</p>
      {trouble !== null && (
        <EmptyState title={t('providers_trouble')} text={tell(errorWords(trouble))} />
      )}
      {list?.length === 0 && (
        <EmptyState title={t('providers_none')} text={t('providers_none_text')} />
      )}
      {list !== null && list.length > 0 && (
        <ul class="providers" aria-label={t('providers')}>
          {list.map((provider) => (
            <ProviderCard key={provider.id} model={model} provider={provider} />
          ))}
        </ul>
      )}
    </main>
  );
}

function ProviderCard({ model, provider }: Props & { readonly provider: ProviderSummary }): VNode {
  const { name, hosts, links, verifiedOn, source, connections } = provider;
  return (
    <li class="provider">
      <ProviderMark mark={provider.mark} />
      <div class="provider-text">
        <h2 class="one-line">
          <bdi>{name}</bdi>
        </h2>
        <p class="quiet">
          {source === 'imported' ? t('source_imported') : t('source_catalogue')}
          {' · '}
          {connections > 0 ? (
            <a href={hashOf(model.list.routeOfProvider(provider.id))}>
              {plural('provider_connections', connections)}
            </a>
          ) : (
            plural('provider_connections', 0)
          )}
        </p>
        <p class="quiet hosts">
          <bdi>{t('asks_hosts', hosts.join(', '))}</bdi>
        </p>
        <p class="quiet">
          {t('verified_on', verifiedOn)}
          {' · '}
          <a
            href={links.docs}
            target="_blank"
            rel="noreferrer"
            aria-label={t('provider_docs_named', name)}
          >
            {t('provider_docs')}
          </a>
        </p>
      </div>
      <div class="provider-actions">
        <ConnectLink provider={provider} />
        {source === 'imported' && (
          <ChangeButton
            class="button button-danger"
            aria-label={t('remove_provider_named', name)}
            onClick={() => void model.actions.removeProvider(provider)}
          >
            {t('action_remove')}
          </ChangeButton>
        )}
      </div>
    </li>
  );
}

function ConnectLink({ provider: { id, name } }: { readonly provider: ProviderSummary }): VNode {
  const label = t('connect_named', name);
  // A link cannot be disabled.
  if (useIsLocked())
    return (
      <ChangeButton class="button" aria-label={label}>
        {t('action_connect')}
      </ChangeButton>
    );
  return (
    <a class="button" href={hashOf({ kind: 'new', providerId: id })} aria-label={label}>
      {t('action_connect')}
    </a>
  );
}
