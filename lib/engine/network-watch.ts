/**
 * Listens to a pass: what may be the network's doing is held back until somebody answers. Where
 * nobody does, nothing is said of any connection, and all of them stay due.
 */
import type { Connection } from '../domain/connection.ts';
import {
  judgeNetwork,
  movedTroubles,
  networkSign,
  NOTHING_WRONG,
  placeOf,
  stillDown,
  type Heard,
  type NetworkTruth,
  type ProviderHeard,
} from '../domain/network.ts';
import { commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import { readKept } from '../store/read.ts';
import type { Checked } from './check-connection.ts';
import type { Engine } from './engine.ts';

export interface NetworkWatch {
  /** Whom the pass is about to ask. */
  readonly expect: (connections: readonly Connection[]) => void;
  readonly add: (connection: Connection, checked: Checked) => void;
  /** Whether everybody was asked in vain: asking the rest would tell nothing new. */
  readonly isDown: () => boolean;
  /**
   * Lets go what is not the network's doing, and writes down what is.
   * @returns whether nobody can be reached from this machine
   */
  readonly end: () => Promise<boolean>;
}

/** @param keep takes what is to be written */
export async function watchNetwork(
  engine: Engine,
  keep: (checked: Checked) => void,
  periodMs: number,
): Promise<NetworkWatch> {
  const before = (await readKept(await engine.database(), 'network')) ?? NOTHING_WRONG;
  const expected = new Set<string>();
  const heard = new Map<string, Heard>();
  const providers = new Map<string, ProviderHeard>();
  let held: { readonly isOffline: boolean; readonly checked: Checked }[] = [];
  let hasAnswer = false;
  const release = (which: (one: { readonly isOffline: boolean }) => boolean): void => {
    const free = held.filter(which);
    held = held.filter((one) => !which(one));
    for (const { checked } of free) keep(checked);
  };
  const verdict = () => judgeNetwork([...heard.values()], before.down);

  return {
    expect(connections) {
      for (const connection of connections) expected.add(placeOf(connection));
    },
    add(connection, checked) {
      const key = placeOf(connection);
      const record = checked.record(checked.health.kind);
      const sign = networkSign(record);
      const { kind } = connection.health;
      const isWitness = kind === 'active' || kind === 'expiring';
      // One word of each kind a place is enough, however many connections it has.
      heard.set(`${sign} ${isWitness} ${key}`, { key, sign, isWitness });
      note(providers, key, connection.provider.name, record.verdict);
      if (sign === 'answered' && !hasAnswer) {
        hasAnswer = true;
        release(({ isOffline }) => !isOffline);
      }
      const isHeld = sign === 'offline' || (sign === 'silent' && !hasAnswer);
      if (isHeld) held.push({ isOffline: sign === 'offline', checked });
      else keep(checked);
    },
    isDown() {
      if (hasAnswer || held.length === 0 || verdict() === null) return false;
      const asked = new Set([...heard.values()].map(({ key }) => key));
      return [...expected].every((key) => asked.has(key));
    },
    async end() {
      const kind = verdict();
      if (kind === null) release(() => true);
      held = [];
      const now = engine.now();
      const { down, providers: ill, clockOffMs } = before;
      await keepTruth(engine, before, {
        down:
          kind === null
            ? hasAnswer
              ? null
              : down
            : stillDown(kind, down, engine.chance(), periodMs, now),
        providers: kind === null ? movedTroubles(ill, providers, now) : ill,
        clockOffMs: hasAnswer ? (engine.clockOff?.() ?? null) : clockOffMs,
      });
      return kind !== null;
    },
  };
}

function note(
  providers: Map<string, ProviderHeard>,
  key: string,
  name: string,
  verdict: string,
): void {
  const { well, ill } = providers.get(key) ?? { well: 0, ill: 0 };
  const isWell = verdict === 'valid' || verdict === 'rejected' || verdict === 'limited';
  const isIll = verdict === 'provider-trouble' || verdict === 'unreadable';
  providers.set(key, { name, well: well + Number(isWell), ill: ill + Number(isIll) });
}

/** Passes come one after another, and nobody else writes it: most of them find nothing to write. */
async function keepTruth(engine: Engine, before: NetworkTruth, after: NetworkTruth): Promise<void> {
  const isSame =
    after.down === before.down &&
    after.providers === before.providers &&
    minutes(after.clockOffMs) === minutes(before.clockOffMs);
  if (isSame) return;
  await commit(await engine.database(), {
    also: (tx) => editKept(tx, 'network', () => after),
  });
  engine.announce({ kinds: ['network'], checking: null });
}

function minutes(ms: number | null): number {
  return Math.round((ms ?? 0) / 60_000);
}
