/** The register of flows in the options page: what is shown of it, and what can be done with it. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { beginningOf } from '../domain/beginning.ts';
import type { Connection } from '../domain/connection.ts';
import { findFlows, flowState, type Flow, type FlowState } from '../domain/flow.ts';
import { urgency } from '../domain/health.ts';
import { sortedBy } from '../domain/sorted-by.ts';
import type { Output } from '../rpc/procedures.ts';
import type { FlowRegister } from './flow-register.ts';
import { offerUndo } from './offer-undo.ts';
import type { Shared } from './options-deps.ts';
import { createFlowForm, type FlowForm } from './options-flow-form.ts';
import { reportFailure } from './report-failure.ts';
import type { Router } from './route.ts';
import { t } from './translate.ts';

/** A flow with what is known of its connections. */
export interface FlowUse {
  readonly flow: Flow;
  readonly state: FlowState;
  /** The most urgent first. */
  readonly connections: readonly Connection[];
  /** How many more it uses that are being deleted. */
  readonly going: number;
}

export interface Flows extends FlowRegister {
  readonly search: Signal<string>;
  /** The connection of which the address shows the flows alone; `null`: of all. */
  readonly connectionId: ReadonlySignal<string | null>;
  readonly showAll: () => void;
  /** The beginning of those that are searched for; `null` until flows and connections were read. */
  readonly shown: ReadonlySignal<readonly FlowUse[] | null>;
  /** How many more are found than are shown. */
  readonly left: ReadonlySignal<number>;
  /** The dialog; `null` while it is closed. */
  readonly form: ReadonlySignal<FlowForm | null>;
  readonly usageOf: (flow: Flow) => FlowUse;
  /** @param connection one that it uses, to begin with */
  readonly add: (connection?: Connection) => void;
  readonly edit: (flow: Flow) => void;
  readonly close: () => void;
  readonly remove: (flow: Flow) => Promise<void>;
  readonly attach: (flow: Flow, connection: Connection) => Promise<boolean>;
  readonly detach: (flow: Flow, connection: Connection) => Promise<void>;
}

/** More rows than anybody reads through. */
const SHOWN_MAX = 200;

export function createFlows(
  shared: Pick<Shared, 'call' | 'messages' | 'records'>,
  router: Router,
  register: FlowRegister,
): Flows {
  const { call, messages, records } = shared;
  const search = signal('');
  const form = signal<FlowForm | null>(null);
  const byId = computed(
    () => new Map((records.connections.value ?? []).map((one) => [one.id, one])),
  );
  const connectionId = computed(() => {
    const route = router.route.value;
    return route.kind === 'flows' ? route.connectionId : null;
  });
  effect(() => {
    // What was searched for among others would hide them.
    if (connectionId.value !== null) search.value = '';
  });
  const beginning = computed(() => {
    const only = connectionId.value;
    const all =
      only === null || register.all.value === null ? register.all.value : register.of(only);
    if (all === null || records.connections.value === null) return null;
    const found = findFlows(all, search.value, (id) => byId.value.get(id)?.name ?? '');
    return beginningOf(found, SHOWN_MAX);
  });
  const usageOf = (flow: Flow): FlowUse => {
    const known = flow.connectionIds.flatMap((id) => byId.value.get(id) ?? []);
    const connections = sortedBy(
      known,
      ({ health }) => urgency(health),
      (a, b) => a - b,
    );
    return {
      flow,
      state: flowState(flow, (id) => byId.value.get(id)?.health.kind),
      connections,
      going: flow.connectionIds.length - connections.length,
    };
  };
  const close = (): void => {
    form.value = null;
  };
  const open = (flow: Flow | null, ids: readonly string[]): void => {
    const reread = async (id: string): Promise<Flow | undefined> => {
      await register.load();
      return register.all.value?.find((one) => one.id === id);
    };
    form.value = createFlowForm(shared, flow, ids, reread, ({ name, isNew, undo }) => {
      close();
      const [text, undone] = isNew
        ? [t('message_flow_added', name), t('message_flow_removed', name)]
        : [t('message_flow_saved', name), t('message_flow_as_before', name)];
      offerUndo(messages, text, undo, undone, { givesWay: false });
    });
  };
  return {
    ...register,
    search,
    connectionId,
    showAll: () => router.go({ kind: 'flows', connectionId: null }),
    shown: computed(() => beginning.value?.shown.map(usageOf) ?? null),
    left: computed(() => beginning.value?.left ?? 0),
    form,
    usageOf,
    add(connection) {
      const ids = connection === undefined ? [] : [connection.id];
      open(null, ids);
    },
    edit(flow) {
      open(flow, []);
    },
    close,
    async remove({ id, name }) {
      let removed: Output<'removeFlow'>['removed'] = null;
      const isDone = await reportFailure(messages, async () => {
        ({ removed } = await call('removeFlow', { id }));
      });
      if (!isDone || removed === null) return;
      const flow: NonNullable<typeof removed> = removed;
      offerUndo(
        messages,
        t('message_flow_removed', name),
        () => call('restoreFlow', flow),
        t('message_flow_restored', name),
        { givesWay: false },
      );
    },
    async attach({ id, name }, connection) {
      const isDone = await reportFailure(messages, () =>
        call('attachFlow', { id, connectionId: connection.id }),
      );
      if (isDone) messages.say(t('message_flow_attached', name, connection.name), 'good');
      return isDone;
    },
    async detach({ id, name }, connection) {
      const link = { id, connectionId: connection.id };
      if (await reportFailure(messages, () => call('detachFlow', link)))
        offerUndo(
          messages,
          t('message_flow_detached', name, connection.name),
          () => call('attachFlow', link),
          t('message_flow_attached', name, connection.name),
        );
    },
  };
}
