/** The connections that the person has selected in the list. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { connectionIds } from '../domain/groups.ts';
import type { Connection } from '../domain/connection.ts';
import {
  countHidden,
  keepExisting,
  NOTHING_SELECTED,
  selectRange,
  toggleAll,
  toggleOne,
} from '../domain/selection.ts';
import type { ConnectionList } from './options-list.ts';
import type { Records } from './options-records.ts';

export interface ListSelection {
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  /** The records of {@link ids}, most urgent first. */
  readonly connections: ReadonlySignal<readonly Connection[]>;
  /** How many of the selected the list does not show. */
  readonly hidden: ReadonlySignal<number>;
  /** Whether all that the filters leave is selected. */
  readonly hasAll: ReadonlySignal<boolean>;
  readonly toggle: (id: string) => void;
  /** From the one that was toggled last to this one, in the order that is seen. */
  readonly extendTo: (id: string) => void;
  /** All of these, or none of them when all are selected. */
  readonly toggleAll: (ids: readonly string[]) => void;
  /** All that the filters leave, seen or not. */
  readonly selectListed: () => void;
  readonly clear: () => void;
}

export function createSelection(
  records: Pick<Records, 'connections'>,
  list: Pick<ConnectionList, 'rows' | 'items'>,
): ListSelection {
  const selection = signal(NOTHING_SELECTED);
  const ids = computed(() => selection.value.ids);
  const isEmpty = computed(() => ids.value.size === 0);
  // Walking through all of a long list is for those alone who have selected something.
  const listed = computed(() => (isEmpty.value ? [] : list.rows.value.map(({ id }) => id)));
  const hidden = computed(() => countHidden(ids.value, listed.value));
  effect(() => {
    const all = records.connections.value;
    // Until the records are read, nothing is known to be gone.
    if (all === null || selection.peek().ids.size === 0) return;
    const existing = new Set(all.map(({ id }) => id));
    selection.value = keepExisting(selection.peek(), existing);
  });
  return {
    ids,
    connections: computed(() =>
      isEmpty.value
        ? []
        : (records.connections.value ?? list.rows.value).filter(({ id }) => ids.value.has(id)),
    ),
    hidden,
    hasAll: computed(() => ids.value.size - hidden.value === listed.value.length),
    toggle(id) {
      selection.value = toggleOne(selection.value, id);
    },
    extendTo(id) {
      selection.value = selectRange(selection.value, id, connectionIds(list.items.value));
    },
    toggleAll(some) {
      selection.value = toggleAll(selection.value, some);
    },
    selectListed() {
      const { anchor } = selection.value;
      const all = list.rows.value.map(({ id }) => id);
      selection.value = { ids: new Set([...ids.value, ...all]), anchor };
    },
    clear() {
      selection.value = NOTHING_SELECTED;
    },
  };
}
