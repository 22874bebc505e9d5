/** What a notification says, and what is said of a snooze. */
import type { Connection } from './connection.ts';
import type { Notice } from './notice.ts';
import { expiryWords, noticeWords, type Words } from './words.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A notification about connections that broke or end soon, by their names.
 * @param shown how many names at the most
 * @param flows how many flows stop with them
 * @param now epoch ms
 */
export function wordsOfNotice(
  { connections, about }: Pick<Notice, 'connections' | 'about'>,
  shown: number,
  flows: number,
  now: number,
): ReturnType<typeof noticeWords> {
  const names = connections.map(({ name }) => name);
  const said = noticeWords(names, shown, flows);
  const [first] = connections;
  if (about !== 'ends' || first === undefined) return said;
  if (connections.length > 1)
    return { ...said, title: { plural: 'notice_end_title_group', count: names.length } };
  return {
    title: { key: 'notice_end_title_single', args: [first.name] },
    message: [...endWords(first, now), { key: 'notice_end_message_single' }],
  };
}

function endWords({ health }: Connection, now: number): Words[] {
  return health.kind === 'expiring' ? [expiryWords(health.expiresAt, now)] : [];
}

/**
 * What is said where the person does not want to hear of a connection; `null` where they do.
 * @param now epoch ms
 */
export function quietnessWords(
  { isMuted, snoozedUntil }: Pick<Connection, 'isMuted' | 'snoozedUntil'>,
  now: number,
): Words | null {
  if (snoozedUntil !== undefined) {
    const as = snoozedUntil - now < DAY_MS ? 'time' : 'day';
    return { key: 'snoozed_until', args: [{ at: snoozedUntil, as }] };
  }
  return isMuted === true ? { key: 'muted' } : null;
}
