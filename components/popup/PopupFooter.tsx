import type { VNode } from 'preact';
import { plural, t } from '../../lib/client/translate.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';

/** What is done with all of them. */
export function PopupFooter({ model }: { readonly model: PopupModel }): VNode {
  const { actions } = model;
  const broken = model.counts.value.reconnect;
  return (
    <footer class="popup-footer">
      <CheckButton model={model} />
      {broken >= 2 && (
        <button type="button" class="button" onClick={() => actions.open('#/repair')}>
          {plural('action_reconnect_all', broken)}
        </button>
      )}
      <button
        type="button"
        class="button button-plain popup-open"
        onClick={() => actions.open('#/connections')}
      >
        {t('action_open_connections')}
      </button>
    </footer>
  );
}

/** Starts a check of everything, and stops it while it runs. */
function CheckButton({ model }: { readonly model: PopupModel }): VNode {
  const { actions, records } = model;
  const progress = records.checking.value;
  if (progress === null && !actions.isChecking.value)
    return (
      <button
        type="button"
        class="button"
        disabled={model.total.value === 0}
        onClick={() => actions.check(null)}
      >
        {t('action_check_now')}
      </button>
    );
  return (
    <>
      <progress
        class="popup-progress"
        aria-label={t('checking')}
        max={progress?.total || 1}
        {...(progress === null ? {} : { value: progress.done })}
      />
      <button type="button" class="button" onClick={actions.stopChecking}>
        {progress === null || progress.total < 2
          ? t('action_stop')
          : t('action_stop_progress', progress.done, progress.total)}
      </button>
    </>
  );
}
