import { retagged, untagged } from '../domain/tag.ts';
import type { PageDeps } from './page-deps.ts';
import type { Router } from './route.ts';

/** The list keeps to a tag that got another name or was merged, and gives up one that was deleted. */
export function followTags({ onChange }: Pick<PageDeps, 'onChange'>, router: Router): void {
  onChange(({ tag }) => {
    if (tag === undefined) return;
    const { key, newKey } = tag;
    router.amend((query) => ({
      ...query,
      tags: newKey === null ? untagged(query.tags, key) : retagged(query.tags, key, newKey),
    }));
  });
}
