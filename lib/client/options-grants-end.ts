/** Ending grants at their providers before everything is deleted: one by one, to be stopped, and told. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { needsChoice } from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import type { Shared } from './options-deps.ts';
import { findMethod } from './options-providers.ts';

export interface GrantsEnd {
  /** What a provider can be asked to end. */
  readonly revocable: ReadonlySignal<readonly Connection[]>;
  /** What lives on whatever is done here: keys, passwords, and grants that have no end to ask for. */
  readonly others: ReadonlySignal<readonly Connection[]>;
  /** Whether the person wants it; nothing can be asked for while the vault is locked. */
  readonly isWanted: Signal<boolean>;
  readonly isLocked: ReadonlySignal<boolean>;
  /** How many have been asked for, of how many; `null` while none is. */
  readonly progress: ReadonlySignal<{ readonly done: number; readonly total: number } | null>;
  /** How many ended so far, since the dialog was opened. */
  readonly ended: ReadonlySignal<number>;
  /** The names of those that could not be ended, the last time. */
  readonly left: ReadonlySignal<readonly string[]>;
  readonly isStopped: ReadonlySignal<boolean>;
  /** Whether what could not be ended has been said, so that the person may delete all the same. */
  readonly isTold: ReadonlySignal<boolean>;
  /** Asks for what is left once more with the next {@link end}. */
  readonly again: () => void;
  readonly stop: () => void;
  /** @returns whether everything that was wanted has ended, so that nothing has to be said first */
  readonly end: () => Promise<boolean>;
}

export function createGrantsEnd({
  call,
  providers,
  records,
}: Pick<Shared, 'call' | 'providers' | 'records'>): GrantsEnd {
  const isWanted = signal(false);
  const isStopped = signal(false);
  const ended = signal<ReadonlySet<string>>(new Set());
  const left = signal<readonly string[]>([]);
  /** What was wanted when that was said; who wants something else since has not been told yet. */
  const toldOf = signal(false);
  const progress = signal<{ readonly done: number; readonly total: number } | null>(null);
  const isLocked = computed(() => records.vaultLock.value.kind === 'locked');
  const all = computed(() => records.connections.value ?? []);
  const canRevoke = ({ providerId, methodId, health }: Connection): boolean =>
    health.kind !== 'unauthorized' &&
    findMethod(providers.find(providerId), methodId)?.canRevoke === true;
  const revocable = computed(() => all.value.filter(canRevoke));

  const endOne = async ({ id, name }: Connection): Promise<void> => {
    // One that got no answer must not keep the others, nor be forgotten.
    const answer = await call('endGrant', { id }).catch(() => ({ left: [name] }));
    if (answer.left.length === 0) ended.value = new Set([...ended.value, id]);
    left.value = [...left.value, ...answer.left];
    const { done, total } = progress.value ?? { done: 0, total: 0 };
    progress.value = { done: done + 1, total };
  };
  const endWanted = async (): Promise<void> => {
    const wanted = revocable.value.filter(({ id }) => !ended.value.has(id));
    progress.value = { done: 0, total: wanted.length };
    const lanes = new Map<string, Connection[]>();
    for (const one of wanted)
      lanes.set(one.providerId, [...(lanes.get(one.providerId) ?? []), one]);
    // A provider is asked one thing at a time; a slow one keeps no other.
    const runLane = async (ones: readonly Connection[]): Promise<void> => {
      for (const one of ones) if (!isStopped.value) await endOne(one);
    };
    await Promise.all([...lanes.values()].map(runLane));
    // What a sign-in brought and nobody chose is given back last, when nothing lives on the same account.
    for (const { id, state } of records.authorizations.value)
      if (needsChoice(state) && !isStopped.value)
        await call('dismissAuthorization', { authorizationId: id });
  };

  return {
    revocable,
    others: computed(() =>
      all.value.filter((one) => one.health.kind !== 'unauthorized' && !canRevoke(one)),
    ),
    isWanted,
    isLocked,
    progress,
    ended: computed(() => ended.value.size),
    left,
    isStopped,
    isTold: computed(
      () => left.value.length > 0 && !isStopped.value && toldOf.value === isWanted.value,
    ),
    again() {
      left.value = [];
    },
    stop() {
      isStopped.value = true;
    },
    async end() {
      if (isLocked.value) return true;
      isStopped.value = false;
      left.value = [];
      toldOf.value = isWanted.value;
      try {
        // What was deleted a moment ago may have been meant to end as well.
        left.value = (await call('endGrant', { id: null })).left;
        if (isWanted.value) await endWanted();
      } catch (thrown) {
        // Not all was asked for: what is named would not be all that lives on.
        left.value = [];
        throw thrown;
      } finally {
        progress.value = null;
      }
      return left.value.length === 0 && !isStopped.value;
    },
  };
}
