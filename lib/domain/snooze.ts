/** What a person does not want to hear about: for good (mute), or until a moment (snooze). Pure. */
import type { Connection } from './connection.ts';

/** Muted: no notification, still counted. Snoozed: neither, until a moment or until it is mended. */
export type Quietness = Pick<Connection, 'isMuted' | 'snoozedUntil'>;

/** Whether a notification about it is wanted. A snooze holds until the background has ended it. */
export function isHeard({ isMuted, snoozedUntil }: Quietness): boolean {
  return isMuted !== true && snoozedUntil === undefined;
}

/** A connection after its change: what was snoozed and is mended needs no snooze any more. */
export function endedByMending(before: Connection | null, after: Connection): Connection {
  const needed = ['reconnect', 'expiring'];
  const isMended =
    before !== null && needed.includes(before.health.kind) && after.health.kind === 'active';
  return isMended && after.snoozedUntil !== undefined ? unsnoozed(after) : after;
}

/** The same without its snooze. */
export function unsnoozed(connection: Connection): Connection {
  const { snoozedUntil: _over, ...rest } = connection;
  return rest;
}

export const SNOOZE_CHOICES = ['hour', 'tomorrow', 'week'] as const;
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

const HOUR_MS = 60 * 60 * 1000;
const MORNING = 9;
/** The longest snooze that may be asked for. */
export const SNOOZE_MAX_MS = 366 * 24 * HOUR_MS;

/** When such a snooze ends, epoch ms; days are those of the machine's time zone. */
export function snoozeEnd(choice: SnoozeChoice, now: number): number {
  const date = new Date(now);
  const at = (days: number): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, MORNING).getTime();
  switch (choice) {
    case 'hour':
      return now + HOUR_MS;
    case 'tomorrow':
      return at(1);
    case 'week':
      return at(7);
  }
}

/** What a person may change about hearing of a connection. */
export type HearingChoice = SnoozeChoice | 'end-snooze' | 'mute' | 'unmute';

/** A change of what is heard of a connection. */
export type HearingChange =
  | { readonly kind: 'mute' | 'unmute' }
  | { readonly kind: 'end-snooze' }
  /** Until then, epoch ms. */
  | { readonly kind: 'snooze'; readonly until: number };

/** What a choice comes to that was made `now`, epoch ms. */
export function hearingChange(choice: HearingChoice, now: number): HearingChange {
  return choice === 'end-snooze' || choice === 'mute' || choice === 'unmute'
    ? { kind: choice }
    : { kind: 'snooze', until: snoozeEnd(choice, now) };
}

/** What a choice needs to know of a connection. */
type Heard = Quietness & Pick<Connection, 'health'>;

/** Whether there is anything to snooze: in what asks for nothing there is not. */
export function hasToSnooze({ health }: Pick<Connection, 'health'>): boolean {
  return health.kind === 'reconnect' || health.kind === 'expiring';
}

/** What can be chosen for a connection. */
export function hearingChoices(connection: Heard): readonly HearingChoice[] {
  const mute = connection.isMuted === true ? 'unmute' : 'mute';
  if (connection.snoozedUntil !== undefined) return ['end-snooze', mute];
  return hasToSnooze(connection) ? [...SNOOZE_CHOICES, mute] : [mute];
}

/** What can be chosen for several at once: whatever changes at least one of them. */
export function hearingChoicesOf(connections: readonly Heard[]): readonly HearingChoice[] {
  const isThere = (test: (one: Heard) => boolean): boolean => connections.some(test);
  return [
    ...(isThere(hasToSnooze) ? SNOOZE_CHOICES : []),
    ...(isThere(({ snoozedUntil }) => snoozedUntil !== undefined) ? (['end-snooze'] as const) : []),
    ...(isThere(({ isMuted }) => isMuted !== true) ? (['mute'] as const) : []),
    ...(isThere(({ isMuted }) => isMuted === true) ? (['unmute'] as const) : []),
  ];
}
