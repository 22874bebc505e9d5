/** Mute and snooze: what the person wants to hear of. Each outcome is said. */
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { snoozeEnd, type SnoozeChoice } from '../domain/snooze.ts';
import type { Output } from '../rpc/procedures.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';
import { t } from './translate.ts';

export interface Hearing {
  readonly mute: (connection: Connection, isMuted: boolean) => Promise<boolean>;
  /** @param choice `null` ends the snooze */
  readonly snooze: (connection: Connection, choice: SnoozeChoice | null) => Promise<boolean>;
}

export function createHearing({
  call,
  messages,
  now,
}: Pick<Shared, 'call' | 'messages' | 'now'>): Hearing {
  const change = async (
    ask: () => Promise<Output<'muteConnections'>>,
    text: string,
  ): Promise<boolean> => {
    const isDone = await reportFailure(messages, async () => {
      const error = (await ask()).outcomes[0]?.error ?? null;
      if (error !== null) throw new PatchbayError(error);
    });
    if (isDone) messages.say(text, 'good');
    return isDone;
  };
  return {
    mute: ({ id, name }, isMuted) =>
      change(
        () => call('muteConnections', { ids: [id], isMuted }),
        t(isMuted ? 'message_muted' : 'message_unmuted', name),
      ),
    snooze({ id, name }, choice) {
      const until = choice === null ? null : snoozeEnd(choice, now());
      return change(
        () => call('snoozeConnections', { ids: [id], until }),
        t(choice === null ? 'message_snooze_ended' : 'message_snoozed', name),
      );
    },
  };
}
