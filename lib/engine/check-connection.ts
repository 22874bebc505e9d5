import type { CheckRecord } from '../domain/check-record.ts';
import type { Connection } from '../domain/connection.ts';
import type { Credential, OauthCredential } from '../domain/credential.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { moveHealth, nearEnd, nearStatedEnd, type Health } from '../domain/health.ts';
import { afterReading, type Accounts } from '../domain/identity.ts';
import { inferredEnd } from '../domain/likely-cause.ts';
import { needsRefresh, nextCheckAt, type Pace } from '../domain/schedule.ts';
import { WAIT_MAX_MS } from '../domain/server-pace.ts';
import type { Verdict } from '../domain/verdict.ts';
import { readAccounts } from '../health/read-accounts.ts';
import { runCheck, type CheckResult, type Known } from '../health/run-check.ts';
import type { Method, Provider } from '../providers/schema.ts';
import type { ConnectionEdit } from '../store/commit.ts';
import { failpoint } from '../store/failpoint.ts';
import type { Engine } from './engine.ts';
import { providerMark } from './provider-mark.ts';
import { renew, type Renewal } from './refresh.ts';

/** A finished check, ready to be written together with others. */
export interface Checked {
  readonly id: string;
  readonly edit: ConnectionEdit;
  readonly record: (health: Connection['health']['kind']) => CheckRecord;
  readonly health: Connection['health'];
  /** What the answer itself meant. */
  readonly verdict: Verdict;
}

/**
 * Accounts are read anew when they are older than this, when they could not be reached, or when the
 * person asks for a check.
 */
const ACCOUNTS_AGE_MAX_MS = 6 * 60 * 60 * 1000;

/**
 * Asks the provider about one connection, renewing its token first where that is near its end.
 * Writes nothing but a renewed token.
 * @param credential as the vault holds it; `null` when it holds none that can be opened
 */
export async function checkConnection(
  engine: Engine,
  connection: Connection,
  credential: Credential | null,
  trigger: 'sweep' | 'person',
  pace: (provider: Provider | null) => Pace,
): Promise<Checked> {
  const provider = await engine.providers.find(connection.providerId);
  const method = provider?.methods.find((one) => one.id === connection.methodId);
  if (provider === null || method === undefined)
    return conclude(engine, connection, trigger, pace(provider), unasked('provider-unknown'), null);
  if (credential === null)
    return conclude(engine, connection, trigger, pace(provider), unasked(null), null);
  const asked = await ask(engine, connection, provider, method, credential).catch(
    (thrown: unknown): Asked => ({ result: unasked(codeOf(thrown)), used: credential }),
  );
  const accounts =
    asked.result.verdict.kind === 'valid'
      ? await refreshAccounts(engine, connection, provider, method, asked.used, trigger).catch(
          (): Accounts => ({ kind: 'error', reason: 'unreadable', readAt: engine.now() }),
        )
      : null;
  await failpoint('check-answered');
  const result = withInferredEnd(asked.result, connection, method, engine.now());
  const checked = conclude(engine, connection, trigger, pace(provider), result, accounts);
  return withMark(checked, provider);
}

/** What lists show of the provider follows its definition. */
function withMark(checked: Checked, provider: Provider): Checked {
  return {
    ...checked,
    edit(stored) {
      const edited = checked.edit(stored);
      return edited === null || edited === stored
        ? edited
        : { ...edited, provider: providerMark(provider, edited.params) };
    },
  };
}

interface Asked {
  readonly result: CheckResult;
  /** The credential that the answer is about. */
  readonly used: Credential;
}

async function ask(
  engine: Engine,
  connection: Connection,
  provider: Provider,
  method: Method,
  credential: Credential,
): Promise<Asked> {
  const check = (used: Credential): Promise<CheckResult> =>
    runCheck(
      provider.check,
      method,
      used,
      connection.params,
      engine.send,
      engine.now,
      known(connection),
    );
  if (method.kind !== 'oauth2' || credential.kind !== 'oauth2')
    return { result: await check(credential), used: credential };
  const canRenew = credential.refreshToken !== null;
  // While newer tokens wait to be saved, the ones in the vault are spent.
  const isSpent = engine.unsaved.has(connection.id);
  if (canRenew && (isSpent || needsRefresh(credential, engine.now()))) {
    const renewal = await renew(engine, connection, provider, method, credential);
    if (renewal.kind === 'refused') return { result: tokenResult(renewal), used: credential };
    return asRenewed(renewal, check);
  }
  const first = await check(credential);
  if (first.verdict.kind !== 'rejected')
    return { result: withEnd(first, credential, engine.now()), used: credential };
  if (!canRenew) return { result: unrenewable(first, credential, engine.now()), used: credential };
  const renewal = await renew(engine, connection, provider, method, credential);
  if (renewal.kind === 'refused') return { result: tokenResult(renewal), used: credential };
  return asRenewed(renewal, check);
}

async function asRenewed(
  { credential, isSaved }: Extract<Renewal, { kind: 'renewed' }>,
  check: (used: Credential) => Promise<CheckResult>,
): Promise<Asked> {
  await failpoint('renew-to-be-used');
  const result = await check(credential);
  const verdict = afterRenewal(result.verdict);
  const isLost = verdict.kind === 'valid' && !isSaved;
  return {
    result: { ...result, verdict: isLost ? { kind: 'unsaved' } : verdict },
    used: credential,
  };
}

function known({ told, identity }: Connection): Known | null {
  return told === undefined || identity === null ? null : { told, identity };
}

