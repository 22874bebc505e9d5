/**
 * A browser, a network and some services with a clock of their own. The background's code is the real
 * one, over a real store; it is started by an alarm and can die at every call of a port.
 */
import { NO_MARKER } from '../../lib/domain/marker.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { aConnection } from '../support/a-connection.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { reveal, secret, type Credential } from '../../lib/domain/credential.ts';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { wakeWindow } from '../../lib/domain/schedule.ts';
import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { Ports } from '../../lib/engine/ports.ts';
import { openProviders } from '../../lib/engine/providers.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper, type Sweeper } from '../../lib/engine/sweep.ts';
import { commit } from '../../lib/store/commit.ts';
import { openDatabase, type Database } from '../../lib/store/database.ts';
import { editKept } from '../../lib/store/kept.ts';
import { secretId, type Vault } from '../../lib/store/vault.ts';
import {
  DEFINITIONS,
  faultAnswer,
  grantOf,
  newGrant,
  serve,
  type Fault,
  type Grant,
  type ServiceName,
} from './providers.ts';

export const MINUTE = 60_000;
/** Browsers let no packed extension be woken sooner. */
const ALARM_MIN_MS = 30_000;
const ALARM_PERIOD_MS = MINUTE;
/** A background without work is ended. */
const IDLE_MS = 30_000;
/** A background that hangs is no longer kept alive. */
const HANG_MS = 5.5 * MINUTE;
/** So many requests run side by side that each costs the clock a part of its time only. */
const SIDE_BY_SIDE = 6;

export type Death = {
  /** How many more calls of ports it lives. */
  readonly calls: number;
  /** Whether the last call still has its effect; `hang`: it never answers, and the rest goes on a while. */
  readonly how: 'before' | 'after' | 'hang';
};

interface Worker {
  readonly id: number;
  readonly sweeper: Sweeper;
  readonly engine: Engine;
  isDead: boolean;
  lastBusyAt: number;
  readonly died: Promise<void>;
  readonly die: () => void;
  readonly writing: Set<{ abort(): void }>;
}

/** What a connection's service promised or broke, by the true clock. */
export interface Watched {
  readonly id: string;
  readonly grant: Grant;
  /** Since when it can be reached and somebody is there to ask; moves on with each obstacle. */
  openSince: number;
  /** Deaths since then cost a little each. */
  allowance: number;
  /** When its service asked not to be asked again before: as heard, and as heard by a worker that lived to write it. */
  heardUntil: number;
  promisedUntil: number;
  /** How long that keeps everybody from asking. */
  waitsUntil: number;
  isSeen: boolean;
  /** Whether a renewal may have been cut short since the last that was heard of. */
  isCutShort: boolean;
  /** Whether a renewal for a person may have been cut short, which the next worker asks about at once, whatever was promised. */
  isHurried: boolean;
  /** A bad day of this connection alone, until then. */
  illUntil: number;
}

export interface Tally {
  requests: number;
  /** Of these, renewals of tokens. */
  renewals: number;
  deaths: number;
  wakes: number;
  revocations: number;
  seen: number;
  lostInTransit: number;
  /** Of ends that no death of a worker came before, in periods of their service. */
  worstDelay: number;
  /** Of the others. */
  worstDelayWithDeaths: number;
}

export interface SimOptions {
  readonly services: readonly ServiceName[];
  readonly periodMinutes: number;
  /** 0 ≤ chance < 1. */
  readonly chance: () => number;
}

