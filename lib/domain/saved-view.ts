/** Searches that a person keeps under a name. Pure. */
import { PatchbayError } from './errors.ts';
import { searchKey } from './query.ts';
import { ascending, sortedBy } from './sorted-by.ts';
import { hasTag, retagged, tagKey } from './tag.ts';

/** Search, filters and order under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** As in the address of the list, so that what a later version does not know is passed over. */
  readonly search: string;
}

export const VIEWS_MAX = 50;

/**
 * Adds a view.
 * @throws PatchbayError `view-name-taken`, or `views-full` when there are {@link VIEWS_MAX}
 */
export function addView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  if (views.length >= VIEWS_MAX) throw new PatchbayError('views-full');
  mustBeFree(views, view.id, view.name);
  return sorted([...views, view]);
}

/** Gives a view another name. @throws PatchbayError `not-found`, `view-name-taken` */
export function renameView(
  views: readonly SavedView[],
  id: string,
  name: string,
): readonly SavedView[] {
  if (!views.some((view) => view.id === id)) throw new PatchbayError('not-found');
  mustBeFree(views, id, name);
  return sorted(views.map((view) => (view.id === id ? { ...view, name } : view)));
}

/** Takes a view away; one that is gone already is no mistake. */
export function removeView(views: readonly SavedView[], id: string): readonly SavedView[] {
  return views.filter((view) => view.id !== id);
}

/** Views that filter by a tag, with its new name; the others as they are. */
export function retagViews(
  views: readonly SavedView[],
  name: string,
  newName: string,
): readonly SavedView[] {
  return views.map((view) => {
    const search = retagSearch(view.search, name, newName);
    return search === view.search ? view : { ...view, search };
  });
}

function retagSearch(search: string, name: string, newName: string): string {
  const entries = [...new URLSearchParams(search)];
  const tags = entries.flatMap(([key, value]) => (key === 'tag' ? [value] : []));
  if (!hasTag(tags, name)) return search;
  // As the filters themselves write it, so that the view is known again.
  const left = retagged(tags, name, tagKey(newName));
  const next = new URLSearchParams();
  for (const [key, value] of entries) {
    const tag = key === 'tag' ? left.shift() : value;
    if (tag !== undefined) next.append(key, tag);
  }
  return next.toString();
}

/** Whether a view has this name, whatever its case. */
export function hasViewNamed(views: readonly SavedView[], name: string): boolean {
  const key = searchKey(name);
  return views.some((view) => searchKey(view.name) === key);
}

function mustBeFree(views: readonly SavedView[], id: string, name: string): void {
  const others = views.filter((view) => view.id !== id);
  if (hasViewNamed(others, name)) throw new PatchbayError('view-name-taken');
}

function sorted(views: SavedView[]): readonly SavedView[] {
  return sortedBy(views, ({ name }) => searchKey(name), ascending);
}
