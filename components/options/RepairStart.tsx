import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hashOf } from '../../lib/client/route.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { Connection, ProviderMark as Mark } from '../../lib/domain/connection.ts';
import { progressOf } from '../../lib/domain/repair.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ProviderMark } from '../ProviderMark.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** Before a queue begins, or is gone on with: what it would hold. */
export function RepairStart({ model }: Props): VNode {
  const { repair, router } = model;
  const broken = repair.broken.value;
  const queue = repair.repair.value;
  if (queue !== null && queue.currentId !== null) {
    const { at, total } = progressOf(queue);
    return (
      <section class="repair-part" aria-label={t('repair')}>
        <p>{t('repair_continue_text', at, total)}</p>
        <div class="choices">
          <ChangeButton
            type="button"
            class="button button-main"
            onClick={() => void repair.resume()}
          >
            {t('repair_continue')}
          </ChangeButton>
          {broken.length > 0 && (
            <ChangeButton type="button" class="button" onClick={() => void repair.start(false)}>
              {t('repair_anew', broken.length)}
            </ChangeButton>
          )}
        </div>
      </section>
    );
  }
  if (broken.length === 0)
    return (
      <EmptyState title={t('repair_none')} text={t('repair_none_text')}>
        <a class="button" href={hashOf({ ...router.list.value, opened: null })}>
          {t('connections')}
        </a>
      </EmptyState>
    );
  return (
    <section class="repair-part" aria-label={t('repair')}>
      <p>
        <strong>{plural('repair_asking', broken.length)}</strong> {t('repair_intro')}
      </p>
      <ul class="repair-providers" aria-label={t('providers')}>
        {byProvider(broken).map(({ id, mark, count }) => (
          <li key={id}>
            <ProviderMark mark={mark} small />
            <bdi class="one-line">{mark.name}</bdi>
            <span class="count">{count}</span>
          </li>
        ))}
      </ul>
      <div class="choices">
        <ChangeButton
          type="button"
          class="button button-main"
          onClick={() => void repair.start(false)}
        >
          {t('repair_start')}
        </ChangeButton>
      </div>
    </section>
  );
}

interface ProviderCount {
  readonly id: string;
  readonly mark: Mark;
  count: number;
}

/** In the order of their turns. */
function byProvider(broken: readonly Connection[]): readonly ProviderCount[] {
  const counts = new Map<string, ProviderCount>();
  for (const { providerId, provider } of broken) {
    const known = counts.get(providerId);
    if (known === undefined) counts.set(providerId, { id: providerId, mark: provider, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()];
}