export interface SimWorld {
  readonly watched: readonly Watched[];
  readonly tally: Tally;
  readonly violations: string[];
  readonly now: () => number;
  /** Requests by the minute in which they arrived. */
  readonly byMinute: Map<number, number>;
  advance(ms: number): Promise<void>;
  fault(service: ServiceName, fault: Fault, ms: number): void;
  ill(place: number, ms: number): void;
  offline(ms: number): Promise<void>;
  sleep(ms: number): Promise<void>;
  jump(ms: number): Promise<void>;
  revoke(place: number): void;
  endAccess(place: number): void;
  armDeath(death: Death): void;
  stopWorker(): void;
  personChecks(): Promise<void>;
  connections(): Promise<Connection[]>;
  /** Looks whether everything that must hold holds. */
  inspect(where: string): Promise<void>;
  close(): void;
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
const never = new Promise<never>(() => undefined);

class DeadWorker extends Error {}

/** Nothing has happened yet. */
export function noTally(): Tally {
  return {
    requests: 0,
    renewals: 0,
    deaths: 0,
    wakes: 0,
    revocations: 0,
    seen: 0,
    lostInTransit: 0,
    worstDelay: 0,
    worstDelayWithDeaths: 0,
  };
}

/** A world in which some connections were authorised a moment ago. */
export async function simWorld(options: SimOptions): Promise<SimWorld> {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase();
  let real = Date.UTC(2026, 10, 21);
  let skew = 0;
  const local = (): number => real + skew;
  let alarm: number | null = null;
  let worker: Worker | null = null;
  let workers = 0;
  let jobs = 0;
  const killedJobs = new Set<number>();
  let death: Death | null = null;
  let offlineUntil = 0;
  /** When the clock is there again, if nobody lived to notice that it was set back. */
  let clockBackAt = 0;
  let isPerson = false;
  const faults = new Map<ServiceName, { readonly fault: Fault; readonly until: number }>();
  const tally = noTally();
  const violations: string[] = [];
  const byMinute = new Map<number, number>();
  const everStored = new Set<string>();
  const watched: Watched[] = options.services.map((service, place) => ({
    id: `c${String(place).padStart(4, '0')}`,
    grant: newGrant(service, place, real),
    openSince: real,
    allowance: 0,
    heardUntil: 0,
    promisedUntil: 0,
    waitsUntil: 0,
    isSeen: false,
    isCutShort: false,
    isHurried: false,
    illUntil: 0,
  }));
  const grants = watched.map(({ grant }) => grant);
  const byGrant = new Map(watched.map((one) => [one.grant, one]));
  const byKey = new Map(grants.map((grant) => [grant.key, grant]));
  const violate = (what: string): void => void violations.push(what);

  await plant(db, watched, options, real);

  /** Somebody or something stood in the way until then. */
  const obstacle = (one: Watched, until: number): void => {
    if (until <= one.openSince) return;
    one.openSince = until;
    one.allowance = 0;
  };
  const obstacleForAll = (until: number): void => {
    for (const one of watched) obstacle(one, until);
  };

  function kill(victim: Worker, cost: number): void {
    if (victim.isDead) return;
    victim.isDead = true;
    tally.deaths += 1;
    killedJobs.add(jobs);
    for (const one of watched) {
      one.allowance += cost;
      const canRenew = one.grant.service === 'cloud';
      one.isCutShort ||= canRenew;
      one.isHurried ||= canRenew && isPerson;
    }
    for (const tx of victim.writing) {
      try {
        tx.abort();
      } catch {
        // Finished already.
      }
    }
    if (worker === victim) worker = null;
    victim.die();
  }

  /** Runs one call of a port, unless this is where the worker dies. */
  async function call<T>(mine: Worker, effect: () => Promise<T> | T): Promise<T> {
    if (mine.isDead) return never;
    mine.lastBusyAt = real;
    if (death === null) return alive(mine, await effect());
    death = { ...death, calls: death.calls - 1 };
    if (death.calls > 0) return alive(mine, await effect());
    const { how } = death;
    death = null;
    if (how === 'after') await effect();
    if (how === 'hang') {
      for (let turns = 0; turns < 30; turns++) await turn();
      // Where nobody waited for the call, the worker may have gone to sleep in good order meanwhile.
      if (!mine.isDead && worker === mine) {
        real += HANG_MS;
        kill(mine, HANG_MS + 2 * MINUTE);
      }
    } else kill(mine, 2 * MINUTE);
    return never;
  }

  function alive<T>(mine: Worker, value: T): T | Promise<never> {
    return mine.isDead ? never : value;
  }

  function send(mine: Worker, request: OutgoingRequest): Answer {
    const key = request.headers['X-Api-Key'];
    const grant = (key === undefined ? undefined : byKey.get(key)) ?? grantOf(grants, request);
    if (grant === null) throw new Error(`a request of nobody: ${request.url}`);
    const one = byGrant.get(grant);
    if (one === undefined) throw new Error('a grant of nobody');
    if (offlineUntil > real) return { kind: 'silence', silence: 'offline', tookMs: 0 };
    tally.requests += 1;
    const isRenewal = request.url.endsWith('/token');
    if (isRenewal) tally.renewals += 1;
    const minute = Math.floor(real / MINUTE);
    byMinute.set(minute, (byMinute.get(minute) ?? 0) + 1);
    if (!isPerson && !one.isHurried && real < one.promisedUntil)
      violate(`${one.id} was asked ${one.promisedUntil - real} ms before its service allowed it`);
    one.isHurried = false;
    const stands = faults.get(grant.service);
    const fault =
      one.illUntil > real ? 'error-500' : stands && stands.until > real ? stands.fault : null;
    // Whoever does not hear how a renewal went cannot know.
    if (isRenewal && fault !== null) one.isCutShort = true;
    else if (isRenewal && grant.endedAt === null) one.isCutShort = false;
    if (fault === null || fault === 'cut') {
      const answer = serve(grant, request, real, { job: jobs, wasCut: fault === 'cut' }, reused);
      // Who answers has forgotten what it asked for.
      if (fault === null) one.promisedUntil = 0;
      real += 200 / SIDE_BY_SIDE;
      return fault === 'cut' ? faultAnswer(fault, local()).answer : answer;
    }
    const { answer, tookMs, waitMs } = faultAnswer(fault, local());
    real += tookMs / SIDE_BY_SIDE;
    if (waitMs > 0) {
      one.heardUntil = real - tookMs + waitMs - 1_000;
      one.waitsUntil = Math.max(one.waitsUntil, real + waitMs + ALARM_MIN_MS);
      obstacle(one, one.waitsUntil);
    }
    return answer;
  }

  /** A spent token came again: whose doing is it? Nothing helps where its answer was lost, or its worker in the job that had it. */
  function reused(grant: Grant): void {
    const { rotatedIn } = grant;
    const isLost = rotatedIn !== null && (rotatedIn.wasCut || killedJobs.has(rotatedIn.job));
    if (everStored.has(grant.refreshToken))
      violate(`${grant.person}: a newer token was stored and an older one was used`);
    else if (!isLost) violate(`${grant.person}: a grant was lost that the protocol let us keep`);
    else tally.lostInTransit += 1;
  }

  function watchedDatabase(mine: Worker): Database {
    return new Proxy(db, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        const run = (args: unknown[]): unknown => Reflect.apply(value, target, args);
        if (name !== 'transaction') return (...args: unknown[]) => call(mine, () => run(args));
        return (...args: unknown[]) => {
          if (mine.isDead) throw new DeadWorker();
          const tx = run(args) as { done: Promise<void>; abort(): void };
          if (args[1] === 'readwrite') {
            mine.writing.add(tx);
            tx.done.catch(() => undefined).finally(() => mine.writing.delete(tx));
          }
          // A death here falls into the transaction.
          void call(mine, () => undefined);
          return tx;
        };
      },
    });
  }

  function born(): Worker {
    workers += 1;
    let die = (): void => undefined;
    const died = new Promise<void>((resolve) => {
      die = resolve;
    });
    const locks = new Map<string, Promise<unknown>>();
    const through =
      <A extends unknown[], T>(effect: (...args: A) => Promise<T> | T) =>
      (...args: A): Promise<T> =>
        call(mine, () => effect(...args));
    let ids = 0;
    const database = async (): Promise<Database> => (mine.isDead ? never : own);
    const authWindow: Ports['authWindow'] = {
      redirectUrl: (path) => `https://patchbay.example/${path}`,
      open: () => never,
      probe: () => never,
      popups: async () => [],
      closeLeftover: async () => undefined,
    };
    const ports: Ports = {
      now: local,
      chance: options.chance,
      newId: () => `id-${mine.id}-${++ids}`,
      pause: through((ms) => {
        real += ms;
      }),
      send: through((request) => send(mine, request)),
      database,
      vault: plainVault(database),
      catalogue: through(() => DEFINITIONS),
      lock(name, run) {
        const next = (locks.get(name) ?? Promise.resolve()).then(run, run);
        locks.set(
          name,
          next.catch(() => undefined),
        );
        return next;
      },
      authWindow,
      authTab: authWindow,
      managed: through(() => ({})),
      hasOrigins: through(() => true),
      stripOrigin: async () => undefined,
      dropOrigins: async () => undefined,
      marker: { read: async () => NO_MARKER, write: async () => undefined },
      drawBadge: through(() => undefined),
      notifier: { show: through(() => undefined), withdraw: through(() => undefined) },
      wakeAt: through((at) => {
        // As `lib/browser/alarm.ts` does it.
        if (at === null) alarm = null;
        else if (alarm === null || Math.abs(alarm - at) >= 1_000)
          alarm = Math.max(at, local() + ALARM_MIN_MS);
      }),
      keepAwake: (job) => job(),
      announce: () => undefined,
    };
    const engine: Engine = {
      ...ports,
      providers: openProviders(ports),
      attempts: new Map(),
      unsaved: new Map(),
    };
    const mine: Worker = {
      id: workers,
      engine,
      sweeper: openSweeper(engine),
      isDead: false,
      lastBusyAt: real,
      died,
      die,
      writing: new Set(),
    };
    const own = watchedDatabase(mine);
    return mine;
  }

  /** Runs a job in the worker that lives, or in a fresh one. */
  async function work(job: (mine: Worker) => Promise<unknown>): Promise<void> {
    jobs += 1;
    const isFresh = worker === null || real - worker.lastBusyAt > IDLE_MS;
    if (isFresh && worker !== null) {
      worker.isDead = true;
      worker = null;
    }
    const mine = (worker ??= born());
    const ready = isFresh ? start(mine.engine) : Promise.resolve();
    const run = ready
      .then(() => job(mine))
      .catch((thrown: unknown) => {
        if (!mine.isDead) violate(`the background failed: ${String(thrown)}`);
      });
    await Promise.race([run, mine.died]);
    for (const one of watched) {
      if (!mine.isDead) one.promisedUntil = Math.max(one.promisedUntil, one.heardUntil);
      one.heardUntil = 0;
    }
    if (mine.isDead) for (let turns = 0; turns < 5; turns++) await turn();
    for (const { refreshToken } of await storedTokens(db)) everStored.add(refreshToken);
  }

  async function fire(): Promise<void> {
    tally.wakes += 1;
    alarm = local() + ALARM_PERIOD_MS;
    await work((mine) => mine.sweeper.sweep());
  }

  const sim: SimWorld = {
    watched,
    tally,
    violations,
    byMinute,
    now: () => real,
    async advance(ms) {
      const until = real + ms;
      while (alarm !== null && alarm - skew <= until) {
        real = Math.max(real, alarm - skew);
        await fire();
      }
      real = Math.max(real, until);
    },
    fault(service, fault, ms) {
      faults.set(service, { fault, until: real + ms });
      for (const one of watched) if (one.grant.service === service) obstacle(one, real + ms);
    },
    ill(place, ms) {
      const one = watched[place % watched.length];
      if (one === undefined) return;
      one.illUntil = real + ms;
      obstacle(one, real + ms);
    },
    async offline(ms) {
      offlineUntil = real + ms;
      obstacleForAll(offlineUntil);
      await sim.advance(ms);
    },
    async sleep(ms) {
      real += ms;
      obstacleForAll(real);
      if (alarm !== null && alarm - skew <= real) await fire();
    },
    async jump(ms) {
      skew += ms;
      const wasAt = Math.max(clockBackAt, real);
      // Promises were made by a clock that is not ours.
      for (const one of watched) one.promisedUntil = Math.min(one.promisedUntil, real);
      if (ms > 0) {
        obstacleForAll(real);
        clockBackAt -= ms;
        if (alarm !== null && alarm - skew <= real) await fire();
        return;
      }
      obstacleForAll(real + 5 * MINUTE);
      // What a service asked for is waited for by our clock, and no worker can tell how long it slept.
      for (const one of watched) {
        if (one.waitsUntil <= real) continue;
        one.waitsUntil -= ms;
        obstacle(one, one.waitsUntil);
      }
      // Alarms go by the clock on the wall, so nothing rings; a person looks, and a page asks.
      real += 5 * MINUTE;
      if (worker !== null) worker.isDead = true;
      worker = null;
      const before = tally.deaths;
      await work(async () => undefined);
      // The worker that would have noticed died: the next one comes when the clock is there again,
      // whatever is revoked until then.
      clockBackAt = tally.deaths > before ? wasAt - ms : 0;
      obstacleForAll(clockBackAt);
    },
    revoke(place) {
      const one = watched[place % watched.length];
      if (one === undefined || one.grant.endedAt !== null) return;
      one.grant.endedAt = real;
      one.grant.endedBy = 'person';
      tally.revocations += 1;
      if (one.openSince < real) one.allowance = 0;
      one.openSince = Math.max(one.openSince, real);
    },
    endAccess(place) {
      const one = watched[place % watched.length];
      if (one !== undefined) one.grant.accessEndsAt = real;
    },
    armDeath(how) {
      death = how;
    },
    stopWorker() {
      if (worker !== null) worker.isDead = true;
      worker = null;
    },
    async personChecks() {
      isPerson = true;
      await work((mine) => mine.sweeper.check(watched.map(({ id }) => id)));
      isPerson = false;
    },
    connections: () => db.getAll('connections'),
    async inspect(where) {
      const stored = new Map((await db.getAll('connections')).map((one) => [one.id, one]));
      for (const one of watched) {
        const { grant } = one;
        const connection = stored.get(one.id);
        if (connection === undefined) {
          violate(`${where}: ${one.id} is gone`);
          continue;
        }
        const isRed = connection.health.kind === 'reconnect';
        if (isRed && grant.endedAt === null) violate(`${where}: ${one.id} is red and alive`);
        if (grant.endedAt === null || one.isSeen) continue;
        const openSince = Math.max(one.openSince, grant.endedAt);
        const seenAt =
          connection.health.kind === 'reconnect' ? connection.health.since - skew : real;
        const delay = Math.max(0, seenAt - openSince);
        const period = periodOf(grant.service, options.periodMinutes);
        if (delay > period + one.allowance + 2 * ALARM_MIN_MS)
          violate(
            `${where}: the end of ${one.id} is ${isRed ? 'seen' : 'not seen'} after ${(delay / period).toFixed(2)} periods`,
          );
        if (connection.health.kind !== 'reconnect') continue;
        one.isSeen = true;
        const isCalledInterrupted = connection.health.reason === 'interrupted';
        if (grant.endedBy === 'reuse' && !isCalledInterrupted)
          violate(`${where}: ${one.id} was lost in transit, and is called revoked`);
        if (grant.endedBy === 'person' && isCalledInterrupted && !one.isCutShort)
          violate(`${where}: ${one.id} was revoked, and is called interrupted`);
        if (grant.endedBy === 'person') tally.seen += 1;
        const worst = one.allowance === 0 ? 'worstDelay' : 'worstDelayWithDeaths';
        tally[worst] = Math.max(tally[worst], delay / period);
      }
    },
    close: () => db.close(),
  };
  alarm = local() + ALARM_MIN_MS;
  await work(async () => undefined);
  return sim;
}

