/**
 * Which records can be read: a look at their shape before anything believes them. What has been damaged,
 * or was written by a version that knows more, must not take the others down with it.
 *
 * A few comparisons each, since lists look at every record that they read. What is optional is not
 * looked at.
 */
import { HEALTH_ORDER, type Health } from '../domain/health.ts';
import type { Kept, KeptName, PatchbayDb, StoreName } from './database.ts';

type Fields = Readonly<Record<string, unknown>>;

const HEALTHS: ReadonlySet<unknown> = new Set(HEALTH_ORDER);
const METHOD_KINDS: ReadonlySet<unknown> = new Set(['oauth2', 'key', 'bearer', 'basic']);
const ACCOUNTS: ReadonlySet<unknown> = new Set(['loading', 'none', 'ready', 'error']);

/**
 * What may stand under each small name. Those that are not named may be anything: a damaged lock, for
 * one, must not unlock.
 */
const KEPT: Partial<Record<KeptName, (value: unknown) => boolean>> = {
  totals: (value) => isFields(value) && isFields(value['byEnvironment']),
  settings: isSettings,
  environments: isListOf((one) => isText(one['id'])),
  views: isListOf((one) => isText(one['id']) && isText(one['name']) && isText(one['search'])),
  tags: isListOf((one) => isText(one['name'])),
  untold: Array.isArray,
  untoldEnds: Array.isArray,
  notifications: isFields,
  endNotifications: isFields,
  hostTroubles: isFields,
  network: (value) => isFields(value) && Array.isArray(value['providers']),
  notRevoked: isListOf((one) => isText(one['id'])),
  repair: isFields,
  managed: isFields,
};

/** What a record of each store must have. Stores that are not named are read with care elsewhere. */
const RECORDS = {
  connections: isConnection,
  checks: (value: Fields) =>
    isNumber(value['at']) && isText(value['verdict']) && HEALTHS.has(value['health']),
  authorizations: (value: Fields) =>
    isKind(value['state']) &&
    isKind(value['purpose']) &&
    isText(value['providerName']) &&
    Array.isArray(value['tags']) &&
    isNumber(value['createdAt']) &&
    isNumber(value['expiresAt']),
  deletions: (value: Fields) =>
    isText(value['batchId']) &&
    isNumber(value['endsAt']) &&
    isFields(value['connection']) &&
    isConnection(value['connection']),
  flows: (value: Fields) =>
    isText(value['name']) && isText(value['note']) && Array.isArray(value['connectionIds']),
} satisfies Partial<Record<StoreName, (value: Fields) => boolean>>;

/** The stores whose records are looked at. */
export type GuardedStore = keyof typeof RECORDS;

/** Whether a record of a store can be read. */
export function isReadable<N extends GuardedStore>(
  store: N,
  value: unknown,
): value is PatchbayDb[N]['value'] {
  return isFields(value) && RECORDS[store](value);
}

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back whenever a reader meets something that cannot be read. */
export function onUnreadable(listener: Listener): void {
  listeners.add(listener);
}

/** Those of some records that can be read: the very same list where that is all of them. */
export function readable<N extends GuardedStore, T extends PatchbayDb[N]['value']>(
  store: N,
  records: T[],
): T[] {
  if (records.every((one) => isReadable(store, one))) return records;
  // Evidence that is damaged is passed over until it is cut off.
  if (store !== 'checks') for (const listener of listeners) listener();
  return records.filter((one) => isReadable(store, one));
}

/** Whether one of the small records can be read. */
export function isKeptReadable<N extends KeptName>(name: N, value: unknown): value is Kept[N] {
  return KEPT[name]?.(value) ?? true;
}

function isConnection(value: Fields): boolean {
  const { provider, health } = value;
  return (
    isText(value['id']) &&
    isText(value['name']) &&
    isText(value['providerId']) &&
    isText(value['methodId']) &&
    METHOD_KINDS.has(value['methodKind']) &&
    isText(value['environmentId']) &&
    Array.isArray(value['tags']) &&
    isFields(value['params']) &&
    isFields(provider) &&
    isText(provider['name']) &&
    isText(provider['text']) &&
    isText(provider['color']) &&
    isFields(health) &&
    isHealth(health) &&
    isKind(value['sync']) &&
    isFields(value['accounts']) &&
    ACCOUNTS.has(value['accounts']['kind']) &&
    (value['accounts']['kind'] !== 'ready' || Array.isArray(value['accounts']['items'])) &&
    (value['identity'] === null ||
      (isFields(value['identity']) && isText(value['identity']['label']))) &&
    isNumber(value['createdAt']) &&
    isNumberOrNull(value['nextCheckAt']) &&
    isNumberOrNull(value['authorizedAt'])
  );
}

function isHealth(health: Fields): boolean {
  switch (health['kind'] as Health['kind']) {
    case 'unauthorized':
      return true;
    case 'active':
      return isNumber(health['verifiedAt']);
    case 'expiring':
      return isNumber(health['expiresAt']);
    case 'unverified':
      return isText(health['doubt']) && isNumberOrNull(health['verifiedAt']);
    case 'reconnect':
      return isText(health['reason']) && isNumber(health['since']);
    default:
      return false;
  }
}

function isSettings(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { environmentId = null, columns } = value;
  return (
    (environmentId === null || isText(environmentId)) &&
    (columns === undefined ||
      (isFields(columns) && Array.isArray(columns['hidden']) && isFields(columns['widths'])))
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): boolean {
  return isFields(value) && isText(value['kind']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || isNumber(value);
}

function isListOf(isOne: (value: Fields) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((one) => isFields(one) && isOne(one));
}
