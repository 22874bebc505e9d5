import type { VNode } from 'preact';
import type { ImportForm, ImportState } from '../../lib/client/options-import.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { ProviderMark } from '../ProviderMark.tsx';
import { BadFileNote } from './BadFileNote.tsx';
import { FileField } from './FileField.tsx';
import { methodLabel } from './method-label.ts';
import { Modal } from './Modal.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: ImportForm;
}

/** A definition is looked at before it is kept: what is wrong with it, or what it will ask for. */
export function ImportDialog({ model, form }: Props): VNode {
  const state = form.state.value;
  return (
    <Modal name={t('import_provider')} onClose={model.dialogs.close} isWide>
      <div class="modal-body">
        <FileField label={t('import_file')} hint={t('import_drop')} onFile={form.readFile} />
        <Paste form={form} />
        <div role="status" aria-label={t('import_result')}>
          <Result state={state} fileName={form.fileName.value} />
        </div>
      </div>
      <footer class="modal-footer">
        <button type="button" class="button" onClick={model.dialogs.close}>
          {t('action_go_back')}
        </button>
        <button
          type="button"
          class="button button-main"
          disabled={state.kind !== 'good' || form.isBusy.value}
          onClick={() => void form.keep()}
        >
          {state.kind === 'good' && state.replaces ? t('action_replace') : t('action_import')}
        </button>
      </footer>
    </Modal>
  );
}

function Paste({ form }: { readonly form: ImportForm }): VNode {
  return (
    <details class="form-details">
      <summary>{t('import_paste')}</summary>
      <textarea
        class="field field-mono paste"
        rows={6}
        spellcheck={false}
        aria-label={t('import_text')}
        value={form.pasted.value}
        onInput={(event) => {
          form.pasted.value = event.currentTarget.value;
        }}
      />
      <button
        type="button"
        class="button"
        disabled={form.pasted.value.trim() === ''}
        onClick={() => void form.readPasted()}
      >
        {t('import_look')}
      </button>
    </details>
  );
}

function Result({
  state,
  fileName,
}: {
  readonly state: ImportState;
  readonly fileName: string | null;
}): VNode | null {
  switch (state.kind) {
    case 'empty':
      return null;
    case 'reading':
      return <p class="hint">{t('import_reading')}</p>;
    case 'bad':
      return <BadFileNote bad={state} fileName={fileName} />;
    case 'good':
      return <Good state={state} />;
  }
}

function Good({ state }: { readonly state: Extract<ImportState, { kind: 'good' }> }): VNode {
  const { provider } = state;
  return (
    <div class="note note-good">
      <p class="form-heading">
        <ProviderMark mark={provider.mark} />
        <strong>
          <bdi>{provider.name}</bdi>
        </strong>
      </p>
      <dl class="facts">
        <div class="fact">
          <dt>{t('method_title')}</dt>
          <dd>{provider.methods.map(methodLabel).join(', ')}</dd>
        </div>
        <div class="fact">
          <dt>{plural('import_hosts', provider.hosts.length)}</dt>
          <dd>
            <ul class="chips">
              {provider.hosts.map((host) => (
                <li key={host} class="chip">
                  <bdi>{host}</bdi>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
      <p>{state.replaces ? t('import_replaces') : t('import_trust')}</p>
    </div>
  );
}
