import type { VNode } from 'preact';
import type { LeftAtSource } from '../../lib/client/options-delete.ts';
import { t } from '../../lib/client/translate.ts';
import { NameList } from './NameList.tsx';

interface Props {
  readonly left: readonly LeftAtSource[];
}

/** Where a credential outlives its connection, with the way there; nothing where none does. */
export function CredentialsThatStay({ left }: Props): VNode | null {
  if (left.length === 0) return null;
  return (
    <div class="note">
      <p>{t('delete_credential_stays')}</p>
      <NameList all={left} label={t('delete_credential_stays')}>
        {({ name, page }) =>
          page === null ? (
            <bdi>{name}</bdi>
          ) : (
            <a href={page} target="_blank" rel="noreferrer" dir="auto">
              {name}
            </a>
          )
        }
      </NameList>
    </div>
  );
}
