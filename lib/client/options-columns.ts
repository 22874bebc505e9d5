/** Which columns the list has, and how wide they are. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import {
  resizeColumn,
  shownColumns,
  toggleColumn,
  USUAL_COLUMNS,
  type ColumnChoice,
  type ColumnId,
} from '../domain/columns.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';

export interface Columns {
  readonly shown: ReadonlySignal<readonly ColumnId[]>;
  readonly choice: ReadonlySignal<ColumnChoice>;
  readonly toggle: (id: ColumnId) => void;
  readonly setFits: (fits: boolean) => void;
  /** While a border is being dragged: shown, and not kept. */
  readonly drag: (id: ColumnId, width: number) => void;
  /** Takes back a dragging that came to nothing. */
  readonly drop: () => void;
  /** Keeps a width. `null`: as usual */
  readonly resize: (id: ColumnId, width: number | null) => void;
  readonly reset: () => void;
}

export function createColumns({
  call,
  messages,
  records,
}: Pick<Shared, 'call' | 'messages' | 'records'>): Columns {
  /** What the person has just done, until the store has it. */
  const ahead = signal<ColumnChoice | null>(null);
  const choice = computed(() => ahead.value ?? records.settings.value.columns);
  const keep = async (next: ColumnChoice): Promise<void> => {
    ahead.value = next;
    await reportFailure(messages, () =>
      call('saveSettings', { columns: { ...next, hidden: [...next.hidden] } }),
    );
    await records.loadSettings();
    // Unless there is something newer already.
    if (ahead.value === next) ahead.value = null;
  };
  return {
    choice,
    shown: computed(() => shownColumns(choice.value)),
    toggle: (id) => void keep(toggleColumn(choice.value, id)),
    setFits: (fits) => void keep({ ...choice.value, fits }),
    drag(id, width) {
      ahead.value = resizeColumn(choice.value, id, width);
    },
    drop() {
      ahead.value = null;
    },
    resize: (id, width) => void keep(resizeColumn(choice.value, id, width)),
    reset: () => void keep(USUAL_COLUMNS),
  };
}
