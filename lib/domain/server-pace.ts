/**
 * What a server says in its headers about when to come again, how long a credential lasts, and
 * whether anything has changed. Pure.
 */
import type { Answer } from './exchange.ts';

type Answered = Extract<Answer, { kind: 'answer' }>;

/** The longest that a server may ask to be left alone for. */
export const WAIT_MAX_MS = 24 * 60 * 60 * 1000;

/** A moment in seconds below this counts from now: several services write the rest of the time. */
const EPOCH_SECONDS_MIN = 1_000_000_000;

/** The budget headers of several services, GitHub's among them. */
export function isSpent(answer: Answered): boolean {
  return (
    header(answer, 'x-ratelimit-remaining') === '0' || header(answer, 'ratelimit-remaining') === '0'
  );
}

/**
 * When a server asked to be left alone until: `Retry-After` in seconds or as a date (RFC 9110
 * §10.2.3), or the reset of a budget that is spent; at most a day.
 * @returns epoch ms, never before `now`; `null` when it asked for nothing
 */
export function retryAt(answer: Answered, now: number): number | null {
  const value = header(answer, 'retry-after');
  if (value !== null) {
    const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
    if (Number.isFinite(wait)) return within(wait, now);
  }
  const reset = isSpent(answer) ? (resetOf(answer) ?? null) : spentWindow(answer);
  if (reset === null) return null;
  const wait = reset < EPOCH_SECONDS_MIN ? reset * 1000 : reset * 1000 - now;
  return wait > 0 ? within(wait, now) : null;
}

/**
 * When a server wants to be asked again at the earliest, said with any answer: as {@link retryAt}, or
 * as the interval that GitHub sends with what it wants to be polled rarely.
 */
export function notBefore(answer: Answer, now: number): number | null {
  if (answer.kind === 'silence') return null;
  const interval = secondsIn(header(answer, 'x-poll-interval'));
  const polled = interval === null ? null : within(interval * 1000, now);
  const asked = retryAt(answer, now);
  return asked === null || polled === null ? (asked ?? polled) : Math.max(asked, polled);
}

/** An end that the header states nearer than this is none: a service has been seen to send the time of the answer (google/go-github#3708). */
const END_MIN_MS = 10 * 60_000;

/** When a credential ends, as a header of the provider says; GitHub writes `2026-12-31 12:00:00 UTC` or `… +0100`. */
export function statedEnd(answer: Answer, name: string | undefined, now: number): number | null {
  const value = answer.kind === 'answer' && name !== undefined ? header(answer, name) : null;
  if (value === null) return null;
  const [, day, time, zone] = /^(\S+) ([\d:]+) (UTC|[+-]\d{4})$/.exec(value) ?? [];
  const iso = `${day}T${time}${zone === 'UTC' ? 'Z' : zone}`;
  const at = Date.parse(day === undefined ? value : iso);
  return Number.isFinite(at) && at - now >= END_MIN_MS ? at : null;
}

/** The entity tag of an answer, where it is one (RFC 9110 §8.8.3). */
export function entityTag(answer: Answer): string | null {
  const value = answer.kind === 'answer' ? header(answer, 'etag') : null;
  return value !== null && /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(value) ? value : null;
}

function header(answer: Answered, name: string): string | null {
  return answer.headers.get(name.toLowerCase())?.trim() ?? null;
}

function resetOf(answer: Answered): number | null {
  return (
    secondsIn(header(answer, 'x-ratelimit-reset')) ?? secondsIn(header(answer, 'ratelimit-reset'))
  );
}

/** The `RateLimit` field of draft-ietf-httpapi-ratelimit-headers: `"default";r=0;t=30`. */
function spentWindow(answer: Answered): number | null {
  const spent = (header(answer, 'ratelimit') ?? '')
    .split(',')
    .filter((policy) => /;\s*r=0\s*(?:;|$)/.test(policy))
    .map((policy) => secondsIn(/;\s*t=(\d+)/.exec(policy)?.[1] ?? null));
  const longest = Math.max(0, ...spent.map((seconds) => seconds ?? 0));
  return longest === 0 ? null : longest;
}

function secondsIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function within(wait: number, now: number): number {
  return now + Math.min(Math.max(wait, 0), WAIT_MAX_MS);
}
