import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { ALL } from '../../lib/domain/query.ts';
import { nextStepWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** Beyond this the list says as much. */
const SHOWN = 20;

/** What a new sign-in would not mend, and what would. */
export function RepairApart({ model }: Props): VNode | null {
  const apart = model.repair.apart.value;
  if (apart.length === 0) return null;
  const { shown, left } = beginningOf(apart, SHOWN);
  const doubted = { ...ALL, health: 'unverified' } as const;
  return (
    <section class="repair-part" aria-label={t('repair_apart')}>
      <h2>{t('repair_apart')}</h2>
      <p class="hint">{t('repair_apart_text')}</p>
      <ul class="repair-items" aria-label={t('repair_apart')}>
        {shown.map((connection) => (
          <Item key={connection.id} model={model} connection={connection} />
        ))}
        {left > 0 && (
          <li>
            <a href={hashOf({ kind: 'connections', query: doubted, opened: null })}>
              {plural('notice_more', left)}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Item({ model, connection }: Props & { readonly connection: Connection }): VNode {
  const { id, name, health } = connection;
  const next = nextStepWords(health, model.now.value);
  const opened = { id, tab: 'overview', isReconnecting: false } as const;
  return (
    <li>
      <a href={hashOf({ ...model.router.list.value, opened })}>
        <bdi>{name}</bdi>
      </a>
      {next !== null && <p>{tell(next)}</p>}
      {health.kind === 'unverified' && health.doubt === 'permission-missing' && (
        <ChangeButton
          class="button"
          aria-label={t('allow_named', name)}
          onClick={() => model.actions.allowHosts(connection)}
        >
          {t('action_allow')}
        </ChangeButton>
      )}
    </li>
  );
}
