import type { VNode } from 'preact';
import type { MessagesModel } from '../../lib/client/messages.ts';
import type { DamageDialogs } from '../../lib/client/options-damage.ts';
import { t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { Messages } from '../Messages.tsx';
import { Modal } from './Modal.tsx';
import { useFocusAfterRemoval } from './use-focus-after-removal.ts';

interface Props {
  readonly damage: DamageDialogs;
  readonly messages: MessagesModel;
  readonly now: number;
}

/** Everything that cannot be read: which it is, a copy to keep, and destroying it. */
export function UnreadableDialog({ damage, messages, now }: Props): VNode {
  const items = damage.items();
  const list = useFocusAfterRemoval<HTMLUListElement>(items.length);
  return (
    <Modal name={t('unreadable')} onClose={damage.close}>
      <div class="modal-body">
        <p>{t('unreadable_explained')}</p>
        <ul ref={list} class="unreadable" aria-label={t('unreadable')}>
          {items.map(({ id, name, store, foundAt }) => (
            <li key={id}>
              <span>
                <bdi>{name}</bdi>
                <span class="quiet">
                  {' · '}
                  {t(`unreadable_store_${store}`)}
                  {' · '}
                  <RelativeTime at={foundAt} now={now} />
                </span>
              </span>
              <ChangeButton
                class="button button-danger"
                aria-label={t('delete_named', name)}
                onClick={() => void damage.destroy(id)}
              >
                {t('action_delete')}
              </ChangeButton>
            </li>
          ))}
        </ul>
        <p class="hint">{t('unreadable_destroy_hint')}</p>
        <p class="hint">{t('unreadable_save_hint')}</p>
      </div>
      <footer class="modal-footer">
        <button type="button" class="button" onClick={damage.saveCopy}>
          {t('unreadable_save')}
        </button>
        <button type="button" class="button button-main" onClick={damage.close}>
          {t('action_close')}
        </button>
      </footer>
      {/* The page's own are out of reach behind this dialog. */}
      <Messages model={messages} />
    </Modal>
  );
}
