/**
 * Which words say what: decisions as message keys with arguments. The sentences stand in
 * `public/_locales`; a translator puts the two together in the person's language.
 */
import type messages from '../../public/_locales/en/messages.json';
import { ALL_ACCOUNTS, isUsed, type AccountChoice } from './account-choice.ts';
import type { Authorization } from './authorization.ts';
import { totalOf, type HealthCounts } from './connection.ts';
import type { ErrorCode } from './errors.ts';
import type { Doubt, Health, HealthKind } from './health.ts';
import type { Accounts, AccountsProblem } from './identity.ts';
import type { StatusChoice } from './query.ts';
import type { Rejection, VerdictKind } from './verdict.ts';

/** Every message of the catalogue. */
export type MessageKey = keyof typeof messages;

/** Keys that come as `…_one` and `…_other`. */
export type PluralKey = MessageKey extends infer K
  ? K extends `${infer Base}_other`
    ? Base
    : never
  : never;

/** A moment, to be written as a day or as a time of day. */
export interface MomentArgument {
  readonly at: number;
  readonly as: 'day' | 'time';
}
export type Argument = string | number | MomentArgument;

/** One sentence or label, not yet in any language. */
export type Words =
  | { readonly key: MessageKey; readonly args?: readonly Argument[] }
  | { readonly plural: PluralKey; readonly count: number; readonly args?: readonly Argument[] };

/** The names of the states. */
export function healthKindWords(kind: HealthKind): Words {
  return { key: `health_${kind}` };
}

/** What a choice of status is called. */
export function statusWords(choice: StatusChoice): Words {
  return choice === 'working' || choice === 'attention'
    ? { key: `status_${choice}` }
    : healthKindWords(choice);
}

/**
 * A health as a row says it: the state, and why.
 * @param now epoch ms
 */
export function healthWords(health: Health, now: number): readonly Words[] {
  switch (health.kind) {
    case 'unauthorized':
    case 'active':
      return [{ key: `health_${health.kind}` }];
    case 'expiring':
      return [expiryWords(health.expiresAt, now)];
    case 'unverified':
      if (health.doubt === 'permission-missing')
        return [{ key: 'health_permission_missing' }, doubtWords(health.doubt)];
      return [
        health.verifiedAt === null
          ? { key: 'health_unverified' }
          : { key: 'health_active_as_of', args: [moment(health.verifiedAt, now)] },
        doubtWords(health.doubt),
      ];
    case 'reconnect':
      return [{ key: 'health_reconnect' }, rejectionWords(health.reason, health.since)];
  }
}

/** When a credential ends, as near as it is. */
export function expiryWords(expiresAt: number, now: number): Words {
  const days = Math.ceil((expiresAt - now) / DAY_MS);
  if (expiresAt <= now) return { key: 'health_expired' };
  return days <= 1
    ? { key: 'health_expires_at', args: [{ at: expiresAt, as: 'time' }] }
    : { plural: 'health_expires_in_days', count: days };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function moment(at: number, now: number): MomentArgument {
  return { at, as: now - at < DAY_MS ? 'time' : 'day' };
}

/** Why a connection cannot be vouched for. */
export function doubtWords(doubt: Doubt): Words {
  return { key: `doubt_${snake(doubt)}` };
}

/** Why only the person can mend it, with the day it was found out. */
export function rejectionWords(reason: Rejection, since: number): Words {
  return { key: `rejection_${snake(reason)}`, args: [{ at: since, as: 'day' }] };
}

/** The same in few words, as one line of a history has it. */
export function reasonWords(reason: Rejection): Words {
  return { key: `reason_${snake(reason)}` };
}

/** What one answer of a provider meant, in few words. */
export function verdictWords(verdict: VerdictKind): Words {
  return { key: `verdict_${snake(verdict)}` };
}

/** A provider that was only away for a while is back by then. */
const LASTS_MS = DAY_MS;

/**
 * What to do about a health; `null` where there is nothing to do.
 * @param now epoch ms
 */
export function nextStepWords(health: Health, now: number): Words | null {
  switch (health.kind) {
    case 'active':
      return null;
    case 'unauthorized':
    case 'expiring':
      return { key: `next_${health.kind}` };
    case 'unverified':
      // A script is not told whether it was the certificate; where it lasts, a tab of the browser tells.
      return health.doubt === 'unreachable' && now - health.since >= LASTS_MS
        ? { key: 'next_doubt_unreachable_lasting' }
        : { key: `next_doubt_${snake(health.doubt)}` };
    case 'reconnect':
      return { key: `next_rejection_${snake(health.reason)}` };
  }
}

/** What went wrong with something that a person asked for, and what to do next. */
export function errorWords(code: ErrorCode): Words {
  return { key: `error_${snake(code)}` };
}

/** How an attempt to sign in stands. */
export function authorizationWords({
  state,
  providerName,
  isInTab,
}: Pick<Authorization, 'state' | 'providerName' | 'isInTab'>): Words {
  switch (state.kind) {
    case 'mismatch':
      return {
        key: 'authorization_mismatch',
        args: [state.received.label, state.expected.label],
      };
    case 'duplicate':
      return { key: 'authorization_duplicate', args: [providerName, state.identity.label] };
    case 'failed':
      return errorWords(state.code);
    case 'waiting':
      return {
        key: isInTab ? 'authorization_waiting_tab' : 'authorization_waiting',
        args: [providerName],
      };
    default:
      return { key: `authorization_${state.kind}`, args: [providerName] };
  }
}

/** What is known of the accounts behind a connection: how many of them it uses where that is not all. */
export function accountsWords(accounts: Accounts, choice: AccountChoice = ALL_ACCOUNTS): Words {
  switch (accounts.kind) {
    case 'loading':
      return { key: 'accounts_loading' };
    case 'none':
      return { key: accounts.isUnlisted === true ? 'accounts_unlisted' : 'accounts_none' };
    case 'ready': {
      const count = accounts.items.length;
      // Nearly every row of a long list: nothing to count.
      const used = choice === ALL_ACCOUNTS ? count : accounts.items.filter(isUsed(choice)).length;
      return used === count
        ? { plural: 'accounts_ready', count }
        : { plural: 'accounts_used', count, args: [used] };
    }
    case 'error':
      return { key: `accounts_error_${accounts.reason}` };
  }
}

/** What to do where accounts cannot be listed. */
export function accountsProblemWords(problem: AccountsProblem): Words {
  return { key: `accounts_hint_${problem}` };
}

/** The line over a list: `2 need reconnecting`, `14 active`; the urgent first. */
export function summaryWords(counts: HealthCounts): readonly Words[] {
  const total = totalOf(counts);
  if (total === 0) return [{ key: 'summary_none' }];
  if (counts.active === total) return [{ plural: 'summary_all_active', count: total }];
  const parts = ['reconnect', 'expiring', 'unauthorized', 'unverified', 'active'] as const;
  return parts
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({ plural: `summary_${kind}` as const, count: counts[kind] }));
}

