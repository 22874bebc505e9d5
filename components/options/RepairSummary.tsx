import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tallyTexts } from '../../lib/client/repair-tally.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t, tell } from '../../lib/client/translate.ts';
import {
  isLeft,
  type Repair,
  type RepairItem,
  type RepairOutcomeKind,
} from '../../lib/domain/repair.ts';
import { errorWords, type MessageKey } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EnvironmentLine } from './EnvironmentLine.tsx';
import { usePages } from './Pager.tsx';
import { useLostFocus } from './use-lost-focus.ts';

interface Props {
  readonly model: OptionsModel;
}

interface QueueProps extends Props {
  readonly queue: Repair;
}

/** The queue has ended: what became of everything in it, and how to go on. */
export function RepairSummary({ model }: Props): VNode | null {
  const { repair } = model;
  const queue = repair.repair.value;
  const element = useLostFocus<HTMLDivElement>('summary');
  if (queue === null) return null;
  const left = new Set(queue.items.filter(isLeft).map(({ id }) => id));
  const broken = repair.broken.value;
  return (
    <section class="repair-part" aria-label={t('repair_summary')}>
      <h2>{t('repair_summary')}</h2>
      <Tally queue={queue} />
      {left.size + broken.length === 0 && <p>{t('repair_again_none')}</p>}
      <div class="choices" ref={element}>
        {left.size > 0 && (
          <ChangeButton
            type="button"
            class="button button-main"
            onClick={() => void repair.start(true)}
          >
            {plural('repair_again', left.size)}
          </ChangeButton>
        )}
        {broken.some(({ id }) => !left.has(id)) && (
          <ChangeButton type="button" class="button" onClick={() => void repair.start(false)}>
            {t('repair_anew', broken.length)}
          </ChangeButton>
        )}
        <button type="button" class="button" onClick={() => void repair.close()}>
          {t('repair_close')}
        </button>
      </div>
      <AllItems model={model} queue={queue} />
    </section>
  );
}

/** What became of a queue of an earlier time, under what there is to do now; nothing without one. */
export function RepairBefore({ model }: Props): VNode | null {
  const queue = model.repair.repair.value;
  if (queue === null || queue.currentId !== null) return null;
  const left = queue.items.filter(isLeft).length;
  return (
    <section class="repair-part" aria-label={t('repair_before')}>
      <h2>{t('repair_before')}</h2>
      <Tally queue={queue} />
      {left > 0 && (
        <div class="choices">
          <ChangeButton class="button" onClick={() => void model.repair.start(true)}>
            {plural('repair_again', left)}
          </ChangeButton>
        </div>
      )}
      <AllItems model={model} queue={queue} />
    </section>
  );
}

function Tally({ queue }: Pick<QueueProps, 'queue'>): VNode {
  return (
    <ul class="repair-tally" aria-label={t('repair_summary')}>
      {tallyTexts(queue).map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** What still needs the person first. */
const TITLES: readonly (readonly [RepairOutcomeKind, MessageKey])[] = [
  ['failed', 'repair_not_mended'],
  ['later', 'repair_left_for_later'],
  ['waiting', 'repair_had_no_turn'],
  ['skipped', 'repair_skipped'],
  ['mended', 'repair_mended'],
  ['healed', 'repair_healed'],
];

function AllItems({ model, queue }: QueueProps): VNode {
  return (
    <>
      {TITLES.map(([of, title]) => (
        <Items key={of} model={model} queue={queue} of={of} title={t(title)} />
      ))}
    </>
  );
}

interface ItemsProps extends QueueProps {
  readonly of: RepairOutcomeKind;
  readonly title: string;
}

/** However many there are, no more of them stand in the page at once. */
const PAGE_SIZE = 100;

/** Each leads to its details; what the person has not decided about is folded away. */
function Items({ model, queue, of, title }: ItemsProps): VNode | null {
  const items = queue.items.filter(({ outcome }) => outcome.kind === of);
  const { from, to, pager } = usePages(items.length, PAGE_SIZE);
  if (items.length === 0) return null;
  return (
    <details open={of === 'failed' || of === 'later' || of === 'skipped'}>
      <summary>{t('choice_counted', title, items.length)}</summary>
      {pager}
      <ul class="repair-items" aria-label={title}>
        {items.slice(from, to).map((item) => (
          <Item key={item.id} model={model} item={item} />
        ))}
      </ul>
    </details>
  );
}

function Item({ model, item }: Props & { readonly item: RepairItem }): VNode | null {
  const connection = model.records.find(item.id);
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
