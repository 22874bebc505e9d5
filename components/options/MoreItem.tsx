import type { VNode } from 'preact';
import { plural } from '../../lib/client/translate.ts';

/** Ends a list that shows its beginning; nothing where that is all. */
export function MoreItem({ left }: { readonly left: number }): VNode | null {
  return left > 0 ? <li class="quiet">{plural('notice_more', left)}</li> : null;
}
