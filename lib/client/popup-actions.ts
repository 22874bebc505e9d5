/** What can be done from the popup. Whatever needs more room than a popup goes on in the options page. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Authorization } from '../domain/authorization.ts';
import type { Connection } from '../domain/connection.ts';
import { codeOf, PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { errorWords } from '../domain/words.ts';
import { NO_ANSWER } from '../rpc/message.ts';
import { readChecks } from '../store/checks.ts';
import { checkedText } from './checked-text.ts';
import { evidenceText } from './evidence-text.ts';
import { createHearing, type Hearing } from './hearing.ts';
import type { MessagesModel } from './messages.ts';
import type { PopupDeps } from './popup-deps.ts';
import type { PopupRecords } from './popup-records.ts';
import { t, tell } from './translate.ts';

export interface PopupActions extends Hearing {
  /** Whether the background left the last request without an answer. */
  readonly isSilent: ReadonlySignal<boolean>;
  /** A check of everything that was asked for here and has not ended. */
  readonly isChecking: ReadonlySignal<boolean>;
  readonly reconnect: (connection: Connection) => void;
  readonly cancel: (authorization: Authorization) => void;
  readonly dismiss: (authorization: Authorization) => Promise<void>;
  readonly tryAgain: (authorization: Authorization) => void;
  /** `null`: everything in the chosen environment. */
  readonly check: (connection: Connection | null) => void;
  readonly stopChecking: () => void;
  readonly setSync: (connection: Connection, kind: 'on' | 'paused') => void;
  readonly setEnvironment: (environmentId: string | null) => void;
  readonly copyEvidence: (connection: Connection) => void;
  /** Shows the options page at a route; the popup has done its part then. */
  readonly open: (hash: string) => void;
  /** Asks the background again whether it is there. */
  readonly knock: () => void;
}

/** The longest that an answer is waited for which needs no network. */
const ANSWER_MS = 10_000;

/** What only a full page can settle: it has the room to ask. */
const NEEDS_ROOM: readonly ErrorCode[] = [
  'permission-missing',
  'tab-not-permitted',
  'client-missing',
  'client-secret-missing',
];

export function createPopupActions(
  deps: PopupDeps,
  records: PopupRecords,
  messages: MessagesModel,
): PopupActions {
  const { call, powers, now } = deps;
  const isSilent = signal(false);
  const isChecking = signal(false);

  const open = (hash: string): void => {
    void powers.openOptions(hash).then(powers.closeWindow);
  };
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
      isSilent.value = false;
    } catch (thrown) {
      if (isNoAnswer(thrown)) isSilent.value = true;
      else messages.say(tell(errorWords(codeOf(thrown))), 'bad');
    }
  };
  const soon = <T>(answer: Promise<T>): Promise<T> => within(answer, ANSWER_MS, deps.after);

  const reconnect = (connection: Connection): void => {
    const onPage = (): void =>
      open(`#/connections/${encodeURIComponent(connection.id)}?reconnect=1`);
    if (connection.methodKind !== 'oauth2') {
      onPage();
      return;
    }
    void attempt(async () => {
      const wish = { credential: null, client: null, chooseAccount: false };
      try {
        await soon(call('reconnect', { connectionId: connection.id, ...wish }));
      } catch (thrown) {
        if (!NEEDS_ROOM.includes(codeOf(thrown))) throw thrown;
        onPage();
      }
    });
  };
  const dismiss = ({ id }: Authorization): Promise<void> =>
    attempt(() => soon(call('dismissAuthorization', { authorizationId: id })));

  return {
    isSilent,
    isChecking,
    reconnect,
    open,
    cancel: ({ id }) =>
      void attempt(() => soon(call('cancelAuthorization', { authorizationId: id }))),
    dismiss,
    tryAgain(authorization) {
      const { purpose } = authorization;
      const connection =
        purpose.kind === 'reconnect'
          ? records.connections.value.find(({ id }) => id === purpose.connectionId)
          : undefined;
      if (connection === undefined) open('#/connections');
      else void dismiss(authorization).then(() => reconnect(connection));
    },
    check(connection) {
      if (connection === null) isChecking.value = true;
      void attempt(async () => {
        const result = await call('checkNow', { ids: connection === null ? [] : [connection.id] });
        messages.say(
          checkedText(result),
          result.checked === 0 || result.reconnect + result.unverified > 0 ? 'plain' : 'good',
        );
      }).finally(() => {
        if (connection === null) isChecking.value = false;
      });
    },
    ...createHearing(deps, (run, text) =>
      attempt(async () => {
        await soon(run());
        messages.say(text, 'good');
      }),
    ),
    stopChecking: () => void attempt(() => soon(call('stopChecking', {}))),
    setSync({ id }, kind) {
      void attempt(async () => {
        const procedure = kind === 'on' ? 'resumeSync' : 'pauseSync';
        const { outcomes } = await soon(call(procedure, { ids: [id] }));
        const error = outcomes[0]?.error;
        if (error != null) throw new PatchbayError(error);
        messages.say(t(kind === 'on' ? 'popup_sync_resumed' : 'popup_sync_paused'), 'good');
      });
    },
    setEnvironment: (environmentId) =>
      void attempt(() => soon(call('saveSettings', { environmentId }))),
    copyEvidence(connection) {
      void attempt(async () => {
        const checks = await readChecks(await records.database(), connection.id);
        await powers.copyText(evidenceText(connection, checks, now())).then(
          () => messages.say(t('popup_evidence_copied'), 'good'),
          () => messages.say(t('message_not_copied'), 'bad'),
        );
      });
    },
    knock: () => void attempt(() => soon(call('listProviders', {}))).then(records.readAgain),
  };
}

function isNoAnswer(thrown: unknown): boolean {
  return thrown instanceof PatchbayError && thrown.detail === NO_ANSWER;
}

function within<T>(answer: Promise<T>, ms: number, after: PopupDeps['after']): Promise<T> {
  return new Promise((resolve, reject) => {
    answer.then(resolve, reject);
    after(() => reject(new PatchbayError('internal', NO_ANSWER)), ms);
  });
}
