import type { VNode } from 'preact';
import type { Problem } from '../../lib/client/options-attempt.ts';
import { tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';

/** What went wrong and what to do, and the provider's own words for it, as text. */
export function ProblemNote({ problem }: { readonly problem: Problem }): VNode {
  return (
    <div class={problem.code === 'cancelled' ? 'note' : 'note note-bad'} role="alert">
      <p>{tell(errorWords(problem.code))}</p>
      {problem.detail !== null && (
        <p class="their-words">
          <bdi>{problem.detail}</bdi>
        </p>
      )}
    </div>
  );
}
