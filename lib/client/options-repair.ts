/** The page "Reconnect all": one connection after the other, of a queue that outlives the page. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import {
  gainsFromRepair,
  repairable,
  currentOf,
  standsApart,
  type Repair,
  type RepairDecision,
} from '../domain/repair.ts';
import { readKept } from '../store/read.ts';
import { environmentShown } from './environment-choice.ts';
import { createFollowed } from './followed.ts';
import type { Attempts } from './options-attempts.ts';
import type { OptionsDeps, Shared } from './options-deps.ts';
import { stayOf } from './options-outcomes.ts';
import { sayOutcomes } from './options-repair-said.ts';
import { followTurn, type RepairTurn } from './options-repair-turn.ts';
import { reportFailure } from './report-failure.ts';
import type { Router } from './route.ts';
import { plural, t } from './translate.ts';

/**
 * `start`: there is none, or one of an earlier time has ended and something asks for the person since;
 * `continue`: one is under way, and this page has not gone on with it; `turn`: it is somebody's turn;
 * `summary`: it has ended.
 */
export type RepairStage = 'loading' | 'start' | 'continue' | 'turn' | 'summary';

export interface RepairQueue {
  /** Goes to the queue. One that has ended is not gone on with; it is told beside what there is now. */
  readonly open: (environmentId: string | null) => void;
  readonly stage: ReadonlySignal<RepairStage>;
  readonly repair: ReadonlySignal<Repair | null>;
  readonly turn: ReadonlySignal<RepairTurn | null>;
  /** What a new queue would hold, in its order. */
  readonly broken: ReadonlySignal<readonly Connection[]>;
  /** What needs the person for something else. */
  readonly apart: ReadonlySignal<readonly Connection[]>;
  /** What can be done where an attempt asks who it shall be. */
  readonly choices: Attempts;
  /** @param onlyLeft of what the queue before has left */
  readonly start: (onlyLeft: boolean) => Promise<void>;
  /**
   * A queue of what gains by it among these, wherever on the page it was asked for; the rest is
   * offered. They join a queue that is under way.
   * @param isAll whether it is of those too that gain nothing
   */
  readonly startWith: (connections: readonly Connection[], isAll?: boolean) => Promise<void>;
  readonly resume: () => Promise<void>;
  /** To be called in the click. */
  readonly submit: () => void;
  readonly decide: (decision: RepairDecision) => Promise<void>;
  readonly setByItself: (isOn: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Forgets the queue and goes back to the list. */
  readonly close: () => Promise<void>;
  /** Asks the background whether it still runs the attempt: a worker that died says nothing. */
  readonly knock: () => void;
}

export function createRepairQueue(
  deps: OptionsDeps,
  shared: Shared,
  router: Router,
  attempts: Attempts,
): RepairQueue {
  const { call, messages, records, providers } = shared;
  const isBegun = signal(false);
  const isHere = computed(() => router.route.value.kind === 'repair');
  const { value, trouble, load } = createFollowed<Repair | null | undefined>(
    deps,
    ['repair', 'connections', 'authorizations'],
    undefined,
    async () => (await readKept(await deps.database(), 'repair')) ?? null,
    () => isHere.value,
  );
  // A store that cannot be read is said where the list should be.
  const stored = computed(() => (trouble.value === null ? value.value : (value.value ?? null)));
  effect(() => {
    if (router.route.value.kind !== 'repair') return;
    untracked(() => {
      // Wherever the person comes from: what ended before is not what is shown.
      if (stored.value?.currentId == null) isBegun.value = false;
      void load();
    });
  });

  const step = async (run: () => Promise<unknown>): Promise<void> => {
    // Before the queue is read again, so that nothing in between is shown.
    isBegun.value = true;
    await reportFailure(messages, run);
    await load();
  };
  const { turn, submit, again } = followTurn(shared, attempts, stored, isBegun, isHere);
  sayOutcomes(shared, stored, isBegun, isHere);
  const startWith = async (connections: readonly Connection[], isAll = false): Promise<void> => {
    const meant = isAll ? connections : connections.filter(gainsFromRepair);
    const rest = isAll ? [] : connections.filter((one) => !gainsFromRepair(one));
    const offer = { label: t('repair_all_the_same'), isChange: true } as const;
    const more = { ...offer, run: () => void startWith(rest, true) };
    if (meant.length === 0) {
      messages.say(t('repair_none_selected'), 'plain', more, stayOf(more));
      return;
    }
    await load();
    const joins = stored.value != null && currentOf(stored.value) !== null;
    router.go({ kind: 'repair', environmentId: null });
    const ids = meant.map(({ id }) => id);
    await step(() => call('startRepair', { environmentId: null, onlyLeft: false, ids }));
    if (joins) messages.say(plural('repair_joined', meant.length));
    if (rest.length > 0)
      messages.say(plural('repair_left_out', rest.length), 'plain', more, stayOf(more));
  };
  const environmentId = computed(() => {
    const route = router.route.value;
    return environmentShown(route.kind === 'repair' ? route.environmentId : null, records);
  });

  const broken = computed(() => repairable(records.connections.value ?? [], environmentId.value));

  return {
    open(id) {
      router.go({ kind: 'repair', environmentId: id });
    },
    turn,
    submit,
    repair: computed(() => stored.value ?? null),
    stage: computed(() => {
      const repair = stored.value;
      if (repair === undefined || records.connections.value === null) return 'loading';
      if (repair === null) return 'start';
      if (repair.currentId === null)
        return isBegun.value || broken.value.length === 0 ? 'summary' : 'start';
      return isBegun.value ? 'turn' : 'continue';
    }),
    broken,
    apart: computed(() =>
      (records.connections.value ?? []).filter(
        (one) =>
          standsApart(one) &&
          (environmentId.value === null || one.environmentId === environmentId.value),
      ),
    ),
    choices: { ...attempts, tryAgain: again },
    start: (onlyLeft) =>
      step(() => call('startRepair', { environmentId: environmentId.value, onlyLeft })),
    startWith,
    resume: () => step(() => call('changeRepair', { kind: 'continue' })),
    async decide(decision) {
      const connectionId = stored.value?.currentId ?? null;
      if (connectionId === null) return;
      await step(() => call('changeRepair', { kind: 'decide', connectionId, decision }));
    },
    setByItself: (isOn) => step(() => call('changeRepair', { kind: 'by-itself', isOn })),
    async stop() {
      const attempt = turn.value?.form.attempt;
      if (attempt?.isBusy.value === true) attempt.cancel();
      await step(() => call('changeRepair', { kind: 'stop' }));
    },
    async close() {
      isBegun.value = false;
      router.go(router.list.value);
      await reportFailure(messages, () => call('changeRepair', { kind: 'close' }));
    },
    knock() {
      if (turn.value?.form.attempt.isBusy.value === true) void providers.load();
    },
  };
}