/**
 * A notification about connections that broke, by their names.
 * @param flows how many flows stop with them
 */
export function noticeWords(
  names: readonly string[],
  shown: number,
  flows = 0,
): { readonly title: Words; readonly message: readonly Words[] } {
  const [first = ''] = names;
  const stopped: readonly Words[] = flows === 0 ? [] : [flowsStoppedWords(flows)];
  if (names.length === 1)
    return {
      title: { key: 'notice_title_single', args: [first] },
      message: [...stopped, { key: 'notice_message_single' }],
    };
  const rest = names.length - shown;
  return {
    title: { plural: 'notice_title_group', count: names.length },
    message: [
      // First: platforms cut the end.
      ...stopped,
      ...names.slice(0, shown).map((name) => ({ key: 'notice_name' as const, args: [name] })),
      ...(rest > 0 ? [{ plural: 'notice_more' as const, count: rest }] : []),
    ],
  };
}

/** What depends on connections that broke. */
export function flowsStoppedWords(count: number): Words {
  return { plural: 'flows_stopped', count };
}

/** Looks a message up and fills it in; the browser's own catalogue in the product. */
export type MessageSource = (key: string, substitutions: string[]) => string;

/**
 * Puts words into a language, with the catalogue alone: it says how numbers and moments are written
 * too. `Intl` would take longer to be made ready than the popup takes to be painted
 * (docs/decisions/0007-catalogue-formats.md).
 */
export function translator(source: MessageSource): (words: Words) => string {
  const integer = (value: number): string =>
    value < 1000
      ? String(value)
      : String(value).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, source('number_separator', []));
  const argument = (value: Argument): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return integer(value);
    const date = new Date(value.at);
    const two = (part: number): string => String(part).padStart(2, '0');
    return value.as === 'day'
      ? source('moment_day', [String(date.getDate()), source(`month_${date.getMonth() + 1}`, [])])
      : source('moment_time', [two(date.getHours()), two(date.getMinutes())]);
  };
  return (words) => {
    const args = (words.args ?? []).map(argument);
    if ('key' in words) return source(words.key, args);
    const form = words.count === 1 ? 'one' : 'other';
    return source(`${words.plural}_${form}`, [integer(words.count), ...args]);
  };
}

/** Units of a distance in time, the longest first. */
const SPANS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 60 * 60 * 1000],
  ['minute', 60 * 1000],
] as const;

/** How far away a moment is: `4 min ago`, `in 3 days`, `just now`; both epoch ms. */
export function distanceWords(at: number, now: number): Words {
  const distance = Math.abs(at - now);
  const [unit, ms] = SPANS.find(([, length]) => distance >= length) ?? [null, 1];
  if (unit === null) return { key: 'moment_now' };
  return { plural: `${at > now ? 'in' : 'ago'}_${unit}`, count: Math.floor(distance / ms) };
}

/**
 * The browser's own locale where it is of the catalogue's language, so that dates fit the sentence.
 * @param own as the browser tells it
 */
export function localeOf(catalogue: string, own: string): string {
  return catalogue === '' || own.split('-')[0] === catalogue.split('-')[0] ? own : catalogue;
}

type Snake<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Snake<B>}` : S;

function snake<S extends string>(code: S): Snake<S> {
  return code.replaceAll('-', '_') as Snake<S>;
}
