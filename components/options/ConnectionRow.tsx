import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { ColumnId } from '../../lib/domain/columns.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { quietnessWords } from '../../lib/domain/notice-words.ts';
import { accountsWords, healthWords } from '../../lib/domain/words.ts';
import { healthMark } from '../HealthMark.tsx';
import { icon } from '../Icon.tsx';
import { marked } from '../Marked.tsx';
import { providerMark } from '../ProviderMark.tsx';
import { relativeTime } from '../RelativeTime.tsx';
import { useChange, type ChangeAttributes } from '../use-change.ts';
import { LEADING_COLUMNS } from './columns.ts';
import { EvidenceCard } from './EvidenceCard.tsx';
import { FlowCount } from './FlowCount.tsx';
import { rowActions } from './RowActions.tsx';
import { selectBox } from './SelectBox.tsx';
import { TagName } from './TagName.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  readonly columns: readonly ColumnId[];
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Its place among all rows of the table, from 1. */
  readonly rowIndex: number;
}

/** One connection, and its evidence under it when that is open. */
export function ConnectionRow({ model, connection, columns, index, rowIndex }: Props): VNode {
  const { selection } = model;
  const selected = selection.ids.value;
  const search = model.list.query.value.text;
  const isExpanded = model.list.expanded.value.has(connection.id);
  const isOpen = model.opened.value?.id === connection.id;
  const change = useChange();
  const cardId = `issue-${connection.id}`;
  return (
    <>
      <tr
        class={rowClass(isOpen, selected.has(connection.id))}
        data-id={connection.id}
        aria-rowindex={rowIndex}
        aria-current={isOpen ? 'true' : undefined}
      >
        <td class="cell-select">
          {selectBox({
            name: t('select_named', connection.name),
            ids: [connection.id],
            selected,
            onToggle: (isRange) =>
              isRange ? selection.extendTo(connection.id) : selection.toggle(connection.id),
          })}
        </td>
        <td class="cell-expand">
          {hasIssue(connection) && (
            <button
              type="button"
              class="button button-icon expand"
              aria-label={t('show_issue', connection.name)}
              aria-expanded={isExpanded}
              aria-controls={isExpanded ? cardId : undefined}
              onClick={() => model.list.toggle(connection.id)}
            >
              {icon('right')}
            </button>
          )}
        </td>
        {columns.map((id) => CELLS[id]({ model, connection, search, change }))}
      </tr>
      {isExpanded && (
        <tr
          key={connection.id}
          class="row-issue"
          id={cardId}
          data-id={connection.id}
          data-index={index}
          aria-rowindex={rowIndex + 1}
        >
          <td colSpan={columns.length + LEADING_COLUMNS}>
            <EvidenceCard
              model={model}
              connection={connection}
              checks={model.list.checks.value.get(connection.id)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

function rowClass(isOpen: boolean, isSelected: boolean): string {
  return `row${isOpen ? ' row-open' : ''}${isSelected ? ' row-selected' : ''}`;
}

/** Whether there is something to show that the row does not say already. */
function hasIssue({ health, accounts }: Connection): boolean {
  return health.kind !== 'active' || accounts.kind === 'error';
}

/** What stands in each column. Plain functions, as is what they hold where it needs no hooks: a component for each would be felt. */
const CELLS: Readonly<Record<ColumnId, (props: CellProps) => VNode>> = {
  provider: Source,
  name: ({ connection: { name }, search }) => (
    <td class="cell-name">
      <bdi class="one-line" title={name}>
        {marked(name, search)}
      </bdi>
    </td>
  ),
  identity: ({ connection: { identity }, search }) => (
    <td class="cell-identity">
      {identity !== null && (
        <>
          <bdi class="one-line" title={identity.label}>
            {marked(identity.label, search)}
          </bdi>
          {identity.workspace !== null && (
            <bdi class="one-line second-line">{marked(identity.workspace, search)}</bdi>
          )}
        </>
      )}
    </td>
  ),
  status: ({ connection, model }) => (
    <td class="cell-status">{status(connection, model.now.value)}</td>
  ),
  accounts: ({ connection: { accounts, accountChoice } }) => {
    const words = tell(accountsWords(accounts, accountChoice));
    return (
      <td class="cell-accounts" title={words}>
        <span class="one-line">{words}</span>
      </td>
    );
  },
  'identity-id': ({ connection: { identity }, search }) => (
    <td class="cell-identity-id">
      <bdi class="one-line" title={identity?.id}>
        {marked(identity?.id ?? '', search)}
      </bdi>
    </td>
  ),
  environment: ({ connection: { environmentId }, model }) => {
    const environment = model.records.environments.value.find(({ id }) => id === environmentId);
    return (
      <td class="cell-environment">
        <bdi class="one-line">
          {environment === undefined ? environmentId : environmentName(environment)}
        </bdi>
      </td>
    );
  },
  tags: ({ connection: { tags }, model, search }) => (
    <td class="cell-tags" title={tags.join(', ')}>
      <span class="one-line">
        {tags.map((tag) => (
          <TagName key={tag} model={model} name={tag} search={search} />
        ))}
      </span>
    </td>
  ),
  flows: FlowCount,
  sync: ({ connection: { sync } }) => (
    <td class="cell-sync">
      <span class="one-line">{t(sync.kind === 'on' ? 'sync_on' : 'sync_resting')}</span>
    </td>
  ),
  created: ({ connection: { createdAt }, model }) => (
    <td class="cell-created">{relativeTime({ at: createdAt, now: model.now.value })}</td>
  ),
  authorized: ({ connection: { authorizedAt }, model }) => (
    <td class="cell-authorized">
      {authorizedAt !== null && relativeTime({ at: authorizedAt, now: model.now.value })}
    </td>
  ),
  actions: ({ model, connection, change }) => (
    <td class="cell-actions">{rowActions({ model, connection, change })}</td>
  ),
};

interface CellProps extends Pick<Props, 'model' | 'connection'> {
  /** What is searched for, to be marked. */
  readonly search: string;
  /** What each button carries that changes something. */
  readonly change: ChangeAttributes;
}

function Source({ model, connection: { id, name, provider }, search }: CellProps): VNode {
  const opened = { id, tab: 'overview', isReconnecting: false } as const;
  return (
    <td class="cell-provider">
      <div class="source">
        {/* Laid over the whole cell, whose text says more than where it leads. */}
        <a
          class="source-link"
          href={hashOf({ ...model.router.list.value, opened })}
          aria-label={t('open_named', name)}
        />
        {providerMark({ mark: provider, small: true })}
        <bdi class="one-line" title={provider.name}>
          {marked(provider.name, search)}
        </bdi>
      </div>
    </td>
  );
}

function status(connection: Connection, now: number): VNode {
  const quietness = quietnessWords(connection, now);
  const [health, ...why] = healthWords(connection.health, now);
  // First: the end of a long reason is cut.
  const words = [health, quietness, ...why].filter((one) => one != null);
  const [state, ...reasons] = words.map(tell);
  const reason = reasons.join(' · ');
  return (
    <div class="status">
      {healthMark(connection.health.kind)}
      <span class="status-text" title={[state, ...reasons].join(' · ')}>
        <span class="one-line">{state}</span>
        {reason !== '' && <span class="one-line second-line">{reason}</span>}
      </span>
    </div>
  );
}
