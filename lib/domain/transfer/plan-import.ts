import { unauthorized, type Connection } from '../connection.ts';
import { DEFAULT_ENVIRONMENT_ID } from '../environment.ts';
import { distinctTags } from '../tag.ts';
import type { CarriedConnection, CarriedCredential, SecretConnection } from './connection-file.ts';

/** What this browser knows of the provider that a carried connection names. */
export interface KnownProvider {
  readonly provider: Connection['provider'];
  readonly methodKind: Connection['methodKind'];
  /** As they are kept here. */
  readonly params: Readonly<Record<string, string>>;
}

/** What of a carried connection is not as its provider is defined here: all of it, its method, a parameter. */
export type Misfit = 'provider' | 'method' | 'parameter';

/** A connection of a file that does not come. */
export interface LeftOut {
  readonly name: string;
  /** Its provider's id. */
  readonly provider: string;
  readonly misfit: Misfit;
}

/** A connection as it will stand here, and the key or password that came with it. */
export interface Arrival {
  readonly connection: Connection;
  readonly credential: CarriedCredential | null;
}

export interface ImportPlan {
  readonly arrivals: readonly Arrival[];
  /** Already here: the same id, or the same identity at the same provider in the same environment. */
  readonly present: readonly string[];
  /** What does not fit what is defined here. */
  readonly leftOut: readonly LeftOut[];
  /** Which connection here, or arriving, is meant by one of the file; none for what is left out. */
  readonly idsHere: ReadonlyMap<string, string>;
  /** How many come to the default environment because theirs is not here. */
  readonly moved: number;
}

export interface ImportGround {
  readonly existing: readonly Connection[];
  /** Which environment here is meant by one of the file; `null` where there is none. */
  readonly environmentOf: (id: string) => string | null;
  readonly known: (carried: CarriedConnection) => KnownProvider | Misfit;
  readonly now: number;
}

/**
 * What importing a file does: pure, so that the preview and the import say and do the same.
 * Two connections of one identity in one file were kept apart on purpose, and both come.
 */
export function planImport(
  carriedConnections: readonly (CarriedConnection | SecretConnection)[],
  ground: ImportGround,
): ImportPlan {
  const ids = new Set(ground.existing.map(({ id }) => id));
  const twins = new Map(
    ground.existing.flatMap((one) => twinKeyOf(one).map((key) => [key, one.id] as const)),
  );
  const idsHere = new Map<string, string>();
  const arrivals: Arrival[] = [];
  const present: string[] = [];
  const leftOut: LeftOut[] = [];
  let moved = 0;
  for (const one of carriedConnections) {
    if (ids.has(one.id)) {
      idsHere.set(one.id, one.id);
      present.push(one.name);
      continue;
    }
    const known = ground.known(one);
    if (typeof known === 'string') {
      leftOut.push({ name: one.name, provider: one.provider, misfit: known });
      continue;
    }
    const home = ground.environmentOf(one.environment);
    const given = 'credential' in one ? one.credential : null;
    const credential = given?.kind === known.methodKind ? given : null;
    const environmentId = home ?? DEFAULT_ENVIRONMENT_ID;
    const connection = arrive(one, known, environmentId, credential !== null, ground.now);
    const [twin] = twinKeyOf(connection).flatMap((key) => twins.get(key) ?? []);
    idsHere.set(one.id, twin ?? one.id);
    if (twin !== undefined) {
      present.push(one.name);
      continue;
    }
    if (home === null) moved += 1;
    ids.add(one.id);
    arrivals.push({ connection, credential });
  }
  return { arrivals, present, leftOut, idsHere, moved };
}

function arrive(
  one: CarriedConnection,
  known: KnownProvider,
  environmentId: string,
  hasCredential: boolean,
  now: number,
): Connection {
  const begun = {
    ...unauthorized(
      {
        id: one.id,
        name: one.name,
        providerId: one.provider,
        provider: known.provider,
        methodId: one.method,
        methodKind: known.methodKind,
        params: known.params,
        environmentId,
        tags: distinctTags(one.tags),
      },
      now,
    ),
    ...(one.notes !== undefined && { notes: one.notes }),
    ...(one.accountChoice !== undefined && { accountChoice: one.accountChoice }),
    ...quietness(one, now),
    identity: one.identity,
    createdAt: one.createdAt,
  };
  if (!hasCredential) return begun;
  const { statedEndAt } = one;
  return {
    ...begun,
    // The end that was stated is that of the key which comes along.
    ...(statedEndAt !== undefined && { statedEndAt }),
    health: { kind: 'unverified', doubt: 'unchecked', since: now, verifiedAt: null },
    authorizedAt: one.authorizedAt,
    nextCheckAt: now,
  };
}

/** What was paused, muted or snoozed on purpose stays so; a snooze may have ended on the way. */
function quietness(
  { pausedAt, isMuted, snoozedUntil }: CarriedConnection,
  now: number,
): Partial<Pick<Connection, 'sync' | 'isMuted' | 'snoozedUntil'>> {
  return {
    ...(pausedAt !== undefined && { sync: { kind: 'paused', since: pausedAt } }),
    ...(isMuted !== undefined && { isMuted }),
    ...(snoozedUntil !== undefined && snoozedUntil > now && { snoozedUntil }),
  };
}

/** What makes two connections the same; none for one of which nobody knows whose it is. */
function twinKeyOf(connection: Connection): string[] {
  const { providerId, identity, environmentId, params } = connection;
  if (identity === null) return [];
  const site = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return [JSON.stringify([providerId, identity.id, environmentId, site])];
}
