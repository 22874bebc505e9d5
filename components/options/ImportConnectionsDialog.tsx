import type { VNode } from 'preact';
import {
  addsAnything,
  type ImportConnectionsForm,
  type ImportConnectionsState,
  type Preview,
} from '../../lib/client/options-transfer-import.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { BadFileNote } from './BadFileNote.tsx';
import { FileField } from './FileField.tsx';
import { Modal } from './Modal.tsx';
import { SecretField } from './SecretField.tsx';

interface Props {
  readonly form: ImportConnectionsForm;
  readonly onClose: () => void;
}

/** A file of connections is looked at before anything of it is kept. */
export function ImportConnectionsDialog({ form, onClose }: Props): VNode {
  const state = form.state.value;
  const isGood = state.kind === 'good';
  return (
    <Modal name={t('transfer_import')} onClose={onClose} isWide>
      <form
        class="modal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void (state.kind === 'locked' ? form.unlock() : form.confirm());
        }}
      >
        <div class="modal-body">
          <FileField
            label={t('transfer_file')}
            hint={t('transfer_drop')}
            accept=".json,application/json,.csv,text/csv"
            onFile={form.readFile}
          />
          <div role="status" aria-label={t('transfer_result')}>
            <Result state={state} fileName={form.fileName.value} />
          </div>
          {state.kind === 'locked' && (
            <SecretField label={t('field_passphrase')} value={form.passphrase} />
          )}
        </div>
        <footer class="modal-footer">
          <button type="button" class="button" onClick={onClose}>
            {t('action_go_back')}
          </button>
          {state.kind === 'locked' ? (
            <button
              type="submit"
              class="button button-main"
              disabled={form.passphrase.value === ''}
            >
              {t('transfer_unlock')}
            </button>
          ) : (
            <ChangeButton
              type="submit"
              class="button button-main"
              disabled={!isGood || !addsAnything(state) || form.isBusy.value}
            >
              {t('action_import')}
            </ChangeButton>
          )}
        </footer>
      </form>
    </Modal>
  );
}

function Result({
  state,
  fileName,
}: {
  readonly state: ImportConnectionsState;
  readonly fileName: string | null;
}): VNode | null {
  switch (state.kind) {
    case 'empty':
      return null;
    case 'reading':
      return <p class="hint">{t('import_reading')}</p>;
    case 'locked':
      return (
        <p class={state.isWrong ? 'note note-bad' : 'note'}>
          {state.isWrong ? tell(errorWords('transfer-passphrase-wrong')) : t('transfer_locked')}
        </p>
      );
    case 'bad':
      return <BadFileNote bad={state} fileName={fileName} />;
    case 'good':
      return <Good preview={state} />;
  }
}

function Good({ preview }: { readonly preview: Preview }): VNode {
  const { added, withSecret, present, leftOut, moved } = preview;
  const { environments, tags, views, flows, noRoom } = preview;
  const withoutSecret = added - withSecret;
  return (
    <div class="note note-good">
      <ul class="names">
        <li>{plural('transfer_added', added)}</li>
        {withSecret > 0 && <li>{plural('transfer_with_secret', withSecret)}</li>}
        {withoutSecret > 0 && <li>{plural('transfer_without_secret', withoutSecret)}</li>}
        {present > 0 && <li>{plural('transfer_present', present)}</li>}
        {leftOut.provider > 0 && (
          <li>
            {plural('transfer_unknown', leftOut.provider)}
            <MissingProviders preview={preview} />
          </li>
        )}
        {leftOut.method > 0 && <li>{plural('transfer_unknown_method', leftOut.method)}</li>}
        {leftOut.parameter > 0 && <li>{plural('transfer_misfit', leftOut.parameter)}</li>}
        {moved > 0 && <li>{plural('transfer_moved', moved)}</li>}
        {environments > 0 && <li>{plural('transfer_environments', environments)}</li>}
        {tags > 0 && <li>{plural('transfer_tags', tags)}</li>}
        {views > 0 && <li>{plural('transfer_views', views)}</li>}
        {flows > 0 && <li>{plural('transfer_flows', flows)}</li>}
        {noRoom > 0 && <li>{plural('transfer_no_room', noRoom)}</li>}
      </ul>
      <Names preview={preview} />
    </div>
  );
}

/** Which definitions to import, the most missed first. */
function MissingProviders({
  preview: { missing, missingMore },
}: {
  readonly preview: Preview;
}): VNode {
  return (
    <ul class="names" aria-label={t('transfer_missing')}>
      {missing.map(({ provider, count }) => (
        <li key={provider}>
          <code>
            <bdi>{provider}</bdi>
          </code>{' '}
          {plural('provider_connections', count)}
        </li>
      ))}
      {missingMore > 0 && <li>{plural('transfer_more', missingMore)}</li>}
    </ul>
  );
}

/** What is meant by the numbers, by name; folded, since it may be long. */
function Names({
  preview: { added, present, leftOut, names },
}: {
  readonly preview: Preview;
}): VNode {
  const all = [
    { title: t('transfer_names_added'), count: added, list: names.added },
    { title: t('transfer_names_present'), count: present, list: names.present },
    {
      title: t('transfer_names_left_out'),
      count: leftOut.provider + leftOut.method + leftOut.parameter,
      list: names.leftOut,
    },
  ];
  return (
    <details class="form-details">
      <summary>{t('transfer_names')}</summary>
      {all.map(
        ({ title, count, list }) =>
          count > 0 && (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul class="names">
                {list.map((name, at) => (
                  <li key={at}>
                    <bdi>{name}</bdi>
                  </li>
                ))}
                {count > list.length && <li>{plural('transfer_more', count - list.length)}</li>}
              </ul>
            </section>
          ),
      )}
    </details>
  );
}
