import type { VNode } from 'preact';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import { t } from '../../lib/client/translate.ts';
import { ProviderMark } from '../ProviderMark.tsx';
import { useFirstFieldFocus } from './use-first-field-focus.ts';

/** The first step of a new connection: to which service. */
export function ProviderPicker({ form }: { readonly form: ConnectForm }): VNode {
  const found = form.found.value;
  const element = useFirstFieldFocus<HTMLDivElement>();
  return (
    <div ref={element} class="modal-body">
      <input
        class="field"
        type="search"
        aria-label={t('provider_search')}
        placeholder={t('provider_search')}
        value={form.search.value}
        onInput={(event) => {
          form.search.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          const [only] = found;
          if (event.key !== 'Enter' || only === undefined || found.length > 1) return;
          event.preventDefault();
          form.chooseProvider(only.id);
        }}
      />
      <ul class="provider-choices" aria-label={t('provider_choose')}>
        {found.map((provider) => (
          <li key={provider.id}>
            <button
              type="button"
              class="provider-choice"
              onClick={() => form.chooseProvider(provider.id)}
            >
              <ProviderMark mark={provider.mark} />
              <bdi class="one-line">{provider.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p class="hint">
          {t('provider_none_found')} <a href="#/providers">{t('provider_import_link')}</a>
        </p>
      )}
    </div>
  );
}
