import { browser } from 'wxt/browser';
import type { Notice } from '../domain/notice.ts';
import { wordsOfNotice } from '../domain/notice-words.ts';
import type { Notifier } from '../engine/ports.ts';
import { say } from './say.ts';

/** A provider's or a person's text in a notification is cut: it stands outside of our pages. */
const NAMES_SHOWN = 4;

/** The browser's notifications. What a platform cannot show never stops anything else. */
export const notifier: Notifier = {
  async show(notice, stoppedFlows) {
    const { title, message } = wordsOfNotice(notice, NAMES_SHOWN, stoppedFlows, Date.now());
    await browser.notifications
      .create(notice.id, {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png' as '/'),
        title: say(title),
        message: message.map(say).join('\n'),
        // Firefox refuses a notification that names buttons.
        ...(import.meta.env.FIREFOX ? {} : { buttons: buttonsOf(notice) }),
      })
      .catch(() => undefined);
  },
  async withdraw(id) {
    await browser.notifications.clear(id).catch(() => undefined);
  },
};

/** At most two are shown. */
function buttonsOf({ connections }: Notice): { title: string }[] {
  const isOne = connections.length === 1;
  const answers = [isOne ? 'action_reconnect' : 'action_show', 'snooze_tomorrow'] as const;
  return answers.map((key) => ({ title: say({ key }) }));
}

/** What a person can answer to a notification; a click on the notification itself mends. */
const ANSWERS = ['mend', 'snooze'] as const;

/** Calls `listener` with the id of a notification that the person answered, and how. */
export function onNotificationAnswered(
  listener: (id: string, answer: (typeof ANSWERS)[number]) => void,
): void {
  browser.notifications.onClicked.addListener((id) => listener(id, 'mend'));
  browser.notifications.onButtonClicked?.addListener((id, button) =>
    listener(id, ANSWERS[button] ?? 'mend'),
  );
}
