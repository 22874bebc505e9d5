import type { Output } from '../rpc/procedures.ts';
import { plural, t } from './translate.ts';

/** What a check of some connections found, and how many it did not come to. */
export function checkedText(outcome: Output<'checkNow'>): string {
  const { checked, reconnect, unverified, left } = outcome;
  if (checked === 0) return t('message_none_checked');
  return [
    plural('message_checked', checked),
    ...(reconnect > 0 ? [plural('summary_reconnect', reconnect)] : []),
    ...(unverified > 0 ? [plural('summary_unverified', unverified)] : []),
    ...(left.length > 0 ? [plural('summary_not_asked', left.length)] : []),
  ].join(' · ');
}
