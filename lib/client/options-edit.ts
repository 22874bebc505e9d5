/** The dialogs that rename and delete. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { Shared } from './options-deps.ts';
import { findMethod } from './options-providers.ts';

export interface RenameForm {
  /** As it was shown when the dialog opened, or when the person was told of another change. */
  readonly shown: ReadonlySignal<Connection>;
  readonly name: Signal<string>;
  /** The name that somebody else gave in the meantime; `null` while nobody did. */
  readonly newName: ReadonlySignal<string | null>;
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly save: () => Promise<void>;
}

export function createRenameForm(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  connection: Connection,
  onDone: (name: string) => void,
): RenameForm {
  const shown = signal(connection);
  const name = signal(connection.name);
  const newName = signal<string | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  const save = async (): Promise<void> => {
    if (isBusy.value || name.value.trim() === '') return;
    isBusy.value = true;
    problem.value = null;
    try {
      const { id, revision } = shown.value;
      await call('renameConnection', { id, name: name.value, revision });
      onDone(name.value.trim());
    } catch (thrown) {
      problem.value = codeOf(thrown);
      if (problem.value === 'changed-meanwhile') await showNew();
    } finally {
      isBusy.value = false;
    }
  };
  // What was typed stays; the next Save is against what is shown now.
  const showNew = async (): Promise<void> => {
    await records.load();
    const current = records.find(connection.id);
    if (current === undefined) problem.value = 'not-found';
    else {
      newName.value = current.name;
      shown.value = current;
    }
  };
  return { shown, name, newName, problem, isBusy, save };
}

export interface DeleteForm {
  readonly connections: readonly Connection[];
  /** The providers that may be asked to end the grant; empty where none of them can. */
  readonly revocable: ReadonlySignal<readonly string[]>;
  readonly revokes: Signal<boolean>;
  readonly problem: ReadonlySignal<ErrorCode | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly confirm: () => Promise<void>;
}

export function createDeleteForm(
  { call, providers }: Pick<Shared, 'call' | 'providers'>,
  connections: readonly Connection[],
  onDone: () => void,
): DeleteForm {
  const revokes = signal(false);
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  // Keys and passwords are ended by the person at the source; only a grant has an end that we can ask for.
  const revocable = computed(() => [
    ...new Set(
      connections
        .filter(({ providerId, methodId }) => {
          const provider = providers.list.value?.find(({ id }) => id === providerId);
          return findMethod(provider, methodId)?.canRevoke === true;
        })
        .map(({ provider }) => provider.name),
    ),
  ]);
  return {
    connections,
    revocable,
    revokes,
    problem,
    isBusy,
    async confirm() {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const input = { ids: connections.map(({ id }) => id), revoke: revokes.value };
      try {
        await call('deleteConnections', input);
        onDone();
      } catch (thrown) {
        problem.value = codeOf(thrown);
      } finally {
        isBusy.value = false;
      }
    },
  };
}
