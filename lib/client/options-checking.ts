/** Asking providers on the person's demand. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { errorWords } from '../domain/words.ts';
import type { Output } from '../rpc/procedures.ts';
import { checkedText } from './checked-text.ts';
import type { MessageAction } from './messages.ts';
import type { Shared } from './options-deps.ts';
import { stayOf } from './options-outcomes.ts';
import { findMethod, originsFor } from './options-providers.ts';
import { reportFailure } from './report-failure.ts';
import { tell } from './translate.ts';

export interface Checking {
  /** Connections that are being checked because somebody asked for it here. */
  readonly checking: ReadonlySignal<ReadonlySet<string>>;
  /**
   * Empty: all of the chosen environment.
   * @param offer what the message of an outcome offers to do
   */
  readonly checkNow: (
    ids: readonly string[],
    offer?: (outcome: Output<'checkNow'>) => MessageAction,
  ) => Promise<void>;
  readonly stopChecking: () => void;
  /** Asks for the hosts of a connection, then checks it; to be called in the click. */
  readonly allowHosts: (connection: Connection) => void;
}

export function createChecking({ call, messages, powers, providers }: Shared): Checking {
  const checking = signal<ReadonlySet<string>>(new Set());
  const checkNow: Checking['checkNow'] = async (ids, offer) => {
    checking.value = new Set([...checking.value, ...ids]);
    await reportFailure(messages, async () => {
      const outcome = await call('checkNow', { ids: [...ids] });
      const isGood = outcome.checked > 0 && outcome.reconnect + outcome.unverified === 0;
      const offered = offer?.(outcome) ?? null;
      const tone = isGood ? 'good' : 'plain';
      messages.say(checkedText(outcome), tone, offered, stayOf(offered));
    });
    checking.value = new Set([...checking.value].filter((id) => !ids.includes(id)));
  };
  return {
    checking,
    checkNow,
    stopChecking() {
      void reportFailure(messages, () => call('stopChecking', {}));
    },
    allowHosts(connection) {
      const provider = providers.find(connection.providerId);
      const method = findMethod(provider, connection.methodId);
      if (provider === undefined || method === undefined) {
        messages.say(tell(errorWords('provider-unknown')), 'bad');
        return;
      }
      const asked = powers.requestOrigins(originsFor(provider, method, connection.params));
      void reportFailure(messages, async () => {
        if (await asked) await checkNow([connection.id]);
        else messages.say(tell(errorWords('permission-missing')), 'bad');
      });
    },
  };
}
