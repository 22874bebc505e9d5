/**
 * "Something was committed": the background says what it was about, pages read that again. It carries
 * no record, so nothing can leak and nobody can be out of step for longer than one read.
 */
const CHANNEL = 'patchbay-changes';

export type ChangedKind =
  | 'connections'
  | 'authorizations'
  | 'providers'
  | 'settings'
  | 'deletions'
  | 'views'
  | 'tags'
  | 'repair'
  | 'flows'
  | 'activity'
  | 'network'
  | 'quarantine'
  | 'checking';

/** A running check of many, for progress. Not stored: when the worker dies it is over. */
export interface CheckingProgress {
  readonly done: number;
  readonly total: number;
}

export interface Change {
  readonly kinds: readonly ChangedKind[];
  readonly checking: CheckingProgress | null;
  /** Which connections, where it is about some; absent: any of them. */
  readonly ids?: readonly string[];
  /** Deleted connections whose access the provider has just ended, by name: they have no record to read. */
  readonly revoked?: readonly string[];
  /** A tag that has another key now; `null`: it was deleted. */
  readonly tag?: { readonly key: string; readonly newKey: string | null };
}

/** Opens the announcing side. */
export function openAnnouncer(): (change: Change) => void {
  const channel = new BroadcastChannel(CHANNEL);
  return (change) => channel.postMessage(change);
}

/** One for all that listen in a page: each channel would be told of each commit by itself. */
let heard: BroadcastChannel | null = null;
const hearing = new Set<(event: MessageEvent<Change>) => void>();

/** Calls `listener` after each commit. @returns a function that ends it */
export function onChange(listener: (change: Change) => void): () => void {
  const channel = (heard ??= new BroadcastChannel(CHANNEL));
  const hear = (event: MessageEvent<Change>): void => listener(event.data);
  channel.addEventListener('message', hear);
  hearing.add(hear);
  return () => {
    channel.removeEventListener('message', hear);
    hearing.delete(hear);
    if (hearing.size > 0) return;
    heard?.close();
    heard = null;
  };
}
