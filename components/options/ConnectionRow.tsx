import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { accountsWords, healthWords } from '../../lib/domain/words.ts';
import { HealthMark } from '../HealthMark.tsx';
import { Icon } from '../Icon.tsx';
import { Marked } from '../Marked.tsx';
import { ProviderMark } from '../ProviderMark.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { COLUMNS } from './columns.ts';
import { EvidenceCard } from './EvidenceCard.tsx';
import { RowActions } from './RowActions.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Its place among all rows of the table, from 1. */
  readonly rowIndex: number;
}

/** One connection, and its evidence under it when that is open. */
export function ConnectionRow({ model, connection, index, rowIndex }: Props): VNode {
  const isExpanded = model.list.expanded.value.has(connection.id);
  const isOpen = model.opened.value?.id === connection.id;
  const cardId = `issue-${connection.id}`;
  return (
    <>
      <tr
        class={isOpen ? 'row row-open' : 'row'}
        aria-rowindex={rowIndex}
        aria-current={isOpen ? 'true' : undefined}
      >
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
              <Icon name="right" />
            </button>
          )}
        </td>
        <Cells model={model} connection={connection} />
      </tr>
      {isExpanded && (
        <tr class="row-issue" id={cardId} aria-rowindex={rowIndex + 1} data-index={index}>
          <td colSpan={COLUMNS.length + 1}>
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

/** Whether there is something to show that the row does not say already. */
function hasIssue({ health, accounts }: Connection): boolean {
  return health.kind !== 'active' || accounts.kind === 'error';
}

function Cells({ model, connection }: Pick<Props, 'model' | 'connection'>): VNode {
  const { name, provider, identity, accounts, createdAt, authorizedAt } = connection;
  const now = model.now.value;
  const route = model.router.list.value;
  const { text } = route.query;
  const opened = { id: connection.id, tab: 'overview', isReconnecting: false } as const;
  const environment = model.records.environments.value.find(
    ({ id }) => id === connection.environmentId,
  );
  return (
    <>
      <td class="cell-provider">
        <div class="source">
          {/* Laid over the whole cell, whose text says more than where it leads. */}
          <a
            class="source-link"
            href={hashOf({ ...route, opened })}
            aria-label={t('open_named', name)}
          />
          <ProviderMark mark={provider} small />
          <bdi class="one-line" title={provider.name}>
            <Marked text={provider.name} search={text} />
          </bdi>
        </div>
      </td>
      <td class="cell-name">
        <bdi class="one-line" title={name}>
          <Marked text={name} search={text} />
        </bdi>
      </td>
      <td class="cell-identity">
        {identity !== null && (
          <>
            <bdi class="one-line" title={identity.label}>
              <Marked text={identity.label} search={text} />
            </bdi>
            {identity.workspace !== null && (
              <bdi class="one-line second-line">
                <Marked text={identity.workspace} search={text} />
              </bdi>
            )}
          </>
        )}
      </td>
      <td class="cell-status">
        <Status connection={connection} now={now} />
      </td>
      <td class="cell-accounts" title={tell(accountsWords(accounts, connection.accountChoice))}>
        <span class="one-line">{tell(accountsWords(accounts, connection.accountChoice))}</span>
      </td>
      <td class="cell-identity-id">
        <bdi class="one-line" title={identity?.id}>
          <Marked text={identity?.id ?? ''} search={text} />
        </bdi>
      </td>
      <td class="cell-environment">
        <bdi class="one-line">
          {environment === undefined ? connection.environmentId : environmentName(environment)}
        </bdi>
      </td>
      <td class="cell-created">
        <RelativeTime at={createdAt} now={now} />
      </td>
      <td class="cell-authorized">
        {authorizedAt !== null && <RelativeTime at={authorizedAt} now={now} />}
      </td>
      <td class="cell-actions">
        <RowActions model={model} connection={connection} />
      </td>
    </>
  );
}

function Status({
  connection,
  now,
}: {
  readonly connection: Connection;
  readonly now: number;
}): VNode {
  const [state, ...reasons] = healthWords(connection.health, now).map(tell);
  const reason = reasons.join(' · ');
  return (
    <div class="status">
      <HealthMark kind={connection.health.kind} />
      <span class="status-text" title={[state, ...reasons].join(' · ')}>
        <span class="one-line">{state}</span>
        {reason !== '' && <span class="one-line second-line">{reason}</span>}
      </span>
    </div>
  );
}
