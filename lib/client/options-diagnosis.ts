/** Why a connection probably broke, read off what the page can read. */
import { ALL_ACTIVITY } from '../domain/activity.ts';
import { causeWords } from '../domain/cause-words.ts';
import type { Connection } from '../domain/connection.ts';
import { relapseWords } from '../domain/guidance-words.ts';
import { diagnosisOf, historyOf, type Diagnosis, type Lapse } from '../domain/likely-cause.ts';
import { readActivity } from '../store/activity.ts';
import type { Shared } from './options-deps.ts';
import { findMethod } from './options-providers.ts';
import { tell } from './translate.ts';

/** One thing that a diagnosis says. */
export interface DiagnosisLine {
  readonly text: string;
  /** Where the rule stands; `null` where it is no rule of a provider. */
  readonly source: string | null;
}

/** As far back as a diagnosis looks. */
const HISTORY_LINES = 200;
const NO_LAPSES: readonly Lapse[] = [];

/** When access by its method ends by itself, as the definition of its provider states. */
export function lapsesOf(
  { providers }: Pick<Shared, 'providers'>,
  { providerId, methodId }: Connection,
): readonly Lapse[] {
  return findMethod(providers.find(providerId), methodId)?.lapses ?? NO_LAPSES;
}

/**
 * @returns `null` where it is not broken, or where what broke it is known already
 * @throws where its history cannot be read
 */
export async function diagnose(
  shared: Pick<Shared, 'records' | 'providers'>,
  connection: Connection,
): Promise<Diagnosis | null> {
  if (connection.health.kind !== 'reconnect') return null;
  const { records } = shared;
  const filter = { ...ALL_ACTIVITY, connectionId: connection.id };
  const { lines } = await readActivity(await records.database(), filter, null, HISTORY_LINES);
  const all = records.connections.value ?? [];
  const history = historyOf(connection, lines, all, lapsesOf(shared, connection));
  return history && diagnosisOf(history);
}

/** A diagnosis in words. */
export function diagnosisLines({ cause, relapsedAfterMs }: Diagnosis): DiagnosisLine[] {
  const lines: DiagnosisLine[] = [];
  if (relapsedAfterMs !== null)
    lines.push({ text: tell(relapseWords(relapsedAfterMs)), source: null });
  if (cause !== null) {
    const { words, source } = causeWords(cause);
    lines.push({ text: tell(words(tell)), source });
  }
  return lines;
}
