import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { ImportConnectionsDialog } from './ImportConnectionsDialog.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** The settings' group "Your connections": to a file, and from one. */
export function TransferSettings({ model }: Props): VNode {
  const { transfer, records } = model;
  const dialog = transfer.dialog.value;
  const hasNone = (records.connections.value ?? []).length === 0;
  // A dialog that is left by the address does not wait for one's return, its passphrase neither.
  useEffect(() => transfer.close, [transfer]);
  return (
    <section class="settings-group" aria-label={t('transfer')}>
      <h2>{t('transfer')}</h2>
      <div class="setting">
        <div class="provider-actions">
          <button
            type="button"
            class="button"
            disabled={hasNone}
            onClick={() => void transfer.exportJson()}
          >
            {t('transfer_export_json')}
          </button>
          <button
            type="button"
            class="button"
            disabled={hasNone}
            onClick={() => void transfer.exportCsv()}
          >
            {t('transfer_export_csv')}
          </button>
        </div>
        <p class="hint">{t('transfer_export_hint')}</p>
      </div>
      <div class="setting">
        <ChangeButton type="button" class="button" disabled={hasNone} onClick={transfer.openExport}>
          {t('transfer_export_secrets_open')}
        </ChangeButton>
        <p class="hint">{t('transfer_export_secrets_hint')}</p>
      </div>
      <div class="setting">
        <ChangeButton type="button" class="button" onClick={transfer.openImport}>
          {t('transfer_import_open')}
        </ChangeButton>
        <p class="hint">{t('transfer_import_hint')}</p>
      </div>
      {dialog?.kind === 'export' && <ExportDialog form={dialog.form} onClose={transfer.close} />}
      {dialog?.kind === 'import' && (
        <ImportConnectionsDialog form={dialog.form} onClose={transfer.close} />
      )}
    </section>
  );
}
