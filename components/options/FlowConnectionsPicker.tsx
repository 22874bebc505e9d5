import type { VNode } from 'preact';
import type { FlowForm } from '../../lib/client/options-flow-form.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { healthKindWords } from '../../lib/domain/words.ts';
import { HealthMark } from '../HealthMark.tsx';
import { Marked } from '../Marked.tsx';
import { namedField } from '../named-field.ts';

interface Props {
  readonly form: FlowForm;
}

/** The connections with a checkbox each: whether the flow uses them. */
export function FlowConnectionsPicker({ form }: Props): VNode {
  const { found, left, search } = form;
  return (
    <fieldset class="flow-picker">
      <legend>{t('flow_field_connections')}</legend>
      <div class="flow-picker-head">
        <input
          class="field"
          type="search"
          dir="auto"
          {...namedField(t('search_connections'), search)}
          onKeyDown={(event) => {
            // Looking for a connection is not saving the flow.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <span class="quiet" role="status">
          {plural('flow_chosen', form.chosen.value.size)}
        </span>
      </div>
      {form.isFull.value && <p class="hint">{t('flow_chosen_full')}</p>}
      <ul class="flow-picker-list" aria-label={t('flow_field_connections')}>
        {found.value.map((connection) => (
          <Choice key={connection.id} form={form} connection={connection} />
        ))}
      </ul>
      {found.value.length === 0 && <p class="hint">{t('flow_connections_none')}</p>}
      {left.value > 0 && <p class="hint">{plural('flow_connections_more', left.value)}</p>}
    </fieldset>
  );
}

function Choice({ form, connection }: Props & { readonly connection: Connection }): VNode {
  const { id, name, provider, identity, health } = connection;
  const isChosen = form.chosen.value.has(id);
  const search = form.search.value;
  return (
    <li>
      <label class="choice">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!isChosen && form.isFull.value}
          onChange={() => form.toggle(id)}
        />
        <HealthMark kind={health.kind} />
        <span class="flow-picker-text">
          <bdi>
            <Marked text={name} search={search} />
          </bdi>
          <span class="hint">
            <bdi>
              <Marked text={provider.name} search={search} />
            </bdi>
            {identity !== null && (
              <>
                {' · '}
                <bdi>
                  <Marked text={identity.label} search={search} />
                </bdi>
              </>
            )}
            {' · '}
            {tell(healthKindWords(health.kind))}
          </span>
        </span>
      </label>
    </li>
  );
}
