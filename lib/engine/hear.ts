/** What a person wants to hear of: mute and snooze. */
import { PatchbayError } from '../domain/errors.ts';
import { SNOOZE_MAX_MS, unsnoozed } from '../domain/snooze.ts';
import type { noticeProcedures } from '../rpc/notice-procedures.ts';
import type { Handlers, Output, ParsedInput } from '../rpc/procedures.ts';
import { editEach } from './edit.ts';
import type { Ports } from './ports.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

export function noticeHandlers(ports: Ports): Pick<Handlers, keyof typeof noticeProcedures> {
  return {
    muteConnections: (input) => muteConnections(ports, input),
    snoozeConnections: (input) => snoozeConnections(ports, input),
  };
}

/** A notification about a connection that is muted now is withdrawn. */
async function muteConnections(
  ports: Ports,
  { ids, isMuted }: ParsedInput<'muteConnections'>,
): Promise<Output<'muteConnections'>> {
  const outcomes = await editEach(ports, ids, (stored) => {
    if ((stored.isMuted === true) === isMuted) return stored;
    const { isMuted: _before, ...heard } = stored;
    return isMuted ? { ...heard, isMuted } : heard;
  });
  await heard(ports);
  return outcomes;
}

/** @throws PatchbayError `invalid-request` for a moment that is past, or too far away */
export async function snoozeConnections(
  ports: Ports,
  { ids, until }: ParsedInput<'snoozeConnections'>,
): Promise<Output<'snoozeConnections'>> {
  const now = ports.now();
  if (until !== null && (until <= now || until > now + SNOOZE_MAX_MS))
    throw new PatchbayError('invalid-request', 'until');
  const outcomes = await editEach(ports, ids, (stored) => {
    if (until !== null) return { ...stored, snoozedUntil: until };
    return stored.snoozedUntil === undefined ? stored : unsnoozed(stored);
  });
  await heard(ports);
  return outcomes;
}

async function heard(ports: Ports): Promise<void> {
  // It is written: what fails from here on is made good by the next start.
  await Promise.allSettled([tell(ports), planWake(ports)]);
}
