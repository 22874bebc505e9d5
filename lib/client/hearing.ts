/** Mute and snooze of one connection: what the person wants to hear of. Each outcome is said. */
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { hearingChange, type HearingChange, type HearingChoice } from '../domain/snooze.ts';
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
    hear({ id, name }, choice) {
      const change = hearingChange(choice, now());
      void report(
        async () => {
          const { outcomes } = await requestHearing(ask, [id], change);
          const error = outcomes[0]?.error ?? null;
          if (error !== null) throw new PatchbayError(error);
        },
        hearingText(change, name),
      );
    },
  };
}

/** Asks the background for a change of what is heard of some connections. */
export function requestHearing(
  ask: typeof call,
  ids: string[],
  change: HearingChange,
): Promise<Output<'muteConnections'>> {
  switch (change.kind) {
    case 'mute':
    case 'unmute':
      return ask('muteConnections', { ids, isMuted: change.kind === 'mute' });
    case 'snooze':
      return ask('snoozeConnections', { ids, until: change.until });
    case 'end-snooze':
      return ask('snoozeConnections', { ids, until: null });
  }
}

/** What was done, to a connection of this name. */
export function hearingText({ kind }: HearingChange, name: string): string {
  return t(SAID[kind], name);
}

const SAID = {
  mute: 'message_muted',
  unmute: 'message_unmuted',
  snooze: 'message_snoozed',
  'end-snooze': 'message_snooze_ended',
} as const satisfies Record<HearingChange['kind'], string>;
