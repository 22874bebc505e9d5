import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { useChange } from '../use-change.ts';
import { FlowStateText } from './FlowConnections.tsx';
import { FlowLink } from './FlowLink.tsx';
import { useFocusAfterRemoval } from './use-focus-after-removal.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** What stops when this connection breaks or goes. */
export function FlowsTab({ model, connection }: Props): VNode {
  const { flows } = model;
  const using = flows.of(connection.id);
  const others = (flows.all.value?.length ?? 0) - using.length;
  const section = useFocusAfterRemoval<HTMLDivElement>(using.length, others);
  const trouble = flows.trouble.value;
  return (
    <div class="flows-tab" ref={section}>
      <div class="flows-tab-head">
        <p class="quiet" role="status">
          {trouble === null ? countText(flows.all.value, using.length) : tell(errorWords(trouble))}
        </p>
        <ChangeButton class="button" onClick={() => flows.add(connection)}>
          {t('flow_add')}
        </ChangeButton>
      </div>
      {using.length > 0 && (
        <ul class="flows-list" aria-label={t('flows')}>
          {using.map((flow) => (
            <UsingFlow key={flow.id} model={model} connection={connection} flow={flow} />
          ))}
        </ul>
      )}
      <AttachForm model={model} connection={connection} using={using} />
    </div>
  );
}

function countText(all: readonly Flow[] | null, count: number): string {
  if (all === null) return '';
  return count === 0 ? t('flows_used_by_none') : plural('flows_used_by', count);
}

function UsingFlow({ model, connection, flow }: Props & { readonly flow: Flow }): VNode {
  const { flows } = model;
  return (
    <li class="flows-item">
      <div class="flows-item-text">
        <bdi class="flow-name">{flow.name}</bdi>
        <FlowStateText use={flows.usageOf(flow)} />
        {flow.note !== '' && (
          <p class="hint flow-note" dir="auto">
            {flow.note}
          </p>
        )}
        <FlowLink flow={flow} />
      </div>
      <ChangeButton
        class="button"
        aria-label={t('flow_edit_named', flow.name)}
        onClick={() => flows.edit(flow)}
      >
        {t('flow_edit')}
      </ChangeButton>
      <ChangeButton
        class="button"
        aria-label={t('flow_detach_named', flow.name)}
        onClick={() => void flows.detach(flow, connection)}
      >
        {t('flow_detach')}
      </ChangeButton>
    </li>
  );
}

/** Those that do not use it yet, to choose one from; nothing where there are none. */
function AttachForm({
  model: { flows },
  connection,
  using,
}: Props & { readonly using: readonly Flow[] }): VNode | null {
  const chosen = useSignal('');
  const change = useChange();
  const known = new Set(using);
  const others = (flows.all.value ?? []).filter((flow) => !known.has(flow));
  const flow = others.find(({ id }) => id === chosen.value);
  if (others.length === 0) return null;
  return (
    <form
      class="field-with-button"
      onSubmit={(event) => {
        event.preventDefault();
        if (flow === undefined) return;
        // The button has nothing to attach any more, and would lose the focus.
        event.currentTarget.querySelector('select')?.focus();
        void flows.attach(flow, connection);
      }}
    >
      <select
        {...change}
        class="field"
        aria-label={t('flow_attach_existing')}
        value={flow?.id ?? ''}
        onChange={(event) => {
          chosen.value = event.currentTarget.value;
        }}
      >
        <option value="">{t('flow_choose')}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ChangeButton type="submit" class="button" disabled={flow === undefined}>
        {t('flow_attach')}
      </ChangeButton>
    </form>
  );
}
