import type { VNode } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { RepairQueue } from '../../lib/client/options-repair.ts';
import type { RepairTurn as Turn } from '../../lib/client/options-repair-turn.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { progressOf } from '../../lib/domain/repair.ts';
import { healthWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { HealthMark } from '../HealthMark.tsx';
import { ProviderMark } from '../ProviderMark.tsx';
import { useChange, useIsLocked } from '../use-change.ts';
import { AttemptProgress } from './AttemptProgress.tsx';
import { EnvironmentLine } from './EnvironmentLine.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { ReconnectFields } from './ReconnectFields.tsx';
import { useLostFocus } from './use-lost-focus.ts';

interface Props {
  readonly model: OptionsModel;
}

/** The queue at work: how far it is, and the connection whose turn it is. */
export function RepairTurn({ model }: Props): VNode {
  const { repair } = model;
  const turn = repair.turn.value;
  return (
    <>
      <Progress repair={repair} />
      {turn !== null && <Card key={turn.item.id} model={model} turn={turn} />}
    </>
  );
}

function Progress({ repair }: { readonly repair: RepairQueue }): VNode | null {
  const textId = useId();
  const hintId = useId();
  const change = useChange();
  const queue = repair.repair.value;
  if (queue === null) return null;
  const { at, total } = progressOf(queue);
  return (
    <div class="repair-progress">
      <span id={textId}>{t('repair_progress', at, total)}</span>
      <progress aria-labelledby={textId} value={at - 1} max={total} />
      <button type="button" class="button" onClick={() => void repair.stop()}>
        {t('repair_stop')}
      </button>
      <div class="repair-automatic">
        <label class="choice">
          <input
            type="checkbox"
            role="switch"
            aria-checked={queue.continuesByItself}
            aria-describedby={hintId}
            checked={queue.continuesByItself}
            {...change}
            onChange={(event) => void repair.setByItself(event.currentTarget.checked)}
          />
          {t('repair_automatic')}
        </label>
        <p class="hint" id={hintId}>
          {t('repair_automatic_hint')}
        </p>
      </div>
    </div>
  );
}

function Card({ model, turn }: Props & { readonly turn: Turn }): VNode {
  const { item, form } = turn;
  const { repair, providers } = model;
  const { attempt } = form;
  const connection = form.connection.value;
  const isBusy = attempt.isBusy.value;
  const isDeciding = attempt.isDeciding.value;
  const isLocked = useIsLocked();
  const hasFailed = item.outcome.kind === 'failed';
  const step = isBusy ? 'busy' : isDeciding ? 'deciding' : item.outcome.kind;
  const element = useLostFocus<HTMLFormElement>(step);
  const titleId = useId();
  useKnock(repair);
  const keyPage = providers.find(connection.providerId)?.links.key ?? null;
  return (
    <section class="repair-card" aria-labelledby={titleId}>
      <div class="form-heading">
        <ProviderMark mark={connection.provider} />
        <div>
          <h2 id={titleId} dir="auto">
            {t('repair_turn', connection.name)}
          </h2>
          <EnvironmentLine model={model} connection={connection} />
          <p class="evidence-state">
            <HealthMark kind={connection.health.kind} />
            <span>{healthWords(connection.health, model.now.value).map(tell).join(' · ')}</span>
          </p>
        </div>
      </div>
      <form
        ref={element}
        class="repair-form"
        onSubmit={(event) => {
          event.preventDefault();
          repair.submit();
        }}
      >
        <fieldset class="modal-body plain-fieldset" disabled={isBusy || isDeciding || isLocked}>
          <ReconnectFields model={model} form={form} />
          {connection.methodKind !== 'oauth2' && keyPage !== null && (
            <p class="hint">
              <a href={keyPage} target="_blank" rel="noreferrer">
                {t('key_page', connection.provider.name)}
              </a>
            </p>
          )}
        </fieldset>
        <AttemptProgress attempt={attempt} attempts={repair.choices} onChosen={() => undefined} />
        {item.outcome.kind === 'failed' && attempt.problem.value === null && !isBusy && (
          <ProblemNote problem={item.outcome} />
        )}
        {hasFailed && !isBusy && !isDeciding && <p class="hint">{t('repair_turn_failed')}</p>}
        {/* While there is a choice to make, nothing else can be done. */}
        {!isDeciding && <Steps repair={repair} turn={turn} />}
      </form>
    </section>
  );
}

function Steps({ repair, turn }: { readonly repair: RepairQueue; readonly turn: Turn }): VNode {
  const { item, form } = turn;
  const { attempt } = form;
  if (attempt.isBusy.value)
    return (
      <div class="choices">
        <button type="button" class="button" onClick={attempt.cancel}>
          {t('action_cancel')}
        </button>
      </div>
    );
  const canSubmit = form.method.value !== null;
  if (item.outcome.kind === 'failed')
    return (
      <div class="choices">
        <ChangeButton type="submit" class="button button-main" disabled={!canSubmit}>
          {t('action_try_again')}
        </ChangeButton>
        <ChangeButton type="button" class="button" onClick={() => void repair.decide('next')}>
          {t('repair_next')}
        </ChangeButton>
      </div>
    );
  return (
    <>
      <div class="choices">
        <ChangeButton type="submit" class="button button-main" disabled={!canSubmit}>
          {t('action_reconnect')}
        </ChangeButton>
        <ChangeButton type="button" class="button" onClick={() => void repair.decide('later')}>
          {t('repair_later')}
        </ChangeButton>
        <ChangeButton type="button" class="button" onClick={() => void repair.decide('skip')}>
          {t('repair_skip')}
        </ChangeButton>
      </div>
      <p class="hint">{t('repair_turn_choices_hint')}</p>
    </>
  );
}

/** The person comes back to the page when the window is gone; the worker may be gone too. */
function useKnock({ knock }: RepairQueue): void {
  useEffect(() => {
    addEventListener('focus', knock);
    return () => removeEventListener('focus', knock);
  }, [knock]);
}
