import type { VNode } from 'preact';
import type { DeleteForm } from '../../lib/client/options-delete.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { FlowsThatStop } from './FlowsThatStop.tsx';
import { Modal } from './Modal.tsx';
import { MoreItem } from './MoreItem.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: DeleteForm;
}

/** How many names are listed before the rest is only counted. */
const NAMES_SHOWN = 8;

export function DeleteDialog({ model, form }: Props): VNode {
  const { connections } = form;
  const { close } = model.dialogs;
  const problem = form.problem.value;
  const progress = form.progress.value;
  const { shown, left } = beginningOf(connections, NAMES_SHOWN);
  return (
    <Modal
      name={plural('dialog_delete', connections.length)}
      onClose={progress === null ? close : form.stop}
    >
      <div class="modal-body">
        <ul class="names">
          {shown.map(({ id, name, identity, provider }) => (
            <li key={id}>
              <bdi>{name}</bdi>
              <span class="quiet">
                {' · '}
                <bdi>{provider.name}</bdi>
                {identity !== null && (
                  <>
                    {' · '}
                    <bdi>{identity.label}</bdi>
                  </>
                )}
              </span>
            </li>
          ))}
          <MoreItem left={left} />
        </ul>
        <FlowsThatStop model={model} connections={connections} />
        <p>{t('delete_what_goes')}</p>
        <p>{t('delete_what_stays')}</p>
        {form.revocable.value.length > 0 && (
          <label class="choice">
            <input
              type="checkbox"
              checked={form.revokes.value}
              onChange={(event) => {
                form.revokes.value = event.currentTarget.checked;
              }}
            />
            <span>
              {t('delete_revoke', form.revocable.value.join(', '))}
              <span class="hint">{t('delete_revoke_hint')}</span>
            </span>
          </label>
        )}
        {problem !== null && <ProblemNote problem={{ code: problem, detail: null }} />}
      </div>
      <footer class="modal-footer">
        {progress !== null && (
          <>
            <progress value={progress.done} max={progress.total} aria-label={t('action_delete')} />
            <button type="button" class="button" onClick={form.stop}>
              {t('bulk_progress', progress.done, progress.total)}
            </button>
          </>
        )}
        <button type="button" class="button" disabled={progress !== null} onClick={close}>
          {t('action_go_back')}
        </button>
        <button
          type="button"
          class="button button-danger"
          disabled={form.isBusy.value}
          onClick={() => void form.submit()}
        >
          {t('action_delete')}
        </button>
      </footer>
    </Modal>
  );
}
