import type { VNode } from 'preact';
import type { Damage } from '../lib/client/damage.ts';
import { plural, t } from '../lib/client/translate.ts';

interface Props {
  readonly damage: Damage;
  readonly onShow: () => void;
}

/** One line for everything that cannot be read, wherever it stands. */
export function UnreadableNote({ damage, onShow }: Props): VNode | null {
  const all = damage.setAside.value;
  if (all.length === 0) return null;
  const isConnections = all.every(({ store }) => store === 'connections');
  return (
    <div class="strip strip-bad" role="status" aria-label={t('unreadable')}>
      <p>{plural(isConnections ? 'unreadable_connections' : 'unreadable_records', all.length)}</p>
      <button type="button" class="button" onClick={onShow}>
        {t('action_show_unreadable')}
      </button>
    </div>
  );
}
