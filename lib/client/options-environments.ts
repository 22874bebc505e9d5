/** The dialogs about environments: name one, remove one, copy a connection to one. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { sortName } from '../domain/connection.ts';
import { DEFAULT_ENVIRONMENT_ID, type Environment } from '../domain/environment.ts';
import { PatchbayError } from '../domain/errors.ts';
import { environmentName, environmentNameOf } from './environments.ts';
import type { Shared } from './options-deps.ts';
import { createSubmission, type Submission } from './submission.ts';
import { t } from './translate.ts';

/** What all of them have: something chosen or typed, and one step that may fail. */
interface Step extends Submission {
  readonly value: Signal<string>;
}

export type EnvironmentDialog = Step &
  (
    | { readonly kind: 'name'; readonly environment: Environment | null }
    | {
        readonly kind: 'remove';
        readonly environment: Environment;
        /** How many connections stand there. */
        readonly count: number;
        readonly others: readonly Environment[];
      }
    | {
        readonly kind: 'copy';
        readonly connection: Connection;
        readonly others: readonly Environment[];
      }
  );

export interface EnvironmentDialogs {
  readonly open: ReadonlySignal<EnvironmentDialog | null>;
  readonly add: () => void;
  readonly rename: (environment: Environment) => void;
  readonly remove: (environment: Environment) => void;
  readonly copy: (connection: Connection) => void;
  readonly close: () => void;
}

export function createEnvironmentDialogs({
  call,
  messages,
  records,
}: Pick<Shared, 'call' | 'messages' | 'records'>): EnvironmentDialogs {
  const open = signal<EnvironmentDialog | null>(null);
  const step = (first: string, run: (value: string) => Promise<string>): Step => {
    const value = signal(first);
    const submission = createSubmission(async () => {
      const given = value.value.trim();
      if (given === '') return;
      const said = await run(given);
      open.value = null;
      messages.say(said, 'good');
    });
    return { value, ...submission };
  };
  const all = (): readonly Environment[] => records.environments.value;
  const except = (id: string): readonly Environment[] => all().filter((one) => one.id !== id);
  /** The names of those that come along are translated, so only a page knows them. */
  const refuseTaken = (name: string, id: string | null): void => {
    const isTaken = all().some(
      (one) => one.id !== id && sortName(environmentName(one)) === sortName(name),
    );
    if (isTaken) throw new PatchbayError('environment-taken');
  };

  return {
    open,
    close() {
      open.value = null;
    },
    add() {
      const add = async (name: string): Promise<string> => {
        refuseTaken(name, null);
        await call('addEnvironment', { name });
        return t('message_environment_added', name);
      };
      open.value = { kind: 'name', environment: null, ...step('', add) };
    },
    rename(environment) {
      const { id } = environment;
      const rename = async (name: string): Promise<string> => {
        refuseTaken(name, id);
        await call('renameEnvironment', { id, name });
        return t('message_renamed', name);
      };
      open.value = { kind: 'name', environment, ...step(environmentName(environment), rename) };
    },
    remove(environment) {
      const { id } = environment;
      const standing = records.connections.value ?? [];
      open.value = {
        kind: 'remove',
        environment,
        count: standing.filter((one) => one.environmentId === id).length,
        others: except(id),
        ...step(DEFAULT_ENVIRONMENT_ID, async (moveTo) => {
          await call('removeEnvironment', { id, moveTo });
          return t('message_environment_removed', environmentName(environment));
        }),
      };
    },
    copy(connection) {
      const others = except(connection.environmentId);
      open.value = {
        kind: 'copy',
        connection,
        others,
        ...step(others[0]?.id ?? DEFAULT_ENVIRONMENT_ID, async (environmentId) => {
          await call('copyConnection', { id: connection.id, environmentId });
          return t('message_copied_to', connection.name, environmentNameOf(all(), environmentId));
        }),
      };
    },
  };
}
