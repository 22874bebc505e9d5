import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { NetworkNote } from '../NetworkNote.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { LostState } from '../LostState.tsx';
import { UnreadableNote } from '../UnreadableNote.tsx';
import { AttemptStrip } from './AttemptStrip.tsx';
import { listForm, type ListForm } from './columns.ts';
import { ConnectionsTable } from './ConnectionsTable.tsx';
import { DetailsPanel } from './DetailsPanel.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { NothingFound } from './NothingFound.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useListWidth } from './use-list-width.ts';

interface Props {
  readonly model: OptionsModel;
  /** Filters fold away where there is no room for a column of their own. */
  readonly isNarrow: boolean;
}

/** The list, its filters, and the details of the connection that is open. */
export function ConnectionsSection({ model, isNarrow }: Props): VNode {
  const { opened, router } = model;
  const hasPanel = router.list.value.opened !== null && opened.value !== null;
  const { list, width } = useListWidth();
  const form = listForm(width);
  return (
    <div class={hasPanel ? 'connections-layout has-panel' : 'connections-layout'}>
      <aside class="filters" aria-label={t('filters')}>
        {isNarrow ? (
          <details>
            <summary>{t('filters')}</summary>
            <FilterPanel model={model} />
          </details>
        ) : (
          <FilterPanel model={model} />
        )}
      </aside>
      <main class="connections-main">
        <h1 class="hidden-visually">{t('connections')}</h1>
        <div ref={list} class={LIST_CLASS[form]}>
          <ListToolbar model={model} />
          <NetworkNote
            network={model.records.network.value}
            connections={
              model.records.connections.value ?? model.records.first.value?.connections ?? []
            }
            isWhole={model.records.connections.value !== null}
            now={model.now.value}
          />
          <UnreadableNote damage={model.damage} onShow={model.damage.open} />
          <AttemptStrip attempts={model.attempts} find={model.records.find} />
          <Rows model={model} width={width} />
          <SelectionBar model={model} />
        </div>
        {hasPanel && <DetailsPanel model={model} />}
      </main>
    </div>
  );
}

const LIST_CLASS: Readonly<Record<ListForm, string>> = {
  table: 'list',
  cards: 'list list-cards',
  'narrow-cards': 'list list-cards list-narrow-cards',
};

interface RowsProps {
  readonly model: OptionsModel;
  /** Of the list, CSS pixels. */
  readonly width: number;
}

function Rows({ model, width }: RowsProps): VNode | null {
  const { damage, list, records, router, transfer } = model;
  const trouble = records.trouble.value;
  if (trouble !== null)
    return <EmptyState title={t('records_trouble')} text={tell(errorWords(trouble))} />;
  if (!list.isLoaded.value) return null;
  if (list.rows.value.length > 0)
    return (
      <div class="table-scroll">
        <ConnectionsTable model={model} width={width} />
      </div>
    );
  if (list.isFiltered.value) return <NothingFound model={model} />;
  const isElsewhere = (records.connections.value ?? []).length > 0;
  if (!isElsewhere && !damage.isRead.value) return null;
  const lost = damage.lost.value;
  if (lost !== null && !isElsewhere)
    return (
      <LostState
        lost={lost}
        onRestore={() => {
          router.go({ kind: 'settings' });
          transfer.openImport();
        }}
        onStartAnew={() => void damage.startAnew()}
      />
    );
  return (
    <EmptyState
      title={isElsewhere ? t('none_here') : t('none_yet')}
      text={isElsewhere ? t('none_here_text') : t('none_yet_text')}
    >
      <ChangeButton
        class="button button-main"
        onClick={() => router.go({ kind: 'new', providerId: null })}
      >
        {t('none_yet_action')}
      </ChangeButton>
    </EmptyState>
  );
}
