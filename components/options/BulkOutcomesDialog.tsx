import type { VNode } from 'preact';
import type { Outcome, OutcomeGroup, Outcomes } from '../../lib/client/options-outcomes.ts';
import { t } from '../../lib/client/translate.ts';
import { Modal } from './Modal.tsx';
import { usePages } from './Pager.tsx';

/** However many there are, no more of them stand in the page at once. */
const PAGE_SIZE = 200;

/** What an action came to for each connection, what went wrong first. */
export function BulkOutcomesDialog({
  outcomes,
  groups,
}: {
  readonly outcomes: Pick<Outcomes, 'close'>;
  readonly groups: readonly OutcomeGroup[];
}): VNode {
  const total = groups.reduce((sum, group) => sum + group.outcomes.length, 0);
  const { from, pager } = usePages(total, PAGE_SIZE);
  return (
    <Modal name={t('bulk_outcomes')} onClose={outcomes.close}>
      <div class="modal-body">
        {pager}
        {onPage(groups, from).map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <ul class="names">
              {group.outcomes.map((outcome) => (
                <Item key={outcome.connection.id} outcome={outcome} isBad={group.isBad} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <footer class="modal-footer">
        <button type="button" class="button" onClick={outcomes.close}>
          {t('action_close')}
        </button>
      </footer>
    </Modal>
  );
}

function Item({
  outcome: { connection, text },
  isBad,
}: {
  readonly outcome: Outcome;
  readonly isBad: boolean;
}): VNode {
  return (
    <li>
      <bdi>{connection.name}</bdi>
      <span class={isBad ? 'bad' : 'quiet'}>
        {' · '}
        {text}
      </span>
    </li>
  );
}

/** The part of each group that stands on a page; none of those that have no part there. */
function onPage(groups: readonly OutcomeGroup[], from: number): readonly OutcomeGroup[] {
  let at = from;
  let room = PAGE_SIZE;
  return groups.flatMap((group) => {
    const outcomes = group.outcomes.slice(Math.max(0, at), Math.max(0, at) + room);
    at -= group.outcomes.length;
    room -= outcomes.length;
    return outcomes.length === 0 ? [] : [{ ...group, outcomes }];
  });
}
