/** The person's flows, as every open page sees them. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../domain/errors.ts';
import { flowsByConnection, type Flow } from '../domain/flow.ts';
import { readFlows } from '../store/flows.ts';
import { createFollowed } from './followed.ts';
import type { PageDeps } from './page-deps.ts';

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

export function createFlowRegister(deps: Pick<PageDeps, 'database' | 'onChange'>): FlowRegister {
  const {
    value: all,
    trouble,
    load,
  } = createFollowed<readonly Flow[] | null>(deps, ['flows'], null, () =>
    deps.database().then(readFlows),
  );
  // Made once a change, so that a row of the list only looks its connection up.
  const uses = computed(() => flowsByConnection(all.value ?? NONE));
  const of = (connectionId: string): readonly Flow[] => uses.value.get(connectionId) ?? NONE;
  return { all, trouble, of, countOf: (connectionId) => of(connectionId).length, load };
}
