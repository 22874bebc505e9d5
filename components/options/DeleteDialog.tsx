import type { VNode } from 'preact';
import { environmentNameOf, hasSeveralEnvironments } from '../../lib/client/environments.ts';
import type { DeleteForm } from '../../lib/client/options-delete.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { CredentialsThatStay } from './CredentialsThatStay.tsx';
import { FlowsThatStop } from './FlowsThatStop.tsx';
import { Modal } from './Modal.tsx';
import { NameList } from './NameList.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: DeleteForm;
}

export function DeleteDialog({ model, form }: Props): VNode {
  const { connections } = form;
  const { close } = model.dialogs;
  const problem = form.problem.value;
  const progress = form.progress.value;
  const { flows, records } = model;
  const isSeveral = hasSeveralEnvironments(records.connections.value);
  // Whoever cannot be told what stops is not kept from deleting; whoever can be is told first.
  const isReading = flows.all.value === null && flows.trouble.value === null;
  return (
    <Modal
      name={plural('dialog_delete', connections.length)}
      onClose={progress === null ? close : form.stop}
    >
      <div class="modal-body">
        <NameList all={connections} label={t('delete_connections')}>
          {({ name, identity, provider, environmentId }) => (
            <>
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
                {isSeveral && (
                  <>
                    {' · '}
                    <bdi>{environmentNameOf(records.environments.value, environmentId)}</bdi>
                  </>
                )}
              </span>
            </>
          )}
        </NameList>
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
        <CredentialsThatStay left={form.leftAtSource.value} />
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
          disabled={form.isBusy.value || isReading}
          onClick={() => void form.submit()}
        >
          {t('action_delete')}
        </button>
      </footer>
    </Modal>
  );
}
