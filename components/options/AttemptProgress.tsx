import type { VNode } from 'preact';
import type { Attempt } from '../../lib/client/options-attempt.ts';
import type { Attempts } from '../../lib/client/options-attempts.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { authorizationWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { AttemptChoices } from './AttemptChoices.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  readonly attempt: Attempt;
  readonly attempts: Attempts;
  readonly onChosen: () => void;
}

/** In the dialog that started it: what is happening to an attempt, or what came of it. */
export function AttemptProgress({ attempt, attempts, onChosen }: Props): VNode {
  const authorization = attempt.authorization.value;
  const problem = attempt.problem.value;
  const words =
    authorization !== null && (attempt.isBusy.value || attempt.isDeciding.value)
      ? authorizationWords(authorization)
      : null;
  return (
    <div class="progress">
      <div role="status" aria-label={t('attempt_progress')}>
        {attempt.isBusy.value && (
          <p class="note note-running">
            <span class="spinner" aria-hidden="true" />
            {words === null ? t('attempt_starting') : tell(words)}
          </p>
        )}
        {!attempt.isBusy.value && words !== null && <p class="note">{tell(words)}</p>}
      </div>
      {problem !== null && !attempt.isBusy.value && <ProblemNote problem={problem} />}
      {attempt.mayGoOnInTab.value && (
        <div class="choices">
          <ChangeButton class="button" onClick={attempt.goOnInTab}>
            {t('action_sign_in_in_tab')}
          </ChangeButton>
          <p class="hint">{t('sign_in_in_tab_hint')}</p>
        </div>
      )}
      {authorization !== null && attempt.isDeciding.value && (
        <AttemptChoices authorization={authorization} attempts={attempts} onChosen={onChosen} />
      )}
    </div>
  );
}
