import type { VNode } from 'preact';
import type { GrantsEnd } from '../../lib/client/options-grants-end.ts';
import { plural, t } from '../../lib/client/translate.ts';
import { beginningOf } from '../../lib/domain/beginning.ts';
import { MoreItem } from './MoreItem.tsx';

/** How many names are listed before the rest is only counted. */
const NAMES_SHOWN = 8;

interface Props {
  readonly grants: GrantsEnd;
  /** Asks once more for what is left. */
  readonly onAgain: () => void;
}

/** Before everything is deleted: which grants can be ended first, which live on, and what came of it. */
export function GrantsEndFields({ grants, onAgain }: Props): VNode {
  const { revocable, others, isWanted, isLocked, progress } = grants;
  const count = revocable.value.length;
  const running = progress.value;
  return (
    <>
      {count > 0 && isLocked.value && <p class="hint">{t('grants_end_locked')}</p>}
      {count > 0 && !isLocked.value && (
        <label class="choice">
          <input
            type="checkbox"
            disabled={running !== null}
            checked={isWanted.value}
            onChange={(event) => {
              isWanted.value = event.currentTarget.checked;
            }}
          />
          <span>
            {plural('grants_end', count)}
            <span class="hint">{t('delete_revoke_hint')}</span>
          </span>
        </label>
      )}
      {others.value.length > 0 && (
        <Names
          intro={t('grants_end_not_here')}
          names={others.value.map(({ name, provider }) => `${name} · ${provider.name}`)}
        />
      )}
      {running !== null && (
        <div class="grants-progress">
          <progress
            aria-label={t('grants_end_progress')}
            max={Math.max(1, running.total)}
            value={running.done}
          />
          <button type="button" class="button" onClick={grants.stop}>
            {t('action_stop')}
          </button>
        </div>
      )}
      <div role="status" aria-label={t('grants_end_outcome')}>
        <Outcome grants={grants} onAgain={onAgain} />
      </div>
    </>
  );
}

function Outcome({ grants, onAgain }: Props): VNode | null {
  const { ended, isStopped, left, progress } = grants;
  if (progress.value !== null)
    return <p>{t('grants_end_running', progress.value.done, progress.value.total)}</p>;
  if (!isStopped.value && left.value.length === 0) return null;
  return (
    <div class="note note-bad">
      {isStopped.value && <p>{t('grants_end_stopped')}</p>}
      {ended.value > 0 && <p>{plural('grants_ended', ended.value)}</p>}
      {left.value.length > 0 && <Names intro={t('grants_end_left')} names={left.value} />}
      <p>{t('grants_end_nothing_deleted')}</p>
      {grants.isTold.value && (
        <div class="choices">
          <button
            type="button"
            class="button"
            onClick={() => {
              grants.again();
              onAgain();
            }}
          >
            {t('action_try_again')}
          </button>
        </div>
      )}
    </div>
  );
}

function Names({
  intro,
  names,
}: {
  readonly intro: string;
  readonly names: readonly string[];
}): VNode {
  const { shown, left } = beginningOf(names, NAMES_SHOWN);
  return (
    <>
      <p>{intro}</p>
      <ul class="names">
        {shown.map((name, at) => (
          <li key={at}>
            <bdi>{name}</bdi>
          </li>
        ))}
        <MoreItem left={left} />
      </ul>
    </>
  );
}
