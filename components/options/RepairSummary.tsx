import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tallyTexts } from '../../lib/client/repair-tally.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import { isLeft, type Repair, type RepairItem } from '../../lib/domain/repair.ts';
import { errorWords, type MessageKey } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EnvironmentLine } from './EnvironmentLine.tsx';
import { useLostFocus } from './use-lost-focus.ts';

interface Props {
  readonly model: OptionsModel;
}

/** The queue has ended: what became of everything in it, and how to go on. */
export function RepairSummary({ model }: Props): VNode | null {
  const { repair } = model;
  const queue = repair.repair.value;
  const element = useLostFocus<HTMLDivElement>('summary');
  if (queue === null) return null;
  const left = queue.items.filter(isLeft).length;
  const broken = repair.broken.value.length;
  return (
    <section class="repair-part" aria-label={t('repair_summary')}>
      <h2>{t('repair_summary')}</h2>
      <ul class="repair-tally" aria-label={t('repair_summary')}>
        {tallyTexts(queue).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {left + broken === 0 && <p>{t('repair_again_none')}</p>}
      <div class="choices" ref={element}>
        {left > 0 && (
          <ChangeButton
            type="button"
            class="button button-main"
            onClick={() => void repair.start(true)}
          >
            {plural('repair_again', left)}
          </ChangeButton>
        )}
        {broken > left && (
          <ChangeButton type="button" class="button" onClick={() => void repair.start(false)}>
            {t('repair_anew', broken)}
          </ChangeButton>
        )}
        <button type="button" class="button" onClick={() => void repair.close()}>
          {t('repair_close')}
        </button>
      </div>
      <Items model={model} queue={queue} of="failed" title="repair_not_mended" />
      <Items model={model} queue={queue} of="later" title="repair_left_for_later" />
      <Items model={model} queue={queue} of="skipped" title="repair_skipped" />
    </section>
  );
}

interface ItemsProps extends Props {
  readonly queue: Repair;
  readonly of: RepairItem['outcome']['kind'];
  readonly title: MessageKey;
}

/** Each leads to its details. */
function Items({ model, queue, of, title }: ItemsProps): VNode | null {
  const items = queue.items.filter(({ outcome }) => outcome.kind === of);
  if (items.length === 0) return null;
  return (
    <>
      <h3>{t(title)}</h3>
      <ul class="repair-items" aria-label={t(title)}>
        {items.map((item) => (
          <Item key={item.id} model={model} item={item} />
        ))}
      </ul>
    </>
  );
}

function Item({ model, item }: Props & { readonly item: RepairItem }): VNode | null {
  const connection = model.records.connections.value?.find(({ id }) => id === item.id);
  if (connection === undefined) return null;
  const { outcome } = item;
  const opened = { id: item.id, tab: 'overview', isReconnecting: false } as const;
  return (
    <li>
      <a href={hashOf({ ...model.router.list.value, opened })}>
        <bdi>{connection.name}</bdi>
      </a>
      <EnvironmentLine model={model} connection={connection} />
      {outcome.kind === 'failed' && (
        <>
          <p>{tell(errorWords(outcome.code))}</p>
          {outcome.detail !== null && (
            <p class="their-words">
              <bdi>{outcome.detail}</bdi>
            </p>
          )}
        </>
      )}
    </li>
  );
}
