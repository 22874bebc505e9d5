import type { RepairOutcome } from '../domain/repair.ts';
import { errorWords } from '../domain/words.ts';
import { t, tell } from './translate.ts';

/** What became of a connection in the queue, after its name; nothing while it waits. */
export function outcomeText(outcome: RepairOutcome): string {
  switch (outcome.kind) {
    case 'waiting':
      return '';
    case 'failed':
      return tell(errorWords(outcome.code));
    default:
      return t(`repair_outcome_${outcome.kind}`);
  }
}