/** How often a connection of a service is asked about. */
function periodOf(service: ServiceName, periodMinutes: number): number {
  return periodMinutes * MINUTE * (service === 'meter' ? 12 : 1);
}

async function plant(
  db: Database,
  watched: readonly Watched[],
  { chance, periodMinutes }: SimOptions,
  now: number,
): Promise<void> {
  const vault = plainVault(async () => db);
  // No check is ever planned later than this: with the window of its waking it is one period.
  const planned = (service: ServiceName): number => {
    const period = periodOf(service, periodMinutes);
    const latest = period - wakeWindow(periodMinutes * MINUTE);
    const drawn = chance();
    return (period * drawn > latest ? latest : period) * drawn;
  };
  const connections = watched.map(({ id, grant }) =>
    aConnection({
      id,
      name: id,
      providerId: grant.service,
      methodId: grant.service === 'cloud' ? 'oauth' : 'key',
      methodKind: grant.service === 'cloud' ? 'oauth2' : 'key',
      identity: { id: grant.person, label: grant.person, workspace: null },
      health: { kind: 'active', verifiedAt: now },
      authorizedAt: now,
      checkedAt: now,
      nextCheckAt: now + planned(grant.service),
    }),
  );
  await commit(db, {
    connections: new Map(connections.map((one) => [one.id, () => one])),
    putSecrets: await Promise.all(
      watched.map(({ id, grant }) => vault.seal('credential', id, credentialOf(grant, now))),
    ),
    also: (tx) => editKept(tx, 'settings', () => ({ ...DEFAULT_SETTINGS, periodMinutes })),
  });
}

