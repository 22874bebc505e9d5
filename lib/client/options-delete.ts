/** The dialog that deletes: in pieces where there are many, with progress, to be stopped, told for each. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { mayLive } from '../domain/health.ts';
import { errorWords } from '../domain/words.ts';
import type { Output } from '../rpc/procedures.ts';
import type { Deletions } from './deletions.ts';
import type { Shared } from './options-deps.ts';
import { outcomeGroups, saying, stayOf, type Outcomes } from './options-outcomes.ts';
import { CHUNK, type Progress } from './options-pieces.ts';
import { findMethod } from './options-providers.ts';
import { createSubmission, type Submission } from './submission.ts';
import { plural, t, tell } from './translate.ts';

export interface DeleteForm extends Submission {
  readonly connections: readonly Connection[];
  /** The providers that may be asked to end the grant; empty where none of them can. */
  readonly revocable: ReadonlySignal<readonly string[]>;
  readonly revokes: Signal<boolean>;
  /** Providers at which a credential outlives its connection: nobody can be asked to end it. */
  readonly leftAtSource: ReadonlySignal<readonly LeftAtSource[]>;
  /** Of more than one piece; `null` while there is none. */
  readonly progress: ReadonlySignal<Progress | null>;
  /** Ends a deletion that is under way; what is deleted can be undone. */
  readonly stop: () => void;
}

export interface LeftAtSource {
  /** Of the provider. */
  readonly id: string;
  readonly name: string;
  /** Where it can be ended, or is described; `null` where the provider is not defined here. */
  readonly page: string | null;
}

/** What else a deletion needs of the page. */
export interface DeleteDeps {
  readonly deletions: Pick<Deletions, 'offerMore'>;
  readonly outcomes: Pick<Outcomes, 'look'>;
}

interface Came {
  /** What is undone together, the last where its time was over meanwhile; none where nothing was there any more. */
  readonly batchId: string | undefined;
  /** Those that were gone already. */
  readonly missing: ReadonlySet<string>;
  /** How many were gone through; the others were not reached. */
  readonly through: number;
  /** Why the piece after those could not be deleted. */
  readonly problem: ErrorCode | null;
}

export function createDeleteForm(
  {
    call,
    messages,
    providers,
    records,
  }: Pick<Shared, 'call' | 'messages' | 'providers' | 'records'>,
  { deletions, outcomes }: DeleteDeps,
  connections: readonly Connection[],
  onDone: () => void,
): DeleteForm {
  const revokes = signal(false);
  const progress = signal<Progress | null>(null);
  const total = connections.length;
  const stopped = { value: false };
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

  /** @throws what the first piece failed with: nothing is deleted then */
  const removePieces = async (): Promise<Came> => {
    const missing = new Set<string>();
    let batchId: string | undefined;
    let deletedId = '';
    let through = 0;
    let problem: ErrorCode | null = null;
    while (through < total && !stopped.value && problem === null) {
      if (total > CHUNK) progress.value = { done: through, total };
      const ids = connections.slice(through, through + CHUNK).map(({ id }) => id);
      try {
        const piece = await removePiece(ids, batchId);
        for (const id of piece.missing) missing.add(id);
        if (piece.deleted > 0) {
          ({ batchId } = piece);
          deletedId = ids.find((id) => !missing.has(id)) ?? deletedId;
        }
        through += ids.length;
      } catch (thrown) {
        if (through === 0) throw thrown;
        const code = codeOf(thrown);
        const isRefused = batchId !== undefined && code === 'changed-meanwhile';
        // Only where nobody wanted it back: the rest is undone by itself.
        if (isRefused && !(await isBack(deletedId))) batchId = undefined;
        else problem = code;
      }
    }
    return { batchId, missing, through, problem };
  };
  const isBack = async (id: string): Promise<boolean> => {
    await records.load();
    return records.find(id) !== undefined;
  };
  const removePiece = (ids: string[], batchId?: string): Promise<Output<'deleteConnections'>> =>
    call('deleteConnections', { ids, revoke: revokes.value, ...(batchId && { batchId }) });
  const say = ({ batchId, missing, through, problem }: Came): void => {
    const gone = connections.slice(0, through);
    const left = connections.slice(through);
    const failed = problem === null ? [] : left;
    const look = outcomes.look(() =>
      outcomeGroups(
        saying(failed, tell(errorWords(problem ?? 'internal'))),
        [
          ...saying(problem === null ? left : [], t('bulk_not_reached')),
          ...saying(
            gone.filter(({ id }) => missing.has(id)),
            tell(errorWords('not-found')),
          ),
        ],
        saying(
          gone.filter(({ id }) => !missing.has(id)),
          plural('message_deleted', 1),
        ),
      ),
    );
    if (left.length > 0) {
      const tone = problem === null ? 'plain' : 'bad';
      messages.say(plural('delete_left', left.length), tone, look, stayOf(look));
    } else if (missing.size === total) messages.say(plural('delete_all_gone', total));
    else if (batchId !== undefined && total > 1) deletions.offerMore(batchId, look);
  };
  const remove = async (): Promise<void> => {
    stopped.value = false;
    try {
      const came = await removePieces();
      onDone();
      say(came);
    } finally {
      progress.value = null;
    }
  };
  return {
    connections,
    revocable,
    revokes,
    leftAtSource,
    progress,
    stop() {
      stopped.value = true;
    },
    ...createSubmission(remove),
  };
}
