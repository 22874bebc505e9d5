/** What can be done with connections and settings in one step. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { errorWords } from '../domain/words.ts';
import type { Input } from '../rpc/procedures.ts';
import { readChecks } from '../store/read.ts';
import { evidenceText } from './options-evidence.ts';
import type { Shared } from './options-deps.ts';
import { findMethod, originsFor, type ProviderSummary } from './options-providers.ts';
import { reportFailure } from './options-report.ts';
import { plural, t, tell } from './translate.ts';

export interface Actions {
  /** Connections that are being checked because somebody asked for it here. */
  readonly checking: ReadonlySignal<ReadonlySet<string>>;
  /** Empty: all of the chosen environment. */
  readonly checkNow: (ids: readonly string[]) => Promise<void>;
  readonly stopChecking: () => void;
  readonly setTags: (connection: Connection, tags: readonly string[]) => Promise<boolean>;
  readonly move: (connection: Connection, environmentId: string) => Promise<boolean>;
  readonly setSync: (connection: Connection, kind: 'on' | 'paused') => Promise<boolean>;
  /** Asks for the hosts of a connection; to be called in the click. */
  readonly allowHosts: (connection: Connection) => void;
  readonly copyEvidence: (connection: Connection) => Promise<void>;
  /** @returns whether the browser let us */
  readonly copyText: (text: string) => Promise<boolean>;
  readonly removeProvider: (provider: ProviderSummary) => Promise<void>;
  readonly saveSettings: (changes: Input<'saveSettings'>) => Promise<boolean>;
}

export function createActions(shared: Shared): Actions {
  const { call, messages, now, powers, records } = shared;
  const checking = signal<ReadonlySet<string>>(new Set());
  const report = (run: () => Promise<unknown>): Promise<boolean> => reportFailure(messages, run);
  const copyText = (text: string): Promise<boolean> =>
    powers.copyText(text).then(
      () => true,
      () => false,
    );
  const checkNow = async (ids: readonly string[]): Promise<void> => {
    checking.value = new Set([...checking.value, ...ids]);
    await report(async () => {
      const { checked, reconnect, unverified } = await call('checkNow', { ids: [...ids] });
      const parts = [
        plural('message_checked', checked),
        ...(reconnect > 0 ? [plural('summary_reconnect', reconnect)] : []),
        ...(unverified > 0 ? [plural('summary_unverified', unverified)] : []),
      ];
      messages.say(parts.join(' · '), reconnect + unverified === 0 ? 'good' : 'plain');
    });
    checking.value = new Set([...checking.value].filter((id) => !ids.includes(id)));
  };

  return {
    checking,
    checkNow,
    copyText,
    stopChecking: () => void report(() => call('stopChecking', {})),
    setTags: ({ id, revision }, tags) =>
      report(() => call('setTags', { id, revision, tags: [...tags] })),
    move: ({ id, revision }, environmentId) =>
      report(() => call('moveConnection', { id, revision, environmentId })),
    setSync: ({ id }, kind) =>
      report(() => call(kind === 'on' ? 'resumeSync' : 'pauseSync', { ids: [id] })),
    allowHosts(connection) {
      const provider = shared.providers.find(connection.providerId);
      const method = findMethod(provider, connection.methodId);
      if (provider === undefined || method === undefined) {
        messages.say(tell(errorWords('provider-unknown')), 'bad');
        return;
      }
      const asked = powers.requestOrigins(originsFor(provider, method, connection.params));
      void report(async () => {
        if (await asked) await checkNow([connection.id]);
        else messages.say(tell(errorWords('permission-missing')), 'bad');
      });
    },
    async copyEvidence(connection) {
      await report(async () => {
        const checks = await readChecks(await records.database(), connection.id);
        if (await copyText(evidenceText(connection, checks, now())))
          messages.say(t('message_copied'));
        else messages.say(t('message_not_copied'), 'bad');
      });
    },
    async removeProvider(provider) {
      if (provider.connections > 0) {
        messages.say(plural('message_provider_in_use', provider.connections), 'bad');
        return;
      }
      const isGone = await report(() => call('removeProvider', { id: provider.id }));
      if (isGone) messages.say(t('message_provider_removed', provider.name), 'good');
    },
    saveSettings: (changes) => report(() => call('saveSettings', changes)),
  };
}
