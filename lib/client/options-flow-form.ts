/** The dialog that adds a flow or edits one. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { beginningOf } from '../domain/beginning.ts';
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { FLOW_CONNECTIONS_MAX, flowProblem, type Flow } from '../domain/flow.ts';
import { matchesText } from '../domain/query.ts';
import { toggled } from '../domain/toggled.ts';
import type { Shared } from './options-deps.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface FlowForm extends Submission {
  /** As it was shown when the dialog opened, or when the person was told of another change; `null`: a new one. */
  readonly flow: ReadonlySignal<Flow | null>;
  readonly name: Signal<string>;
  readonly address: Signal<string>;
  readonly note: Signal<string>;
  /** Which connections are ticked, by id. */
  readonly chosen: ReadonlySignal<ReadonlySet<string>>;
  readonly search: Signal<string>;
  /** The beginning of the connections that are searched for. */
  readonly found: ReadonlySignal<readonly Connection[]>;
  /** How many more are found than are shown. */
  readonly left: ReadonlySignal<number>;
  readonly isFull: ReadonlySignal<boolean>;
  readonly toggle: (id: string) => void;
}

/** What was kept, and how to take that back. */
export interface FlowDone {
  readonly name: string;
  readonly isNew: boolean;
  readonly undo: () => Promise<unknown>;
}

/** More than anybody ticks without searching. */
const SHOWN_MAX = 100;

/**
 * @param flow `null` for a new one
 * @param ids connections that are ticked in a new one
 * @param reread finds the flow as it is now, after somebody else changed it
 */
export function createFlowForm(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  flow: Flow | null,
  ids: readonly string[],
  reread: (id: string) => Promise<Flow | undefined>,
  onDone: (done: FlowDone) => void,
): FlowForm {
  const shown = signal(flow);
  const before: ReadonlySet<string> = new Set(flow?.connectionIds);
  const chosen = signal<ReadonlySet<string>>(new Set(flow?.connectionIds ?? ids));
  const name = signal(flow?.name ?? '');
  const address = signal(flow?.address ?? '');
  const note = signal(flow?.note ?? '');
  const search = signal('');
  const ticked = new Set(chosen.value);
  // What is used already stands on top, and keeps its place while it is ticked and unticked.
  const ordered = computed(() => {
    const all = records.connections.value ?? [];
    return [...all.filter(({ id }) => ticked.has(id)), ...all.filter(({ id }) => !ticked.has(id))];
  });
  const beginning = computed(() => {
    const typed = search.value;
    const matching = ordered.value.filter((connection) => matchesText(connection, typed));
    return beginningOf(matching, SHOWN_MAX);
  });
  const save = async (): Promise<void> => {
    const typed = flowProblem({ name: name.value, address: address.value });
    if (typed !== null) throw new PatchbayError(typed);
    const text = {
      name: name.value,
      address: address.value.trim() === '' ? null : address.value,
      note: note.value,
    };
    const given = name.value.trim();
    const last = shown.value;
    if (last === null) {
      const { id } = await call('addFlow', { ...text, connectionIds: [...chosen.value] });
      onDone({ name: given, isNew: true, undo: () => call('removeFlow', { id }) });
    } else {
      const { id, revision } = last;
      const attach = [...chosen.value].filter((one) => !before.has(one));
      const detach = [...before].filter((one) => !chosen.value.has(one));
      await call('editFlow', { ...text, id, revision, attach, detach });
      const { name: nameBefore, address: addressBefore, note: noteBefore } = last;
      const was = { name: nameBefore, address: addressBefore, note: noteBefore };
      const links = { attach: detach, detach: attach };
      const undo = (): Promise<unknown> =>
        call('editFlow', { ...was, ...links, id, revision: revision + 1 });
      onDone({ name: given, isNew: false, undo });
    }
  };
  // What was typed stays; the next Save is against what is there now.
  const showNew = async (): Promise<void> => {
    const current = shown.value === null ? undefined : await reread(shown.value.id);
    if (current === undefined) throw new PatchbayError('not-found');
    shown.value = current;
  };
  return {
    ...createSubmission(save, showNew),
    flow: shown,
    name,
    address,
    note,
    chosen,
    search,
    found: computed(() => beginning.value.shown),
    left: computed(() => beginning.value.left),
    isFull: computed(() => chosen.value.size >= FLOW_CONNECTIONS_MAX),
    toggle(id) {
      chosen.value = toggled(chosen.value, id);
    },
  };
}
