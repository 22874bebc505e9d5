import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { HearSelected } from './HearSelected.tsx';
import { MoveSelected } from './MoveSelected.tsx';
import { TagSelected } from './TagSelected.tsx';

/** What can be done with all that is selected. */
export function SelectionBar({ model }: { readonly model: OptionsModel }): VNode | null {
  const { bulk, dialogs, list, selection } = model;
  const count = selection.ids.value.size;
  const progress = bulk.progress.value;
  if (count === 0 && progress === null) return null;
  const hidden = selection.hidden.value;
  const chosen = selection.connections.value;
  return (
    <div class="selection-bar" role="toolbar" aria-label={t('selection')}>
      <p class="selection-count" role="status">
        {plural('selection_count', count)}
        {hidden > 0 && <span class="quiet"> · {plural('selection_hidden', hidden)}</span>}
      </p>
      {!selection.hasAll.value && (
        <button type="button" class="button button-plain" onClick={selection.selectListed}>
          {plural('select_listed', list.rows.value.length)}
        </button>
      )}
      <button type="button" class="button button-plain" onClick={selection.clear}>
        {t('selection_clear')}
      </button>
      {progress === null ? (
        <span class="selection-actions">
          <ChangeButton
            type="button"
            class="button"
            onClick={() => {
              const [only] = chosen;
              if (only !== undefined && chosen.length === 1) dialogs.reconnect(only, true);
              else void model.repair.startWith(chosen);
            }}
          >
            {t('action_reconnect')}
          </ChangeButton>
          <button type="button" class="button" onClick={() => void bulk.check(chosen)}>
            {t('action_check_now')}
          </button>
          <ChangeButton
            type="button"
            class="button"
            onClick={() => void bulk.change(chosen, { kind: 'pause' })}
          >
            {t('action_pause')}
          </ChangeButton>
          <ChangeButton
            type="button"
            class="button"
            onClick={() => void bulk.change(chosen, { kind: 'resume' })}
          >
            {t('action_resume')}
          </ChangeButton>
          <HearSelected model={model} />
          <TagSelected model={model} />
          <MoveSelected model={model} />
          <ChangeButton
            type="button"
            class="button button-danger"
            onClick={() => dialogs.remove(chosen)}
          >
            {t('action_delete')}
          </ChangeButton>
        </span>
      ) : (
        <span class="selection-actions">
          <progress value={progress.done} max={progress.total} aria-label={t('selection')} />
          <button type="button" class="button" onClick={bulk.stop}>
            {t('bulk_progress', progress.done, progress.total)}
          </button>
        </span>
      )}
    </div>
  );
}
