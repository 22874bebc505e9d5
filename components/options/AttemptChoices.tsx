import type { VNode } from 'preact';
import type { Attempts } from '../../lib/client/options-attempts.ts';
import { t } from '../../lib/client/translate.ts';
import type { Authorization } from '../../lib/domain/authorization.ts';
import { mayGoOnInTab } from '../../lib/domain/sign-in-tab.ts';
import { ChangeButton } from '../ChangeButton.tsx';

interface Props {
  readonly authorization: Authorization;
  readonly attempts: Attempts;
  /** Told before a choice is carried out, so that a dialog makes way for what it opens. */
  readonly onChosen?: () => void;
}

/** What a person can do about an attempt, as it stands. */
export function AttemptChoices({ authorization, attempts, onChosen }: Props): VNode {
  const { state } = authorization;
  const button = (
    label: string,
    act: () => void,
    kind: 'main' | 'change' | 'end' = 'change',
  ): VNode => (
    <ChangeButton
      isChange={kind !== 'end'}
      class={kind === 'main' ? 'button button-main' : 'button'}
      onClick={() => {
        onChosen?.();
        act();
      }}
    >
      <bdi class="one-line">{label}</bdi>
    </ChangeButton>
  );
  const again = (label: string, isMain = true): VNode =>
    button(label, () => attempts.tryAgain(authorization), isMain ? 'main' : 'change');
  const dismiss = button(t('action_dismiss'), () => attempts.dismiss(authorization), 'end');

  switch (state.kind) {
    case 'queued':
    case 'waiting':
    case 'proving':
      return (
        <div class="choices">
          {button(t('action_cancel'), () => attempts.cancel(authorization), 'end')}
        </div>
      );
    case 'mismatch':
      return (
        <div class="choices">
          {again(t('choice_again_as', state.expected.label))}
          {button(t('choice_keep_new', state.received.label), () =>
            attempts.choose(authorization, 'keep-both'),
          )}
          {button(t('choice_replace', state.expected.label, state.received.label), () =>
            attempts.choose(authorization, 'replace'),
          )}
          {dismiss}
        </div>
      );
    case 'duplicate':
      return (
        <div class="choices">
          {button(t('choice_update'), () => attempts.choose(authorization, 'update'), 'main')}
          {button(t('choice_keep_both'), () => attempts.choose(authorization, 'keep-both'))}
          {dismiss}
        </div>
      );
    default:
      return (
        <div class="choices">
          {mayGoOnInTab(authorization) &&
            button(t('action_sign_in_in_tab'), () => attempts.tryInTab(authorization), 'main')}
          {again(t('action_try_again'), state.kind !== 'cancelled' && !mayGoOnInTab(authorization))}
          {dismiss}
        </div>
      );
  }
}
