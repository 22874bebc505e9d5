import type { VNode } from 'preact';
import type { Bulk, BulkOutcome } from '../../lib/client/options-bulk.ts';
import { t } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { Modal } from './Modal.tsx';
import { MoreItem } from './MoreItem.tsx';

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
  const { shown, left } = beginningOf(outcomes, SHOWN);
  return (
    <Modal name={t('bulk_outcomes')} onClose={bulk.closeOutcomes}>
      <div class="modal-body">
        <ul class="names">
          {shown.map(({ connection, text, isBad }) => (
            <li key={connection.id}>
              <bdi>{connection.name}</bdi>
              <span class={isBad ? 'bad' : 'quiet'}>
                {' · '}
                {text}
              </span>
            </li>
          ))}
          <MoreItem left={left} />
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
