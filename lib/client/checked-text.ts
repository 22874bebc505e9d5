import type { Output } from '../rpc/procedures.ts';
import { plural, t } from './translate.ts';

/** What a check of some connections found. */
export function checkedText({ checked, reconnect, unverified }: Output<'checkNow'>): string {
  if (checked === 0) return t('message_none_checked');
  return [
    plural('message_checked', checked),
    ...(reconnect > 0 ? [plural('summary_reconnect', reconnect)] : []),
    ...(unverified > 0 ? [plural('summary_unverified', unverified)] : []),
  ].join(' · ');
}
