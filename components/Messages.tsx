import type { VNode } from 'preact';
import type { MessagesModel } from '../lib/client/messages.ts';
import { t } from '../lib/client/translate.ts';
import { ChangeButton } from './ChangeButton.tsx';
import { Icon } from './Icon.tsx';

/** Where every outcome is said. Stands in the page from the start: a live region that comes later is not heard. */
export function Messages({ model }: { readonly model: MessagesModel }): VNode {
  return (
    <div class="messages" role="status" aria-label={t('messages')}>
      {model.list.value.map((message) => (
        <div key={message.id} class={`message message-${message.tone}`}>
          <span dir="auto">{message.text}</span>
          {[message.action, message.also].map(
            (action) =>
              action !== null && (
                <ChangeButton
                  key={action.label}
                  isChange={action.isChange === true}
                  class="button button-plain"
                  aria-keyshortcuts={
                    action.isUndo === true && message === model.lastUndo.value
                      ? 'Control+Z'
                      : undefined
                  }
                  onClick={() => model.act(message, action)}
                >
                  {action.label}
                </ChangeButton>
              ),
          )}
          <button
            type="button"
            class="button button-icon"
            aria-label={t('action_dismiss')}
            onClick={() => model.dismiss(message.id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
