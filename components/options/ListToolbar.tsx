import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { countOfStatus } from '../../lib/domain/facets.ts';
import { STATUS_CHOICES, type StatusChoice } from '../../lib/domain/query.ts';
import { statusWords, summaryWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { Icon } from '../Icon.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { OptionIcon } from './OptionIcon.tsx';
import { RepairButton } from './RepairButton.tsx';
import { SavedViews } from './SavedViews.tsx';
import { useSearchKey } from './use-search-key.ts';

/** How things stand, and what the list is narrowed down to. */
export function ListToolbar({ model }: { readonly model: OptionsModel }): VNode {
  const { list, records } = model;
  const query = list.query.value;
  const facets = list.facets.value;
  const search = useRef<HTMLInputElement>(null);
  useSearchKey(search);
  return (
    <div class="toolbar">
      <div class="toolbar-head">
        <p class="summary" role="status" aria-label={t('summary')}>
          {list.isLoaded.value && summaryText(model)}
        </p>
        <ChangeButton
          class="button button-main"
          onClick={() => model.router.go({ kind: 'new', providerId: null })}
        >
          <Icon name="plus" />
          {t('new_connection')}
        </ChangeButton>
      </div>
      <div class="toolbar-fields">
        <input
          ref={search}
          class="field search"
          type="search"
          aria-label={t('search_connections')}
          placeholder={t('search_connections')}
          value={query.text}
          onFocus={list.prepareSearch}
          onInput={(event) => list.search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') list.search('');
          }}
        />
        <select
          class="field status-field"
          aria-label={t('status')}
          value={query.health ?? ''}
          onChange={(event) =>
            list.filter({ health: (event.currentTarget.value || null) as StatusChoice | null })
          }
        >
          <option value="">{t('choice_counted', t('status_all'), facets.ofAllHealth)}</option>
          {STATUS_CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t('choice_counted', tell(statusWords(choice)), countOfStatus(facets, choice))}
            </option>
          ))}
        </select>
        <EnvironmentSelect
          environments={records.environments.value}
          value={list.environmentId.value}
          onChange={(environmentId) => void model.environment.choose(environmentId)}
        />
        <label class="choice group-switch">
          <input
            type="checkbox"
            role="switch"
            aria-checked={query.isGrouped}
            checked={query.isGrouped}
            onChange={(event) => list.group(event.currentTarget.checked)}
          />
          {t('group_by_provider')}
        </label>
        <ColumnsMenu model={model} />
        <SavedViews model={model} />
        <CheckAll model={model} />
        <RepairButton model={model} />
      </div>
    </div>
  );
}

/** An empty shelf is something else than nothing at all. */
function summaryText({ damage, list, records }: OptionsModel): string {
  const isNone = list.total.value === 0;
  if (isNone && (records.connections.value ?? []).length > 0) return t('none_here');
  // Below it stands what became of them.
  if (isNone && damage.mayBeLost.value) return '';
  return summaryWords(list.counts.value).map(tell).join(' · ');
}

function CheckAll({ model }: { readonly model: OptionsModel }): VNode {
  const { actions, list, records } = model;
  const progress = records.checking.value;
  if (progress !== null && progress.done < progress.total)
    return (
      <button type="button" class="button" onClick={actions.stopChecking}>
        {t('checking_stop', progress.done, progress.total)}
      </button>
    );
  return (
    <button
      type="button"
      class="button"
      disabled={list.total.value === 0}
      onClick={() => void actions.checkNow(list.idsToCheck())}
    >
      <OptionIcon name="check" />
      {t('check_all')}
    </button>
  );
}
