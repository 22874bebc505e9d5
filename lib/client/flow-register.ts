/** The person's flows, as every open page sees them. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { flowsByConnection, type Flow } from '../domain/flow.ts';
import { readFlows } from '../store/flows.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OptionsDeps } from './options-deps.ts';

export interface FlowRegister {
  /** By name; `null` until they were read. */
  readonly all: ReadonlySignal<readonly Flow[] | null>;
  /** Why they could not be read; `null` when they could. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  /** Those that use a connection, by name. */
  readonly of: (connectionId: string) => readonly Flow[];
  readonly countOf: (connectionId: string) => number;
  readonly load: () => Promise<void>;
}

const NONE: readonly Flow[] = [];

export function createFlowRegister({
  database,
  onChange,
}: Pick<OptionsDeps, 'database' | 'onChange'>): FlowRegister {
  const all = signal<readonly Flow[] | null>(null);
  const trouble = signal<ErrorCode | null>(null);
  // Made once a change, so that a row of the list only looks its connection up.
  const uses = computed(() => flowsByConnection(all.value ?? NONE));
  const load = oneAtATime(async () => {
    try {
      all.value = await readFlows(await database());
      trouble.value = null;
    } catch (thrown) {
      trouble.value = codeOf(thrown);
    }
  });
  onChange(({ kinds }) => {
    if (kinds.includes('flows')) void load();
  });
  const of = (connectionId: string): readonly Flow[] => uses.value.get(connectionId) ?? NONE;
  return { all, trouble, of, countOf: (connectionId) => of(connectionId).length, load };
}
