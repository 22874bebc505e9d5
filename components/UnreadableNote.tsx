import type { VNode } from 'preact';
import type { Damage } from '../lib/client/damage.ts';
import { plural, t } from '../lib/client/translate.ts';

interface Props {
  readonly damage: Damage;
  readonly onShow: () => void;
}

/**
 * One line for everything that cannot be read, wherever it stands. In the page from the start: a live
 * region that comes later is not heard.
 */
export function UnreadableNote({ damage, onShow }: Props): VNode {
  const all = damage.setAside.value;
  const isConnections = all.every(({ store }) => store === 'connections');
  return (
    <div role="status" aria-label={t('unreadable')}>
      {all.length > 0 && (
        <div class="strip strip-bad">
          <p>
            {plural(isConnections ? 'unreadable_connections' : 'unreadable_records', all.length)}
          </p>
          <button type="button" class="button" onClick={onShow}>
            {t('action_show_unreadable')}
          </button>
        </div>
      )}
    </div>
  );
}