/** A token straight from the token endpoint that the API refuses is the API's trouble, not a dead grant. */
function afterRenewal(verdict: Verdict): Verdict {
  return verdict.kind === 'rejected'
    ? { kind: 'provider-trouble', trouble: 'refused', retryAt: null }
    : verdict;
}

function withEnd(result: CheckResult, credential: OauthCredential, now: number): CheckResult {
  const { verdict } = result;
  return verdict.kind === 'valid' && verdict.expiresAt === null && credential.refreshToken === null
    ? { ...result, verdict: { ...verdict, expiresAt: nearEnd(credential, now) } }
    : result;
}

/** Where nothing else names an end, one that the provider's definition states for every grant counts. */
function withInferredEnd(
  result: CheckResult,
  { grant }: Connection,
  method: Method,
  now: number,
): CheckResult {
  const { verdict } = result;
  if (verdict.kind !== 'valid' || verdict.expiresAt !== null || method.kind !== 'oauth2')
    return result;
  const lapses = method.lapses.map((one) => ({ ...one, when: one.when ?? null }));
  const endsAt = inferredEnd(grant?.grantedAt ?? null, lapses);
  const obtainedAt = grant?.grantedAt ?? 0;
  const expiresAt = nearEnd({ accessEndsAt: endsAt, obtainedAt }, now);
  return { ...result, verdict: { ...verdict, expiresAt } };
}

function unrenewable(result: CheckResult, credential: OauthCredential, now: number): CheckResult {
  const isOver = credential.accessEndsAt !== null && credential.accessEndsAt <= now;
  return isOver ? { ...result, verdict: { kind: 'rejected', reason: 'expired' } } : result;
}

function tokenResult(renewal: Extract<Renewal, { kind: 'refused' }>): CheckResult {
  const { verdict, asked, status, tookMs, words, error } = renewal;
  return { verdict, asked, status, tookMs, words: words ?? error };
}

/**
 * A result for a connection that could not even be asked about.
 * @param code what is in the way; `null`: its credential is lost, which only the person can mend
 */
function unasked(code: ErrorCode | null): CheckResult {
  const verdict: Verdict =
    code === null ? { kind: 'rejected', reason: 'interrupted' } : { kind: 'misconfigured', code };
  return { verdict, asked: '', status: null, tookMs: 0, words: null };
}

async function refreshAccounts(
  engine: Engine,
  connection: Connection,
  provider: Provider,
  method: Method,
  credential: Credential,
  trigger: 'sweep' | 'person',
): Promise<Accounts | null> {
  const { accounts } = connection;
  const readAt = accounts.kind === 'loading' ? 0 : accounts.readAt;
  const isOld =
    engine.now() - readAt > ACCOUNTS_AGE_MAX_MS ||
    (accounts.kind === 'error' && accounts.reason === 'unreachable');
  if (trigger === 'sweep' && !isOld) return null;
  return readAccounts(provider, method, credential, connection.params, engine.send, engine.now);
}

function conclude(
  engine: Engine,
  seen: Connection,
  trigger: 'sweep' | 'person',
  pace: Pace,
  result: CheckResult,
  accounts: Accounts | null,
): Checked {
  const now = engine.now();
  const { verdict } = result;
  const healthOf = (connection: Connection): Health =>
    moveHealth(connection.health, withStatedEnd(verdict, connection, now), now);
  const move = ({ promisedUntil = 0, ...stored }: Connection): Connection => {
    const health = healthOf(stored);
    const isSettled = verdict.kind === 'valid' || verdict.kind === 'rejected';
    const moved = { ...stored, health, troubles: isSettled ? 0 : stored.troubles + 1 };
    // Whoever asked out of turn and heard nothing better has not freed us of what was promised.
    const isFree = isSettled || stored.troubles === 0;
    // Bounded anew: a clock that was set back since must not make it longer.
    const left = Math.min(promisedUntil, now + WAIT_MAX_MS);
    const promised = isFree ? 0 : Math.max(stored.nextCheckAt ?? 0, left);
    const next = nextCheckAt(moved, verdict, pace, now, result.notBefore ?? null);
    return {
      ...moved,
      identity: verdict.kind === 'valid' ? verdict.identity : stored.identity,
      accounts: accounts === null ? stored.accounts : afterReading(stored.accounts, accounts),
      checkedAt: now,
      nextCheckAt: next === null ? null : Math.max(next, promised),
      ...(result.told ? { told: result.told } : {}),
    };
  };
  return {
    id: seen.id,
    // Whoever was authorised anew while the question was on its way is not judged by the old answer.
    edit: (stored) =>
      stored === null || stored.authorizedAt !== seen.authorizedAt ? stored : move(stored),
    health: healthOf(seen),
    verdict,
    record: (health) => ({
      connectionId: seen.id,
      at: now,
      tookMs: result.tookMs,
      trigger,
      asked: result.asked,
      status: result.status,
      verdict: verdict.kind,
      reason: reasonOf(verdict),
      words: result.words,
      health,
    }),
  };
}

/** Where the provider names no end, the one that the person stated counts. */
function withStatedEnd(verdict: Verdict, { statedEndAt }: Connection, now: number): Verdict {
  return verdict.kind === 'valid' && verdict.expiresAt === null
    ? { ...verdict, expiresAt: nearStatedEnd(statedEndAt, now) }
    : verdict;
}

function reasonOf(verdict: Verdict): string | null {
  switch (verdict.kind) {
    case 'rejected':
      return verdict.reason;
    case 'provider-trouble':
      return verdict.trouble;
    case 'misconfigured':
      return verdict.code;
    default:
      return null;
  }
}
