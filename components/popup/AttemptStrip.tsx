import type { VNode } from 'preact';
import { plural, t, tell } from '../../lib/client/translate.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';
import { isRunning, needsChoice, type Authorization } from '../../lib/domain/authorization.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { mayGoOnInTab } from '../../lib/domain/sign-in-tab.ts';
import { authorizationWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Phrase } from '../Phrase.tsx';

const SHOWN = 2;

/** Attempts to sign in that need a word: what happened, and what comes next. */
export function AttemptStrip({ model }: { readonly model: PopupModel }): VNode | null {
  const attempts = model.attempts.value;
  if (attempts.length === 0) return null;
  const { shown, left } = beginningOf(attempts, SHOWN);
  return (
    <section class="strips" aria-label={t('attempts')}>
      {shown.map((attempt) => (
        <Attempt key={attempt.id} model={model} attempt={attempt} />
      ))}
      {left > 0 && (
        <button
          type="button"
          class="button button-plain"
          onClick={() => model.actions.open('#/connections')}
        >
          {plural('notice_more', left)}
        </button>
      )}
    </section>
  );
}

interface Props {
  readonly model: PopupModel;
  readonly attempt: Authorization;
}

function Attempt({ model: { actions }, attempt }: Props): VNode {
  const { state } = attempt;
  const isBad = state.kind === 'failed';
  return (
    <div class={isBad ? 'strip strip-bad' : 'strip'}>
      <p>
        {isBad && (
          <>
            <strong>
              <Phrase of="attempt_failed" with={[attempt.providerName]} />
            </strong>{' '}
          </>
        )}
        <span dir="auto">{tell(authorizationWords(attempt))}</span>
      </p>
      <div class="strip-actions">
        {needsChoice(state) && (
          <button
            type="button"
            class="button button-main"
            onClick={() => actions.open('#/connections')}
          >
            {t('action_choose')}
          </button>
        )}
        {mayGoOnInTab(attempt) && (
          <ChangeButton class="button button-main" onClick={() => actions.open('#/connections')}>
            {t('action_sign_in_in_tab')}
          </ChangeButton>
        )}
        {isRunning(state) ? (
          <button type="button" class="button" onClick={() => actions.cancel(attempt)}>
            {t('action_cancel')}
          </button>
        ) : (
          !needsChoice(state) && (
            <>
              <ChangeButton class="button" onClick={() => actions.tryAgain(attempt)}>
                {t('action_try_again')}
              </ChangeButton>
              <button
                type="button"
                class="button button-plain"
                onClick={() => void actions.dismiss(attempt)}
              >
                {t('action_dismiss')}
              </button>
            </>
          )
        )}
      </div>
    </div>
  );
}
