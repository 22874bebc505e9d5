/** Signing in in a tab, where the browser's own window fails: chosen once, and kept as a setting. */
import type { Shared } from './options-deps.ts';
import { t } from './translate.ts';

/**
 * Keeps that people sign in in a tab, and says so.
 * @param isPermitted whether the browser lets us see where the tab comes back to; nothing changes otherwise
 * @returns whether it is so from now on
 */
export async function changesToTab(
  { call, messages }: Pick<Shared, 'call' | 'messages'>,
  isPermitted: boolean,
): Promise<boolean> {
  if (!isPermitted) {
    messages.say(t('error_tab_not_permitted'), 'bad');
    return false;
  }
  await call('saveSettings', { signsInInTab: true });
  messages.say(t('message_signs_in_in_tab'), 'plain');
  return true;
}
