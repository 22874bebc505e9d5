import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useChange } from '../use-change.ts';
import { namedField } from '../named-field.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { SavedViewItem } from './SavedViewItem.tsx';

/** Searches kept under a name: to be gone to, renamed, deleted, and the present one to be kept. */
export function SavedViews({ model: { views } }: { readonly model: OptionsModel }): VNode {
  const id = useId();
  const hintId = useId();
  const renamed = useSignal<string | null>(null);
  const problem = views.problem.value;
  const named = views.named.value;
  const isFull = views.isFull.value;
  const item = (view: SavedView): VNode => (
    <SavedViewItem
      key={view.id}
      views={views}
      view={view}
      isRenamed={renamed.value === view.id}
      onRename={(isOn) => {
        renamed.value = isOn ? view.id : null;
      }}
    />
  );
  return (
    <div class="views">
      <button type="button" class="button" popovertarget={id}>
        <bdi class="one-line">{views.current.value?.name ?? t('views')}</bdi>
      </button>
      <div
        id={id}
        class="menu anchored views-popover"
        popover="auto"
        role="dialog"
        aria-label={t('views')}
      >
        {views.views.value.length === 0 ? (
          <p class="quiet">{t('views_none')}</p>
        ) : (
          <ul aria-label={t('views')}>{views.views.value.map(item)}</ul>
        )}
        <form
          class="field-with-button"
          onSubmit={(event) => {
            event.preventDefault();
            void views.save();
          }}
        >
          <input
            {...useChange()}
            class="field"
            dir="auto"
            {...namedField(t('view_name'), views.name)}
            {...(named !== null && { 'aria-describedby': hintId })}
            maxLength={60}
          />
          <ChangeButton
            type="submit"
            class="button"
            disabled={(isFull && named === null) || views.name.value.trim() === ''}
          >
            {named === null ? t('view_save') : t('view_update')}
          </ChangeButton>
        </form>
        {named !== null && (
          <p class="hint" id={hintId}>
            {t('view_update_hint')}
          </p>
        )}
        {isFull && named === null && <p class="hint">{tell(errorWords('views-full'))}</p>}
        {problem !== null && <ProblemNote problem={{ code: problem, detail: null }} />}
      </div>
    </div>
  );
}
