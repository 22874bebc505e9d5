/** The dialogs about environments: name one, remove one, copy a connection to one. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { sortName } from '../domain/connection.ts';
import { DEFAULT_ENVIRONMENT_ID, type Environment } from '../domain/environment.ts';
import { UNDO_MS } from '../domain/deletion.ts';
import { PatchbayError } from '../domain/errors.ts';
import { environmentName, environmentNameOf } from './environments.ts';
import type { MessageAction } from './messages.ts';
import { offerUndo } from './offer-undo.ts';
import type { Shared } from './options-deps.ts';
import type { Router } from './route.ts';
import { createSubmission, type Submission } from './submission.ts';
import { t } from './translate.ts';

/** What all of them have: something chosen or typed, and one step that may fail. */
interface Step extends Submission {
  readonly value: Signal<string>;
}

export type EnvironmentDialog = Step &
  (
    | {
        readonly kind: 'name';
        readonly environment: Environment | null;
        /** The name that somebody else gave in the meantime; `null` while nobody did. */
        readonly newName: ReadonlySignal<string | null>;
      }
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

export function createEnvironmentDialogs(
  { call, messages, records }: Pick<Shared, 'call' | 'messages' | 'records'>,
  router: Router,
): EnvironmentDialogs {
  const open = signal<EnvironmentDialog | null>(null);
  /** @param run resolves to what says it, once the dialog is closed */
  const step = (
    first: string,
    run: (value: string) => Promise<() => void>,
    showNew?: () => Promise<void>,
  ): Step => {
    const value = signal(first);
    const submission = createSubmission(async () => {
      const given = value.value.trim();
      if (given === '') return;
      const say = await run(given);
      open.value = null;
      say();
    }, showNew);
    return { value, ...submission };
  };
  const saying = (text: string) => () => void messages.say(text, 'good');
  const all = (): readonly Environment[] => records.environments.value;
  const except = (id: string): readonly Environment[] => all().filter((one) => one.id !== id);
  /** The names of those that come along are translated, so only a page knows them. */
  const refuseTaken = (name: string, id: string | null): void => {
    const isTaken = all().some(
      (one) => one.id !== id && sortName(environmentName(one)) === sortName(name),
    );
    if (isTaken) throw new PatchbayError('environment-taken');
  };

  /** Shows the copy, wherever the list is, and asks for what it needs. */
  const authorise = (id: string): MessageAction => ({
    label: t('action_authorise'),
    isChange: true,
    run: () =>
      router.go({
        ...router.list.value,
        opened: { id, tab: 'overview', isReconnecting: true },
      }),
  });

  return {
    open,
    close() {
      open.value = null;
    },
    add() {
      const add = async (name: string): Promise<() => void> => {
        refuseTaken(name, null);
        await call('addEnvironment', { name });
        return saying(t('message_environment_added', name));
      };
      open.value = { kind: 'name', environment: null, newName: signal(null), ...step('', add) };
    },
    rename(environment) {
      const { id } = environment;
      let seenName = environmentName(environment);
      const newName = signal<string | null>(null);
      // What was typed stays; the next Save is against what is shown now.
      const showNew = async (): Promise<void> => {
        await records.loadSettings();
        const current = all().find((one) => one.id === id);
        if (current === undefined) throw new PatchbayError('not-found');
        seenName = environmentName(current);
        newName.value = seenName;
      };
      const rename = async (name: string): Promise<() => void> => {
        refuseTaken(name, id);
        await call('renameEnvironment', { id, name, seenName });
        return () =>
          offerUndo(
            messages,
            t('message_renamed', name),
            () => call('renameEnvironment', { id, name: seenName, seenName: name }),
            t('message_renamed', seenName),
          );
      };
      open.value = { kind: 'name', environment, newName, ...step(seenName, rename, showNew) };
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
          return saying(t('message_environment_removed', environmentName(environment)));
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
          const copy = await call('copyConnection', { id: connection.id, environmentId });
          const where = environmentNameOf(all(), environmentId);
          return () =>
            messages.say(
              t('message_copied_to', connection.name, where),
              'good',
              authorise(copy.id),
              {
                forMs: UNDO_MS,
              },
            );
        }),
      };
    },
  };
}
