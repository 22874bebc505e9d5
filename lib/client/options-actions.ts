/** What can be done with connections, providers and settings in one step. Each outcome is said. */
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { nextStepWords } from '../domain/words.ts';
import type { Input } from '../rpc/procedures.ts';
import { readChecks } from '../store/read.ts';
import { environmentNameOf } from './environments.ts';
import { createAccountsChoosing, type AccountsChoosing } from './options-accounts.ts';
import { createChecking, type Checking } from './options-checking.ts';
import type { Shared } from './options-deps.ts';
import { diagnose, diagnosisLines } from './options-diagnosis.ts';
import { evidenceText } from './evidence-text.ts';
import { createHearing, type Hearing } from './hearing.ts';
import type { ProviderSummary } from './options-providers.ts';
import { reportFailure } from './report-failure.ts';
import { plural, t, tell } from './translate.ts';

export interface Actions extends Checking, AccountsChoosing, Hearing {
  /** @returns whether the tags were kept, so that nothing typed is lost */
  readonly setTags: (connection: Connection, tags: readonly string[]) => Promise<boolean>;
  readonly move: (connection: Connection, environmentId: string) => Promise<boolean>;
  readonly setSync: (connection: Connection, kind: 'on' | 'paused') => Promise<boolean>;
  readonly copyEvidence: (connection: Connection) => Promise<void>;
  /** @returns whether the browser let us */
  readonly copyText: (text: string) => Promise<boolean>;
  readonly removeProvider: (provider: ProviderSummary) => Promise<void>;
  /** What is chosen shows by itself in the list; on the page of settings it is said. */
  readonly showEnvironment: (environmentId: string | null) => Promise<boolean>;
  readonly saveSettings: (changes: Input<'saveSettings'>) => Promise<boolean>;
}

export function createActions(shared: Shared): Actions {
  const { call, messages, records } = shared;
  const report = async (run: () => Promise<unknown>, text: () => string): Promise<boolean> => {
    const isGood = await reportFailure(messages, run);
    if (isGood) messages.say(text(), 'good');
    return isGood;
  };
  return {
    ...createChecking(shared),
    ...createAccountsChoosing(shared),
    ...createHearing(shared, (run, text) => report(run, () => text)),
    copyText: (text) => copyText(shared, text),
    copyEvidence: (connection) => copyEvidence(shared, connection),
    setTags: ({ id, revision }, tags) =>
      report(
        () => call('setTags', { id, revision, tags: [...tags] }),
        () => t('message_tags_saved'),
      ),
    move: ({ id, revision, name }, environmentId) =>
      report(
        () => call('moveConnection', { id, revision, environmentId }),
        () =>
          t('message_moved', name, environmentNameOf(records.environments.value, environmentId)),
      ),
    setSync: ({ id, name }, kind) =>
      report(
        async () => {
          const { outcomes } = await call(kind === 'on' ? 'resumeSync' : 'pauseSync', {
            ids: [id],
          });
          const error = outcomes[0]?.error ?? null;
          if (error !== null) throw new PatchbayError(error);
        },
        () => t(kind === 'on' ? 'message_sync_resumed' : 'message_sync_paused', name),
      ),
    async removeProvider({ id, name, connections }) {
      if (connections > 0) messages.say(plural('message_provider_in_use', connections), 'bad');
      else
        await report(
          () => call('removeProvider', { id }),
          () => t('message_provider_removed', name),
        );
    },
    showEnvironment: (environmentId) =>
      reportFailure(messages, () => call('saveSettings', { environmentId })),
    saveSettings: (changes) =>
      report(
        () => call('saveSettings', changes),
        () => t('message_settings_saved'),
      ),
  };
}

function copyText({ powers }: Shared, text: string): Promise<boolean> {
  return powers.copyText(text).then(
    () => true,
    () => false,
  );
}

async function copyEvidence(shared: Shared, connection: Connection): Promise<void> {
  const { messages, now, records } = shared;
  await reportFailure(messages, async () => {
    const checks = await readChecks(await records.database(), connection.id);
    // A history that cannot be read says nothing.
    const diagnosis = await diagnose(shared, connection).catch(() => null);
    const next = nextStepWords(connection.health, now());
    const more = [
      ...(next === null ? [] : [tell(next)]),
      ...(diagnosis === null ? [] : diagnosisLines(diagnosis).map(({ text }) => text)),
    ];
    const text = evidenceText(connection, checks, now(), more);
    const isCopied = await copyText(shared, text);
    if (isCopied) messages.say(t('message_copied'), 'good');
    else messages.say(t('message_not_copied'), 'bad');
  });
}
