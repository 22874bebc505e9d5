import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { ForgetSecrets } from './VaultGroup.tsx';
import { reasonText } from '../ViewOnlyNote.tsx';

/** Whether changes are locked, who locked them, and the way to lock and unlock them. */
export function ViewOnlyGroup({ model }: { readonly model: OptionsModel }): VNode {
  const viewOnly = model.records.viewOnly.value;
  const { lock, unlock } = model.viewOnlyDialogs;
  return (
    <section class="settings-group" aria-label={t('view_only')}>
      <h2>{t('view_only')}</h2>
      {viewOnly.kind !== 'off' && <p dir="auto">{reasonText(viewOnly)}</p>}
      <p>{t('view_only_explained')}</p>
      <p class="hint">{t('view_only_role')}</p>
      {viewOnly.kind !== 'organisation' && (
        <div class="provider-actions">
          {viewOnly.kind === 'off' ? (
            <button type="button" class="button" onClick={lock}>
              {t('action_lock_changes')}
            </button>
          ) : (
            <button type="button" class="button" onClick={unlock}>
              {t('action_unlock_changes')}
            </button>
          )}
          {viewOnly.kind === 'passphrase' && <ForgetSecrets model={model} />}
        </div>
      )}
      {viewOnly.kind === 'passphrase' && <p class="hint">{t('view_only_forgotten')}</p>}
    </section>
  );
}
