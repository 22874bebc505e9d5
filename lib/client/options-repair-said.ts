/** What the queue "Reconnect all" says while the person goes through it. */
import { batch, effect, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Repair } from '../domain/repair.ts';
import type { Shared } from './options-deps.ts';
import type { Stored } from './options-repair-turn.ts';
import { tallyTexts } from './repair-tally.ts';
import { t } from './translate.ts';

/** Says what became of each, whoever brought it about. */
export function sayOutcomes(
  { messages, records }: Shared,
  stored: Stored,
  isBegun: Signal<boolean>,
  isHere: ReadonlySignal<boolean>,
): void {
  let before: Repair | null = null;
  effect(() => {
    const after = stored.value ?? null;
    const known = new Map(before?.items.map(({ id, outcome }) => [id, outcome.kind]));
    const hasEnded = before?.currentId != null && after?.currentId === null;
    before = after;
    untracked(() => {
      if (!isBegun.value || !isHere.value) return;
      batch(() => {
        for (const { id, outcome } of after?.items ?? []) {
          const was = known.get(id);
          if (was === undefined || was === outcome.kind || outcome.kind === 'waiting') continue;
          const isGood = outcome.kind === 'mended' || outcome.kind === 'healed';
          const name = records.find(id)?.name ?? '';
          const became = t(`repair_outcome_${outcome.kind}`);
          messages.say(t('repair_said', name, became), isGood ? 'good' : 'plain');
        }
        if (hasEnded) messages.say(tallyTexts(after).join(' · '));
      });
    });
  });
}