function credentialOf(grant: Grant, now: number): Credential {
  if (grant.service !== 'cloud') return { kind: 'key', key: secret(grant.key) };
  return {
    kind: 'oauth2',
    accessToken: secret(grant.accessToken),
    refreshToken: secret(grant.refreshToken),
    clientId: 'client',
    accessEndsAt: grant.accessEndsAt,
    obtainedAt: now,
  };
}

/** The real vault's place in the store, without the cost of encryption. */
function plainVault(database: () => Promise<Database>): Vault {
  const encode = (value: unknown): ArrayBuffer =>
    new TextEncoder().encode(JSON.stringify(value)).buffer;
  const decode = (sealed: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(sealed));
  const open: Vault['open'] = async (kind, id) => {
    const sealed = await (await database()).get('secrets', secretId(kind, id));
    return sealed === undefined ? null : (unwrapped(decode(sealed.sealed)) as never);
  };
  return {
    async seal(kind, id, entry) {
      const iv = new Uint8Array(new ArrayBuffer(1));
      return { id: secretId(kind, id), iv, sealed: encode(wrapped(entry as Credential)) };
    },
    open,
    async openAll(kind, ids) {
      const store = (await database()).transaction('secrets').objectStore('secrets');
      const sealed = await Promise.all(ids.map((id) => store.get(secretId(kind, id))));
      return sealed.map((one) =>
        one === undefined ? null : (unwrapped(decode(one.sealed)) as never),
      );
    },
    isLocked: async () => false,
    locksAt: async () => null,
    settle: async () => false,
    protect: notHere,
    unprotect: notHere,
    prove: notHere,
    unlock: notHere,
    addPasskey: notHere,
    unlockBy: notHere,
    lock: notHere,
    touch: notHere,
    destroyKeys: notHere,
    forget: () => undefined,
  };
}

