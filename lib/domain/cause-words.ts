/** How a likely cause is said. */
import type { LikelyCause } from './likely-cause.ts';
import type { PluralKey, Words } from './words.ts';

/** Words with a place for other words, which a translator puts in. */
export interface CauseWords {
  readonly words: (say: (words: Words) => string) => Words;
  /** Where the rule stands; `null` where it is no rule of a provider. */
  readonly source: string | null;
}

/** @returns what to say, and where it stands */
export function causeWords(cause: LikelyCause): CauseWords {
  switch (cause.kind) {
    case 'together':
      return { words: () => ({ plural: 'cause_together', count: cause.count }), source: null };
    case 'again':
      return { words: () => ({ key: 'cause_again', args: [cause.times] }), source: null };
    case 'short-token':
      return {
        words: (say) => ({ key: 'cause_short_token', args: [say(spanWords(cause.lastedMs))] }),
        source: null,
      };
    case 'lapse':
    case 'idle':
      return { words: (say) => lapseWords(cause, say), source: cause.lapse.source };
  }
}

function lapseWords(
  { kind, lapse, lastedMs }: Extract<LikelyCause, { kind: 'lapse' | 'idle' }>,
  say: (words: Words) => string,
): Words {
  const span = say(spanWords(lapse.afterS * 1000));
  const lasted = say(spanWords(lastedMs));
  if (kind === 'idle') return { key: 'cause_idle', args: [span, lasted] };
  return lapse.when === null
    ? { key: 'cause_lapse', args: [span, lasted] }
    : { key: 'cause_lapse_when', args: [span, lapse.when, lasted] };
}

const UNITS: readonly (readonly [PluralKey, number])[] = [
  ['span_days', 24 * 60 * 60 * 1000],
  ['hours', 60 * 60 * 1000],
  ['minutes', 60 * 1000],
];

/** A stretch of time in the largest unit of which it has at least two. */
export function spanWords(ms: number): Words {
  const [plural, unit] = UNITS.find(([, one]) => ms >= 1.9 * one) ?? ['minutes', 60_000];
  return { plural, count: Math.max(1, Math.round(ms / unit)) };
}
