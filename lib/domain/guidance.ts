/**
 * What a person should know beside the state of a connection before they press Reconnect, or wonder
 * why they need not. Pure.
 */
import type { Connection } from './connection.ts';

export type Guidance =
  /** It works, and data does not move because a person stopped it. */
  | { readonly kind: 'paused' }
  /** Mending it moves no data: a person stopped that beside. */
  | { readonly kind: 'paused-too' }
  /** It works: whatever looks old has another cause. */
  | { readonly kind: 'not-the-credential' };

/** @returns `null` where the state says it all */
export function guidanceFor({
  health,
  sync,
}: Pick<Connection, 'health' | 'sync'>): Guidance | null {
  const isActive = health.kind === 'active';
  if (sync.kind === 'paused') return { kind: isActive ? 'paused' : 'paused-too' };
  return isActive ? { kind: 'not-the-credential' } : null;
}
