import { Fragment, type RefObject, type VNode } from 'preact';
import { t, tell } from '../../lib/client/translate.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';
import { HEALTH_ORDER, type HealthKind } from '../../lib/domain/health.ts';
import type { HealthCounts } from '../../lib/domain/connection.ts';
import { summaryWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EnvironmentSelect } from '../EnvironmentSelect.tsx';
import { HealthMark } from '../HealthMark.tsx';
import { Icon } from '../Icon.tsx';

interface Props {
  readonly model: PopupModel;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

/** How things stand, and what narrows the list. */
export function PopupHeader({ model, searchRef }: Props): VNode {
  const { records, actions } = model;
  const mark = mostUrgent(model.counts.value);
  return (
    <header class="popup-header">
      <h1 class="hidden-visually">{t('extension_name')}</h1>
      <div class="popup-title">
        {mark !== null && <HealthMark kind={mark} />}
        <p class="popup-summary" role="status" aria-label={t('summary')}>
          {records.isRead.value && records.trouble.value === null && <Counts model={model} />}
        </p>
        <ChangeButton
          class="button button-icon"
          aria-label={t('action_new_connection')}
          title={t('action_new_connection')}
          onClick={() => actions.open('#/new')}
        >
          <Icon name="plus" />
        </ChangeButton>
      </div>
      <div class="popup-filters">
        <label class="popup-search">
          <Icon name="search" />
          <input
            ref={searchRef}
            class="field"
            type="search"
            aria-label={t('search_connections')}
            placeholder={t('search_connections')}
            value={model.text.value}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => model.search(event.currentTarget.value)}
          />
        </label>
        <EnvironmentSelect
          environments={records.environments.value}
          value={records.settings.value.environmentId}
          onChange={actions.setEnvironment}
        />
      </div>
    </header>
  );
}

/** Breaks between its parts, never within one. */
function Counts({ model }: Pick<Props, 'model'>): VNode | null {
  // Below it stands what became of them.
  if (model.total.value === 0 && model.damage.mayBeLost.value) return null;
  const parts = summaryWords(model.counts.value).map(tell);
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span>{index < parts.length - 1 ? `${part} ·` : part}</span>
        </Fragment>
      ))}
    </>
  );
}

function mostUrgent(counts: HealthCounts): HealthKind | null {
  return HEALTH_ORDER.find((kind) => counts[kind] > 0) ?? null;
}
