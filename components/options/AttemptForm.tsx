import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { Attempt } from '../../lib/client/options-attempt.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { refusalOf } from '../../lib/domain/view-only.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { ViewOnlyContext } from '../use-change.ts';
import { AttemptProgress } from './AttemptProgress.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { useFirstFieldFocus } from './use-first-field-focus.ts';

interface Props {
  readonly model: OptionsModel;
  readonly attempt: Attempt;
  /** Called in the click, so that hosts can be asked for. */
  readonly onSubmit: () => void;
  readonly submitLabel: string;
  readonly canSubmit?: boolean;
  readonly backLabel: string;
  readonly onBack: () => void;
  /** What can be done about an attempt that waits for a choice; else what the page does. */
  readonly attempts?: OptionsModel['attempts'];
  /** When a choice was made; else the dialog closes. */
  readonly onChosen?: () => void;
  /** The fields. */
  readonly children: ComponentChildren;
}

/** A form that starts an attempt to sign in, and says what becomes of it. */
export function AttemptForm(props: Props): VNode {
  const { model, attempt, onSubmit, children } = props;
  const isDeciding = attempt.isDeciding.value;
  const refusal = refusalOf(useContext(ViewOnlyContext));
  const element = useFirstFieldFocus<HTMLFormElement>();
  return (
    <form
      ref={element}
      class="modal-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div class="modal-scroll">
        <fieldset
          class="modal-body plain-fieldset"
          disabled={attempt.isBusy.value || isDeciding || refusal !== null}
        >
          {children}
        </fieldset>
      </div>
      {refusal !== null && <ProblemNote problem={{ code: refusal, detail: null }} />}
      <AttemptProgress
        attempt={attempt}
        attempts={props.attempts ?? model.attempts}
        onChosen={props.onChosen ?? model.dialogs.close}
      />
      {/* While there is a choice to make, nothing else can be done. */}
      {!isDeciding && <Footer {...props} />}
    </form>
  );
}

function Footer({ attempt, submitLabel, canSubmit = true, backLabel, onBack }: Props): VNode {
  const isBusy = attempt.isBusy.value;
  const isRunning = isBusy && attempt.authorization.value !== null;
  return (
    <footer class="modal-footer">
      <button
        type="button"
        class="button"
        disabled={isBusy && !isRunning}
        onClick={isRunning ? attempt.cancel : onBack}
      >
        {isRunning ? t('action_cancel') : backLabel}
      </button>
      <ChangeButton type="submit" class="button button-main" disabled={isBusy || !canSubmit}>
        {submitLabel}
      </ChangeButton>
    </footer>
  );
}
