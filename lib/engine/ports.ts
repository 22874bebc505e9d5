/**
 * The powers that the use cases need, as functions. The browser's are in `lib/browser`; tests bring
 * their own.
 */
import type { HealthCounts } from '../domain/connection.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Send } from '../domain/exchange.ts';
import type { Marker } from '../domain/marker.ts';
import type { BadgeFace, Notice } from '../domain/notice.ts';
import type { Provider } from '../providers/schema.ts';
import type { Change } from '../rpc/changes.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';

export interface Ports {
  /** Epoch ms. */
  readonly now: () => number;
  /** How far our clock is ahead of the world's, as answers have it; `null` while it is right. */
  readonly clockOff?: () => number | null;
  /** 0 ≤ chance < 1. */
  readonly chance: () => number;
  readonly newId: () => string;
  /** Resolves after so many milliseconds; only ever short of what a worker lives idle. */
  readonly pause: (ms: number) => Promise<void>;
  readonly send: Send;
  readonly database: () => Promise<Database>;
  readonly vault: Vault;
  /** How many connections there were, outside of the database. */
  readonly marker: MarkerPort;
  /** The built-in providers, in the order of their names. */
  readonly catalogue: () => Promise<readonly Provider[]>;
  /** One at a time by name, across every context of the extension. */
  readonly lock: <T>(name: string, run: () => Promise<T>) => Promise<T>;
  readonly authWindow: AuthWindow;
  /** The same in an ordinary tab, for browsers whose window fails. */
  readonly authTab: AuthWindow;
  /** What the organisation that manages the browser set; nothing where none does. */
  readonly managed: () => Promise<unknown>;
  readonly hasOrigins: (origins: readonly string[]) => Promise<boolean>;
  /** Gives every granted host back. */
  readonly dropOrigins: () => Promise<void>;
  /** Takes the `Origin` header off our requests to these addresses. */
  readonly stripOrigin: (urls: readonly string[]) => Promise<void>;
  readonly drawBadge: (face: BadgeFace, counts: HealthCounts) => Promise<void>;
  readonly notifier: Notifier;
  /** Wakes the background then, even if it has been stopped; `null`: not at all. */
  readonly wakeAt: (at: number | null) => Promise<void>;
  /** Keeps the background alive while one bounded job runs. */
  readonly keepAwake: <T>(job: () => Promise<T>) => Promise<T>;
  readonly announce: (change: Change) => void;
}

export interface MarkerPort {
  readonly read: () => Promise<Marker>;
  readonly write: (count: number, now: number) => Promise<void>;
}

export interface AuthWindow {
  /** The address that a provider sends the person back to: ours alone, one path a provider. */
  readonly redirectUrl: (path: string) => string;
  /**
   * Opens the browser's own sign-in window and waits for it to come back to {@link redirectUrl}.
   * @param onOpened told the window's id as soon as there is one
   */
  readonly open: (
    url: string,
    signal: AbortSignal,
    onOpened: (windowId: number) => void,
  ) => Promise<WindowOutcome>;
  /**
   * Loads an address in the browser's own flow without ever showing a window. A page that wants a
   * person ends as `window-needs-person`, one that never loads as `window-timeout`; a browser that
   * has no such flow says `window-failed`.
   * @param waits for what the page's scripts do, until the time is over; otherwise the first page
   * that loads is the end
   */
  readonly probe: (url: string, withinMs: number, waits: boolean) => Promise<WindowOutcome>;
  /** Windows of the kind that the browser signs in with; an address is told for permitted hosts alone. */
  readonly popups: () => Promise<readonly { readonly id: number; readonly url: string | null }[]>;
  /** Closes a window that an earlier worker left open; quietly when it is gone. */
  readonly closeLeftover: (windowId: number) => Promise<void>;
}

export type WindowOutcome =
  | { readonly kind: 'answer'; readonly url: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface Notifier {
  /** @param stoppedFlows how many flows stop with its connections */
  readonly show: (notice: Notice, stoppedFlows: number) => Promise<void>;
  readonly withdraw: (id: string) => Promise<void>;
}
