import type { VNode } from 'preact';
import type { Bulk, BulkOutcome } from '../../lib/client/options-bulk.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { Modal } from './Modal.tsx';

/** The most that are listed; those that went wrong stand first. */
const SHOWN = 200;

/** What an action came to for each connection. */
export function BulkOutcomesDialog({
  bulk,
  outcomes,
}: {
  readonly bulk: Bulk;
  readonly outcomes: readonly BulkOutcome[];
}): VNode {
  const rest = outcomes.length - SHOWN;
  return (
    <Modal name={t('bulk_outcomes')} onClose={bulk.closeOutcomes}>
      <div class="modal-body">
        <ul class="names">
          {outcomes.slice(0, SHOWN).map(({ connection, text, isBad }) => (
            <li key={connection.id}>
              <bdi>{connection.name}</bdi>
              <span class={isBad ? 'bad' : 'quiet'}>
                {' · '}
                {text}
              </span>
            </li>
          ))}
          {rest > 0 && <li class="quiet">{plural('notice_more', rest)}</li>}
        </ul>
      </div>
      <footer class="modal-footer">
        <button type="button" class="button" onClick={bulk.closeOutcomes}>
          {t('action_close')}
        </button>
      </footer>
    </Modal>
  );
}
