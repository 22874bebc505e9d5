import {
  addView,
  removeView,
  renameView,
  updateView,
  type SavedView,
} from '../domain/saved-view.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import type { Ports } from './ports.ts';

/** Keeps a search under a name. @throws PatchbayError `views-full`, `view-name-taken` */
export async function saveView(
  ports: Ports,
  { name, search }: ParsedInput<'saveView'>,
): Promise<{ id: string }> {
  const id = ports.newId();
  await editViews(ports, (views) => addView(views, { id, name, search }));
  return { id };
}

/** @throws PatchbayError `not-found`, `changed-meanwhile`, `view-name-taken` */
export function renameSavedView(
  ports: Ports,
  { id, name, seenName }: ParsedInput<'renameView'>,
): Promise<void> {
  return editViews(ports, (views) => renameView(views, id, name, seenName));
}

/** Lets a view show something else. @throws PatchbayError `not-found`, `changed-meanwhile` */
export function updateSavedView(
  ports: Ports,
  { id, search, seenSearch }: ParsedInput<'updateView'>,
): Promise<void> {
  return editViews(ports, (views) => updateView(views, id, search, seenSearch));
}

/** Forgets a view; one that is gone already is no mistake. */
export function removeSavedView(ports: Ports, { id }: ParsedInput<'removeView'>): Promise<void> {
  return editViews(ports, (views) => removeView(views, id));
}

/** Reads and writes in one transaction, so that two pages cannot undo each other's change. */
async function editViews(
  ports: Ports,
  edit: (views: readonly SavedView[]) => readonly SavedView[],
): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) => editKept(tx, 'views', (views = []) => edit(views)),
  });
  ports.announce({ kinds: ['views'], checking: null });
}
