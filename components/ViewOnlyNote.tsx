import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { t } from '../lib/client/translate.ts';
import type { ViewOnly } from '../lib/domain/view-only.ts';
import { useIsLocked, VIEW_ONLY_REASON, ViewOnlyContext } from './use-change.ts';

/**
 * Says that changes are locked and who did it. Stands in the page from the start, empty while they
 * are not: a live region that comes later is not heard.
 */
export function ViewOnlyNote({
  children,
}: {
  /** The way to unlock them, where there is one. */
  readonly children: ComponentChildren;
}): VNode {
  const viewOnly = useContext(ViewOnlyContext);
  const isLocked = useIsLocked();
  return (
    <div class="view-only" role="status" aria-label={t('view_only')}>
      {isLocked && (
        <p id={VIEW_ONLY_REASON} dir="auto">
          {reasonText(viewOnly)}
        </p>
      )}
      {viewOnly.kind === 'passphrase' && children}
    </div>
  );
}

/** Why changes are locked. */
export function reasonText(viewOnly: ViewOnly): string {
  if (viewOnly.kind !== 'organisation') return t('view_only_passphrase');
  return viewOnly.name === null
    ? t('view_only_organisation')
    : t('view_only_organisation_named', viewOnly.name);
}
