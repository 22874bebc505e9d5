/** The page "Reconnect all": one connection after the other, of a queue that outlives the page. */
import {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import { isRunning, needsChoice } from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import {
  asksForRepair,
  currentOf,
  repairable,
  standsApart,
  type Repair,
  type RepairDecision,
  type RepairItem,
} from '../domain/repair.ts';
import { readKept } from '../store/read.ts';
import { createFollowed } from './followed.ts';
import type { Attempts } from './options-attempts.ts';
import type { OptionsDeps, Shared } from './options-deps.ts';
import { createReconnectForm, type ReconnectForm } from './options-reconnect.ts';
import { reportFailure } from './report-failure.ts';
import { tallyTexts } from './repair-tally.ts';
import type { Router } from './route.ts';
import { t } from './translate.ts';

/**
 * `start`: there is none; `continue`: one is under way, and this page has not gone on with it;
 * `turn`: it is somebody's turn; `summary`: it has ended.
 */
export type RepairStage = 'loading' | 'start' | 'continue' | 'turn' | 'summary';

/** The connection whose turn it is. */
export interface RepairTurn {
  readonly item: RepairItem;
  readonly form: ReconnectForm;
}

export interface RepairQueue {
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
  /** A queue of what is broken among these, wherever on the page it was asked for. */
  readonly startWith: (connections: readonly Connection[]) => Promise<void>;
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
    if (isHere.value) untracked(() => void load());
  });

  const step = async (run: () => Promise<unknown>): Promise<void> => {
    // Before the queue is read again, so that nothing in between is shown.
    isBegun.value = true;
    await reportFailure(messages, run);
    await load();
  };
  const { turn, submit, again } = followTurn(shared, attempts, stored, isBegun, isHere);
  sayOutcomes(shared, stored, isBegun, isHere);
  const environmentId = computed(() => {
    const route = router.route.value;
    const named = route.kind === 'repair' ? route.environmentId : null;
    const isKnown = records.environments.value.some(({ id }) => id === named);
    return isKnown ? named : records.settings.value.environmentId;
  });

  return {
    turn,
    submit,
    repair: computed(() => stored.value ?? null),
    stage: computed(() => {
      const repair = stored.value;
      if (repair === undefined || records.connections.value === null) return 'loading';
      if (repair === null) return 'start';
      if (repair.currentId === null) return 'summary';
      return isBegun.value ? 'turn' : 'continue';
    }),
    broken: computed(() => repairable(records.connections.value ?? [], environmentId.value)),
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
    async startWith(connections) {
      const ids = connections.filter(asksForRepair).map(({ id }) => id);
      if (ids.length === 0) {
        messages.say(t('repair_none_selected'), 'plain');
        return;
      }
      router.go({ kind: 'repair', environmentId: null });
      await step(() => call('startRepair', { environmentId: null, onlyLeft: false, ids }));
    },
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

type Stored = ReadonlySignal<Repair | null | undefined>;

interface FollowedTurn {
  readonly turn: ReadonlySignal<RepairTurn | null>;
  readonly submit: () => void;
  readonly again: Attempts['tryAgain'];
}

/** Keeps a form for whose turn it is, and its attempt in view wherever that was started. */
function followTurn(
  shared: Shared,
  attempts: Attempts,
  stored: Stored,
  isBegun: Signal<boolean>,
  isHere: ReadonlySignal<boolean>,
): FollowedTurn {
  const { call, records, said } = shared;
  const form = signal<ReconnectForm | null>(null);
  /** Attempts that were in view here; the queue says what became of them. */
  const seen = new Set<string>();
  const noted = new Set<string>();
  /** The attempt was started by a click here, so that two pages do not both go on by themselves. */
  let isOwn = false;
  /** On another page of ours its end is the strip's to say. */
  const handOver = (): void => {
    for (const id of seen) said.delete(id);
    seen.clear();
  };

  const shown = computed(() => {
    const id = isBegun.value && isHere.value ? (stored.value?.currentId ?? null) : null;
    return id === null ? null : (records.connections.value?.find((one) => one.id === id) ?? null);
  });
  const shownId = computed(() => shown.value?.id ?? null);
  effect(() => {
    if (shownId.value === form.peek()?.connection.peek().id) return;
    untracked(() => {
      const connection = shown.value;
      const goesOn = isOwn && hasMended(stored.value, form.value?.connection.value.id);
      if (!isHere.value) handOver();
      form.value?.leave();
      form.value = connection && createReconnectForm(shared, connection, () => undefined);
      isOwn = goesOn && connection?.methodKind === 'oauth2';
      if (isOwn) form.value?.submitUnasked();
    });
  });

  const open = computed(() =>
    records.authorizations.value.find(
      ({ purpose, state }) =>
        purpose.kind === 'reconnect' &&
        purpose.connectionId === shownId.value &&
        (isRunning(state) || needsChoice(state)),
    ),
  );
  effect(() => {
    const attempt = form.value?.attempt;
    const id = open.value?.id;
    if (attempt === undefined) return;
    // Its end is said here, in the words of the queue.
    if (attempt.id.value !== null) {
      said.add(attempt.id.value);
      seen.add(attempt.id.value);
    } else if (id !== undefined && !attempt.isBusy.value)
      untracked(() => {
        isOwn = false;
        attempt.adopt(id);
      });
  });
  // What the queue has taken note of shall not be asked about anywhere else, be it of an earlier page.
  effect(() => {
    const attempt = form.value?.attempt;
    // While one is being started, its record may be there before its id is known here.
    const turnId = attempt?.isBusy.value === true ? null : shownId.value;
    for (const { id, purpose, state } of records.authorizations.value) {
      const isOver = !isRunning(state) && !needsChoice(state) && state.kind !== 'done';
      const isOfTurn = purpose.kind === 'reconnect' && purpose.connectionId === turnId;
      const isMeant = isOver && (isOfTurn || seen.has(id)) && id !== attempt?.id.value;
      if (!isMeant || noted.has(id)) continue;
      noted.add(id);
      void call('dismissAuthorization', { authorizationId: id }).catch(() => noted.delete(id));
    }
  });

  const submit = (): void => {
    isOwn = true;
    form.value?.submit();
  };
  return {
    submit,
    turn: computed(() => {
      const item = stored.value == null ? null : currentOf(stored.value);
      const at = form.value;
      return item === null || at?.connection.value.id !== item.id ? null : { item, form: at };
    }),
    again(authorization) {
      const at = form.value;
      attempts.dismiss(authorization);
      if (at?.method.value?.kind !== 'oauth2') return;
      // The provider must ask anew, or the wrong person is signed in at once again.
      at.choosesAccount.value = true;
      submit();
    },
  };
}

function hasMended(repair: Repair | null | undefined, id: string | undefined): boolean {
  const item = repair?.items.find((one) => one.id === id);
  return repair?.continuesByItself === true && item?.outcome.kind === 'mended';
}

/** Says what became of each, whoever brought it about. */
function sayOutcomes(
  { messages, records }: Shared,
  stored: Stored,
  isBegun: Signal<boolean>,
  isHere: ReadonlySignal<boolean>,
): void {
  let before: Repair | null = null;
  effect(() => {
    const after = stored.value ?? null;
    const known = new Map(before?.items.map(({ id, outcome }) => [id, outcome.kind]));
    const hasEnded = before?.currentId != null && after?.currentId === null;
    before = after;
    untracked(() => {
      if (!isBegun.value || !isHere.value) return;
      batch(() => {
        for (const { id, outcome } of after?.items ?? []) {
          const was = known.get(id);
          if (was === undefined || was === outcome.kind || outcome.kind === 'waiting') continue;
          const isGood = outcome.kind === 'mended' || outcome.kind === 'healed';
          const name = records.find(id)?.name ?? '';
          const became = t(`repair_outcome_${outcome.kind}`);
          messages.say(t('repair_said', name, became), isGood ? 'good' : 'plain');
        }
        if (hasEnded) messages.say(tallyTexts(after).join(' · '));
      });
    });
  });
}
