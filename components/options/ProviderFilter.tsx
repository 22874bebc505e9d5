import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { t } from '../../lib/client/translate.ts';

/** The providers in use, each a view of its own that can be bookmarked. */
export function ProviderFilter({ model }: { readonly model: OptionsModel }): VNode {
  const { list } = model;
  const chosen = list.query.value.providerId;
  const entry = (id: string | null, name: string, count: number): VNode => (
    <li key={id ?? ''}>
      <a
        class="filter"
        href={hashOf(list.routeOfProvider(id))}
        aria-current={id === chosen ? 'true' : undefined}
      >
        <bdi class="one-line">{name}</bdi>
        <span class="count">{count}</span>
      </a>
    </li>
  );
  return (
    <>
      <h2 class="filters-title">{t('providers')}</h2>
      <ul aria-label={t('providers')}>
        {entry(null, t('providers_all'), list.facets.value.ofAllProviders)}
        {list.facets.value.providers.map(({ id, name, count }) => entry(id, name, count))}
      </ul>
    </>
  );
}
