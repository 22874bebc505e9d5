/** What a check showed, in words, and as text to hand on. */
import type { CheckRecord } from '../domain/check-record.ts';
import type { Connection } from '../domain/connection.ts';
import { doubtWords, healthWords, reasonWords, verdictWords } from '../domain/words.ts';
import { verifiedAt, type Doubt } from '../domain/health.ts';
import type { Rejection, VerdictKind } from '../domain/verdict.ts';
import { t, tell } from './translate.ts';

const REJECTIONS: readonly Rejection[] = ['revoked', 'key-rejected', 'expired', 'interrupted'];
const TROUBLES: readonly Doubt[] = [
  'server-error',
  'rate-limited',
  'timeout',
  'unreachable',
  'redirected',
  'refused',
];

export function verdictText(verdict: VerdictKind): string {
  return tell(verdictWords(verdict));
}

/** Why, in words where we have them, else the provider's code as it is; `null` where nothing is known. */
export function reasonText(reason: string | null): string | null {
  if (reason === null) return null;
  const rejection = REJECTIONS.find((one) => one === reason);
  if (rejection !== undefined) return tell(reasonWords(rejection));
  const trouble = TROUBLES.find((one) => one === reason);
  return trouble === undefined ? reason : tell(doubtWords(trouble));
}

/** A health in one line: state and reason. */
export function healthText(connection: Connection, now: number): string {
  return healthWords(connection.health, now).map(tell).join(' · ');
}

/** The answer's status line as people know it, or that there was none. */
export function statusText(check: CheckRecord): string {
  return check.status === null ? t('check_no_answer') : `HTTP ${check.status}`;
}

/**
 * Evidence as plain text for a bug report. Holds what the records hold: never a secret.
 * @param more what else is to be said of the connection, in words
 */
export function evidenceText(
  connection: Connection,
  checks: readonly CheckRecord[],
  now: number,
  more: readonly string[] = [],
): string {
  const lastGoodAt = verifiedAt(connection.health);
  const head = [
    `${connection.name} (${connection.provider.name})`,
    healthText(connection, now),
    ...(connection.identity === null ? [] : [connection.identity.label]),
    ...(lastGoodAt === null
      ? []
      : [`${t('check_last_good')}: ${new Date(lastGoodAt).toISOString()}`]),
    ...more,
  ];
  const lines = checks.map((check) =>
    [
      new Date(check.at).toISOString(),
      check.asked,
      statusText(check),
      verdictText(check.verdict),
      reasonText(check.reason),
      check.words,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' | '),
  );
  return [...head, '', ...lines].join('\n');
}
