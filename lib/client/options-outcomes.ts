/** What an action came to for each of several connections, and the way to look at it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { UNDO_MS } from '../domain/deletion.ts';
import type { MessageAction, MessageStay } from './messages.ts';
import { t } from './translate.ts';

/** What an action came to for one connection. */
export interface Outcome {
  readonly connection: Connection;
  readonly text: string;
}

/** Connections for which it came to the same. */
export interface OutcomeGroup {
  readonly title: string;
  readonly isBad: boolean;
  readonly outcomes: readonly Outcome[];
}

export interface Outcomes {
  /** What the person asked to see; `null` when closed. */
  readonly groups: ReadonlySignal<readonly OutcomeGroup[] | null>;
  /**
   * What a message offers.
   * @param make asked for when the person wants to see it
   */
  readonly look: (make: () => readonly OutcomeGroup[]) => MessageAction;
  readonly close: () => void;
}

export function createOutcomes(): Outcomes {
  const groups = signal<readonly OutcomeGroup[] | null>(null);
  return {
    groups,
    look: (make) => ({
      label: t('bulk_show_each'),
      isLook: true,
      run: () => {
        groups.value = make();
      },
    }),
    close() {
      groups.value = null;
    },
  };
}

/** What went wrong first, then what was left as it was; none that nothing came to. */
export function outcomeGroups(
  failed: readonly Outcome[],
  left: readonly Outcome[],
  done: readonly Outcome[],
): readonly OutcomeGroup[] {
  return [
    outcomeGroup(t('bulk_group_failed'), failed, true),
    outcomeGroup(t('bulk_group_left'), left),
    outcomeGroup(t('bulk_group_done'), done),
  ].flat();
}

/** The same of each of them. */
export function saying(connections: readonly Connection[], text: string): readonly Outcome[] {
  return connections.map((connection) => ({ connection, text }));
}

/** @returns nothing where nothing came to it */
export function outcomeGroup(
  name: string,
  outcomes: readonly Outcome[],
  isBad = false,
): readonly OutcomeGroup[] {
  if (outcomes.length === 0) return [];
  return [{ title: t('choice_counted', name, outcomes.length), isBad, outcomes }];
}

/** What offers something stays as long as every Undo: it can still be taken after a look at the rest. */
export function stayOf(...offered: readonly (MessageAction | null)[]): MessageStay {
  return offered.every((action) => action === null) ? {} : { forMs: UNDO_MS };
}
