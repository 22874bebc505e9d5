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

/**
 * Gives a view another name.
 * @param seenName what it was called where that was asked for
 * @throws PatchbayError `not-found`, `changed-meanwhile`, `view-name-taken`
 */
export function renameView(
  views: readonly SavedView[],
  id: string,
  name: string,
  seenName: string,
): readonly SavedView[] {
  if (mustBeThere(views, id).name !== seenName) throw new PatchbayError('changed-meanwhile');
  mustBeFree(views, id, name);
  return sorted(views.map((view) => (view.id === id ? { ...view, name } : view)));
}

/**
 * Gives a view another search.
 * @param seenSearch what it showed where that was asked for
 * @throws PatchbayError `not-found`, `changed-meanwhile`
 */
export function updateView(
  views: readonly SavedView[],
  id: string,
  search: string,
  seenSearch: string,
): readonly SavedView[] {
  const current = mustBeThere(views, id).search;
  // Done already: the answer of an earlier attempt may have been lost with the worker.
  if (current === search) return views;
  if (current !== seenSearch) throw new PatchbayError('changed-meanwhile');
  return views.map((view) => (view.id === id ? { ...view, search } : view));
}

/** Takes a view away; one that is gone already is no mistake. */
export function removeView(views: readonly SavedView[], id: string): readonly SavedView[] {
  return views.filter((view) => view.id !== id);
}

/** Views of an environment, with another one in its place; the others as they are. */
export function moveViews(
  views: readonly SavedView[],
  id: string,
  moveTo: string,
): readonly SavedView[] {
  return views.map((view) => {
    const params = new URLSearchParams(view.search);
    if (params.get('environment') !== id) return view;
    params.set('environment', moveTo);
    return { ...view, search: params.toString() };
  });
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

/** The view of this name, whatever its case. */
export function viewNamed(views: readonly SavedView[], name: string): SavedView | undefined {
  const key = searchKey(name);
  return views.find((view) => searchKey(view.name) === key);
}

function mustBeThere(views: readonly SavedView[], id: string): SavedView {
  const view = views.find((one) => one.id === id);
  if (view === undefined) throw new PatchbayError('not-found');
  return view;
}

function mustBeFree(views: readonly SavedView[], id: string, name: string): void {
  const others = views.filter((view) => view.id !== id);
  if (viewNamed(others, name) !== undefined) throw new PatchbayError('view-name-taken');
}

function sorted(views: SavedView[]): readonly SavedView[] {
  return sortedBy(views, ({ name }) => searchKey(name), ascending);
}
