import type { VNode } from 'preact';
import { t } from '../../lib/client/translate.ts';

/** What something is called by now; nothing while nobody else has renamed it. */
export function NewNameNote({ newName }: { readonly newName: string | null }): VNode | null {
  if (newName === null) return null;
  return (
    <p class="note">
      {t('rename_meanwhile')}{' '}
      <strong>
        <bdi>{newName}</bdi>
      </strong>
    </p>
  );
}
