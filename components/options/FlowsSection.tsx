import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { FlowUse } from '../../lib/client/options-flows.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf, START } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { ALL } from '../../lib/domain/query.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { Marked } from '../Marked.tsx';
import { namedField } from '../named-field.ts';
import { FlowConnections, FlowStateText } from './FlowConnections.tsx';
import { FlowLink } from './FlowLink.tsx';
import { OnlyOf } from './OnlyOf.tsx';
import { OptionIcon } from './OptionIcon.tsx';
import { useFocusAfterRemoval } from './use-focus-after-removal.ts';
import { useSearchKey } from './use-search-key.ts';

interface Props {
  readonly model: OptionsModel;
}

/** What depends on connections, as the person wrote it down. */
export function FlowsSection({ model }: Props): VNode {
  const { flows } = model;
  const section = useFocusAfterRemoval<HTMLElement>(flows.all.value?.length ?? 0);
  return (
    <main class="page page-wide" ref={section}>
      <header class="page-header">
        <h1>{t('flows')}</h1>
        <ChangeButton class="button button-main" onClick={() => flows.add()}>
          {t('flow_add')}
        </ChangeButton>
      </header>
      <p class="quiet">{t('flows_explained')}</p>
      <OnlyOf
        model={model}
        connectionId={flows.connectionId.value}
        all={t('flows_show_all')}
        onShowAll={flows.showAll}
      />
      <Register model={model} />
    </main>
  );
}

function Register({ model }: Props): VNode | null {
  const { flows } = model;
  const trouble = flows.trouble.value ?? model.records.trouble.value;
  const shown = flows.shown.value;
  if (trouble !== null)
    return <EmptyState title={t('flows_trouble')} text={tell(errorWords(trouble))} />;
  if (shown === null) return null;
  if (flows.all.value?.length === 0)
    return <EmptyState title={t('flows_none')} text={t('flows_none_text')} />;
  return (
    <>
      <SearchField model={model} />
      {shown.length === 0 ? <NoneShown model={model} /> : <FlowsTable model={model} uses={shown} />}
      {flows.left.value > 0 && <p class="quiet">{plural('flows_more', flows.left.value)}</p>}
    </>
  );
}

/** Nothing is found, or nothing uses the connection that the address names. */
function NoneShown({ model: { flows } }: Props): VNode {
  return flows.connectionId.value !== null && flows.search.value.trim() === '' ? (
    <EmptyState title={t('flows_used_by_none')} />
  ) : (
    <EmptyState title={t('flows_none_found')} text={t('flows_none_found_text')} />
  );
}

function SearchField({ model: { flows } }: Props): VNode {
  const field = useRef<HTMLInputElement>(null);
  useSearchKey(field);
  return (
    <input
      ref={field}
      class="field search"
      type="search"
      dir="auto"
      {...namedField(t('flows_search'), flows.search)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') flows.search.value = '';
      }}
    />
  );
}

function FlowsTable({ model, uses }: Props & { readonly uses: readonly FlowUse[] }): VNode {
  return (
    <table class="flows" aria-label={t('flows')}>
      <thead>
        <tr>
          <th scope="col">{t('flow')}</th>
          <th scope="col">{t('connections')}</th>
          <th scope="col" class="flow-state-cell">
            {t('column_status')}
          </th>
          <th scope="col" class="flow-actions">
            <span class="hidden-visually">{t('column_actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {uses.map((use) => (
          <FlowRow key={use.flow.id} model={model} use={use} />
        ))}
      </tbody>
    </table>
  );
}

function FlowRow({ model, use }: Props & { readonly use: FlowUse }): VNode {
  const { flows } = model;
  const { flow } = use;
  const search = flows.search.value;
  return (
    <tr>
      <th scope="row">
        <bdi class="flow-name">
          <Marked text={flow.name} search={search} />
        </bdi>
        {flow.note !== '' && (
          <p class="hint flow-note" dir="auto">
            <Marked text={flow.note} search={search} />
          </p>
        )}
        <FlowLink flow={flow} />
      </th>
      <td>
        <FlowConnections model={model} use={use} />
        {use.connections.length > 0 && (
          <a
            class="flow-show"
            href={hashOf({ ...START, query: { ...ALL, flowId: flow.id } })}
            aria-label={t('flow_show_named', flow.name)}
          >
            {t('flow_show')}
          </a>
        )}
      </td>
      <td class="flow-state-cell">
        <FlowStateText use={use} />
      </td>
      <td class="flow-actions">
        <ChangeButton
          class="button button-icon"
          aria-label={t('flow_edit_named', flow.name)}
          onClick={() => flows.edit(flow)}
        >
          <OptionIcon name="rename" />
        </ChangeButton>
        <ChangeButton
          class="button button-icon"
          aria-label={t('flow_remove_named', flow.name)}
          onClick={() => void flows.remove(flow)}
        >
          <OptionIcon name="delete" />
        </ChangeButton>
      </td>
    </tr>
  );
}
