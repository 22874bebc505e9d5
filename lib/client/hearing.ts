/** Mute and snooze of one connection: what the person wants to hear of. Each outcome is said. */
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { snoozeEnd, type HearingChoice } from '../domain/snooze.ts';
import type { call } from '../rpc/client.ts';
import type { Output } from '../rpc/procedures.ts';
import { t } from './translate.ts';

export interface Hearing {
  readonly hear: (connection: Connection, choice: HearingChoice) => void;
}

/** @param report asks, and says the text where that went well, or what went wrong */
export function createHearing(
  { call: ask, now }: { readonly call: typeof call; readonly now: () => number },
  report: (run: () => Promise<void>, text: string) => unknown,
): Hearing {
  return {
    hear(connection, choice) {
      const { name } = connection;
      const [run, text] = asked(connection, choice);
      void report(
        async () => {
          const error = (await run()).outcomes[0]?.error ?? null;
          if (error !== null) throw new PatchbayError(error);
        },
        t(text, name),
      );
    },
  };

  function asked(
    { id }: Connection,
    choice: HearingChoice,
  ): readonly [() => Promise<Output<'muteConnections'>>, Said] {
    const ids = [id];
    if (choice === 'mute' || choice === 'unmute') {
      const isMuted = choice === 'mute';
      const text = isMuted ? 'message_muted' : 'message_unmuted';
      return [() => ask('muteConnections', { ids, isMuted }), text];
    }
    const isOver = choice === 'end-snooze';
    const until = isOver ? null : snoozeEnd(choice, now());
    const text = isOver ? 'message_snooze_ended' : 'message_snoozed';
    return [() => ask('snoozeConnections', { ids, until }), text];
  }
}

type Said = 'message_muted' | 'message_unmuted' | 'message_snooze_ended' | 'message_snoozed';
