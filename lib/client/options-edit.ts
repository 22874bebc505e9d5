/** The dialogs that rename and delete. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { mayLive } from '../domain/health.ts';
import type { Shared } from './options-deps.ts';
import { createEditDraft, type EditDraft } from './options-edit-draft.ts';
import { findMethod } from './options-providers.ts';
import { sendDraft } from './send-draft.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface RenameForm extends Submission, Pick<EditDraft, 'shown' | 'name'> {
  /** The name that somebody else gave in the meantime; `null` while nobody did. */
  readonly newName: ReadonlySignal<string | null>;
}

export function createRenameForm(
  { call, records }: Pick<Shared, 'call' | 'records'>,
  connection: Connection,
  onDone: (name: string) => void,
): RenameForm {
  const draft = createEditDraft(connection, ['name']);
  const { shown, name, theirs } = draft;
  const rename = async (): Promise<void> => {
    if (name.value.trim() === '') return;
    const { id } = connection;
    await sendDraft(records, draft, (revision) =>
      call('renameConnection', { id, name: name.value, revision }),
    );
    onDone(name.value.trim());
  };
  const newName = computed(() => (theirs.value.has('name') ? shown.value.name : null));
  return { shown, name, newName, ...createSubmission(rename) };
}

export interface DeleteForm extends Submission {
  readonly connections: readonly Connection[];
  /** The providers that may be asked to end the grant; empty where none of them can. */
  readonly revocable: ReadonlySignal<readonly string[]>;
  readonly revokes: Signal<boolean>;
  /** Providers at which a credential outlives its connection: nobody can be asked to end it. */
  readonly leftAtSource: ReadonlySignal<readonly LeftAtSource[]>;
}

export interface LeftAtSource {
  /** Of the provider. */
  readonly id: string;
  readonly name: string;
  /** Where it can be ended, or is described; `null` where the provider is not defined here. */
  readonly page: string | null;
}

export function createDeleteForm(
  { call, providers }: Pick<Shared, 'call' | 'providers'>,
  connections: readonly Connection[],
  onDone: () => void,
): DeleteForm {
  const revokes = signal(false);
  // Keys and passwords are ended by the person at the source; only a grant has an end that we can ask for.
  const canRevoke = ({ providerId, methodId }: Connection): boolean =>
    findMethod(providers.find(providerId), methodId)?.canRevoke === true;
  const revocable = computed(() => [
    ...new Set(connections.filter(canRevoke).map(({ provider }) => provider.name)),
  ]);
  const leftAtSource = computed(() => {
    // Of a sign-in, the provider says whether it can be ended.
    const isKnown = ({ methodKind }: Connection): boolean =>
      methodKind !== 'oauth2' || providers.list.value !== null;
    const left = connections.filter(
      (one) => mayLive(one.health) && isKnown(one) && !canRevoke(one),
    );
    const byProvider = new Map(
      left.map(({ providerId, provider, methodKind }): [string, LeftAtSource] => {
        const links = providers.find(providerId)?.links;
        const page = (methodKind === 'oauth2' ? null : links?.key) ?? links?.docs ?? null;
        return [providerId, { id: providerId, name: provider.name, page }];
      }),
    );
    return [...byProvider.values()];
  });
  const remove = async (): Promise<void> => {
    const ids = connections.map(({ id }) => id);
    await call('deleteConnections', { ids, revoke: revokes.value });
    onDone();
  };
  return { connections, revocable, revokes, leftAtSource, ...createSubmission(remove) };
}
