import { browser } from 'wxt/browser';
import type { Notice } from '../domain/notice.ts';
import { noticeWords } from '../domain/words.ts';
import type { Notifier } from '../engine/ports.ts';
import { say } from './say.ts';

/** A provider's or a person's text in a notification is cut: it stands outside of our pages. */
const NAMES_SHOWN = 4;

/** The browser's notifications. What a platform cannot show never stops anything else. */
export const notifier: Notifier = {
  async show(notice, stoppedFlows) {
    const { title, message } = noticeWords(
      notice.connections.map(({ name }) => name),
      NAMES_SHOWN,
      stoppedFlows,
    );
    await browser.notifications
      .create(notice.id, {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png' as '/'),
        title: say(title),
        message: message.map(say).join('\n'),
        // Firefox refuses a notification that names buttons.
        ...(import.meta.env.FIREFOX ? {} : { buttons: [{ title: buttonOf(notice) }] }),
      })
      .catch(() => undefined);
  },
  async withdraw(id) {
    await browser.notifications.clear(id).catch(() => undefined);
  },
};

function buttonOf(notice: Notice): string {
  return browser.i18n.getMessage(
    (notice.connections.length === 1 ? 'action_reconnect' : 'action_show') as never,
  );
}

/** Calls `listener` with the id of a notification that the person answered. */
export function onNotificationAnswered(listener: (id: string) => void): void {
  browser.notifications.onClicked.addListener(listener);
  browser.notifications.onButtonClicked?.addListener(listener);
}