/** Nobody sets a passphrase in this world. */
function notHere(): Promise<never> {
  return Promise.reject(new Error('not of this world'));
}

function wrapped(credential: Credential): object {
  if (credential.kind === 'key') return { kind: 'key', key: reveal(credential.key) };
  if (credential.kind !== 'oauth2') throw new Error('not of this world');
  return {
    ...credential,
    accessToken: reveal(credential.accessToken),
    refreshToken: credential.refreshToken === null ? null : reveal(credential.refreshToken),
  };
}

interface Plain {
  readonly kind: string;
  readonly key?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

function unwrapped(plain: unknown): Credential {
  const { key, accessToken, refreshToken, ...rest } = plain as Plain;
  return (
    rest.kind === 'key'
      ? { kind: 'key', key: secret(key ?? '') }
      : {
          ...rest,
          accessToken: secret(accessToken ?? ''),
          refreshToken: refreshToken === undefined ? null : secret(refreshToken),
        }
  ) as Credential;
}

async function storedTokens(db: Database): Promise<{ refreshToken: string }[]> {
  const sealed = await db.getAll('secrets');
  return sealed.flatMap((one) => {
    const { refreshToken } = JSON.parse(new TextDecoder().decode(one.sealed)) as Plain;
    return refreshToken === undefined ? [] : [{ refreshToken }];
  });
}
