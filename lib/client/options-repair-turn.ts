/** Whose turn it is in the queue "Reconnect all", with the form and the attempt for it. */
import {
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import { isRunning, needsChoice } from '../domain/authorization.ts';
import { currentOf, type Repair, type RepairItem } from '../domain/repair.ts';
import type { Attempts } from './options-attempts.ts';
import type { Shared } from './options-deps.ts';
import { createReconnectForm, type ReconnectForm } from './options-reconnect.ts';

/** The connection whose turn it is. */
export interface RepairTurn {
  readonly item: RepairItem;
  readonly form: ReconnectForm;
}

/** The queue as it is stored: `null` where there is none, `undefined` until it was read. */
export type Stored = ReadonlySignal<Repair | null | undefined>;

export interface FollowedTurn {
  readonly turn: ReadonlySignal<RepairTurn | null>;
  readonly submit: () => void;
  readonly again: Attempts['tryAgain'];
}

/** Keeps a form for whose turn it is, and its attempt in view wherever that was started. */
export function followTurn(
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
