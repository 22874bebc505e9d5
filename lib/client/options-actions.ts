/** What can be done with connections, providers and settings in one step. Each outcome is said. */
import type { Connection } from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import { hearingChange } from '../domain/snooze.ts';
import { nextStepWords } from '../domain/words.ts';
import type { Input } from '../rpc/procedures.ts';
import { readChecks } from '../store/checks.ts';
import { changeOne, doneText, inverse, isSoAlready, type BulkChange } from './bulk-change.ts';
import { environmentNameOf } from './environments.ts';
import { createAccountsChoosing, type AccountsChoosing } from './options-accounts.ts';
import { createChecking, type Checking } from './options-checking.ts';
import type { Shared } from './options-deps.ts';
import { diagnose, diagnosisLines } from './options-diagnosis.ts';
import { evidenceText } from './evidence-text.ts';
import { hearingText, type Hearing } from './hearing.ts';
import { offerUndo } from './offer-undo.ts';
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
  readonly saveSettings: (changes: Input<'saveSettings'>) => Promise<boolean>;
}

export function createActions(shared: Shared): Actions {
  const { call, messages, now, records } = shared;
  const report = async (run: () => Promise<unknown>, text: () => string): Promise<boolean> => {
    const isGood = await reportFailure(messages, run);
    if (isGood) messages.say(text(), 'good');
    return isGood;
  };
  /** One change of one connection, which can be taken back where it changed something. */
  const change = async (connection: Connection, wanted: BulkChange): Promise<boolean> => {
    const isGood = await reportFailure(messages, () => changeOne(call, connection, wanted));
    if (!isGood) return false;
    const text = textOf(wanted, connection.name, records.environments.value);
    const back = inverse(wanted, connection, now());
    if (isSoAlready(connection, wanted)) messages.say(text, 'good');
    else
      offerUndo(
        messages,
        text,
        () => changeOne(call, connection, back),
        textOf(back, connection.name, records.environments.value),
      );
    return true;
  };
  return {
    ...createChecking(shared),
    ...createAccountsChoosing(shared),
    hear: (connection, choice) => void change(connection, hearingChange(choice, now())),
    copyText: (text) => copyText(shared, text),
    copyEvidence: (connection) => copyEvidence(shared, connection),
    async setTags(connection, tags) {
      const { id, revision } = connection;
      const made = { tags: [...tags] };
      const before = { tags: [...connection.tags] };
      const isGood = await reportFailure(messages, () =>
        call('setTags', { id, revision, ...made }),
      );
      if (isGood)
        offerUndo(
          messages,
          t('message_tags_saved'),
          () => call('undoEdit', { id, made, before }),
          t('message_tags_as_before'),
        );
      return isGood;
    },
    async move(connection, environmentId) {
      const { id, revision } = connection;
      const made = { environmentId };
      const before = { environmentId: connection.environmentId };
      const movedTo = (where: string): string =>
        t('message_moved', connection.name, environmentNameOf(records.environments.value, where));
      const isGood = await reportFailure(messages, () =>
        call('moveConnection', { id, revision, ...made }),
      );
      if (isGood)
        offerUndo(
          messages,
          movedTo(environmentId),
          () => call('undoEdit', { id, made, before }),
          movedTo(before.environmentId),
        );
      return isGood;
    },
    setSync: (connection, kind) => change(connection, { kind: kind === 'on' ? 'resume' : 'pause' }),
    async removeProvider({ id, name, connections }) {
      if (connections > 0) messages.say(plural('message_provider_in_use', connections), 'bad');
      else
        await report(
          () => call('removeProvider', { id }),
          () => t('message_provider_removed', name),
        );
    },
    saveSettings: (changes) =>
      report(
        () => call('saveSettings', changes),
        () => t('message_settings_saved'),
      ),
  };
}

/** What a change did to a connection of this name. */
function textOf(change: BulkChange, name: string, environments: readonly Environment[]): string {
  switch (change.kind) {
    case 'pause':
      return t('message_sync_paused', name);
    case 'resume':
      return t('message_sync_resumed', name);
    case 'add-tag':
    case 'remove-tag':
    case 'move':
      return doneText(change, 1, environments);
    default:
      return hearingText(change, name);
  }
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
