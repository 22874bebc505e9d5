import type { Authorization } from './authorization.ts';
import type { ErrorCode } from './errors.ts';

/** What a sign-in window can fail by that an ordinary tab does not know. */
const TAB_HELPS: readonly ErrorCode[] = [
  'window-busy',
  'window-failed',
  'window-incognito',
  'window-missing',
  'window-page-failed',
  'window-stuck',
  'window-timeout',
];

/** Whether an attempt ended by its window, so that it may be tried in a tab. */
export function mayGoOnInTab({
  state,
  isInTab,
}: Pick<Authorization, 'state' | 'isInTab'>): boolean {
  return state.kind === 'failed' && isInTab !== true && TAB_HELPS.includes(state.code);
}
