import type { VNode } from 'preact';
import { plural, t } from '../lib/client/translate.ts';
import type { Marker } from '../lib/domain/marker.ts';
import { ChangeButton } from './ChangeButton.tsx';
import { EmptyState } from './EmptyState.tsx';

interface Props {
  readonly lost: Marker;
  readonly onRestore: () => void;
  readonly onStartAnew: () => void;
}

/** What stands where the list was, after the browser lost it: no first run. */
export function LostState({ lost, onRestore, onStartAnew }: Props): VNode {
  return (
    <EmptyState
      title={t('lost_title')}
      text={plural('lost_text', lost.count, { at: lost.at, as: 'day' })}
    >
      <div class="empty-actions">
        <ChangeButton class="button button-main" onClick={onRestore}>
          {t('action_restore')}
        </ChangeButton>
        <ChangeButton class="button" onClick={onStartAnew}>
          {t('action_start_anew')}
        </ChangeButton>
      </div>
    </EmptyState>
  );
}
