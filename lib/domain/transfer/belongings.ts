/** What connections refer to and what finds them: it travels with them in a file. Pure. */
import { BUILT_IN_ENVIRONMENTS, findNamed, OWN_ENVIRONMENTS_MAX } from '../environment.ts';
import { addView, viewNamed, VIEWS_MAX, type SavedView } from '../saved-view.ts';
import { colorTag, findTag, TAGS_KEPT_MAX, type Tag } from '../tag.ts';

export interface OwnEnvironment {
  readonly id: string;
  readonly name: string;
}

export interface Belongings {
  /** The person's own; those that come with Patchbay are everywhere. */
  readonly environments: readonly OwnEnvironment[];
  readonly tags: readonly Tag[];
  readonly views: readonly SavedView[];
}

export interface BelongingsPlan {
  /** What is kept here afterwards; the very lists that were here where nothing is added. */
  readonly kept: Belongings;
  /** How many are new here; a tag that gets its colour counts. */
  readonly added: Readonly<Record<keyof Belongings, number>>;
  /** How many are left out because as many are kept here as can be. */
  readonly noRoom: number;
  /** Which environment here is meant by one of the file; `null` where there is none. */
  readonly environmentOf: (id: string) => string | null;
}

/**
 * What a file adds to what is kept here. Nothing that is here is overwritten or doubled: an
 * environment is known by its id, else by its name; a tag by its name, and it keeps a colour that it
 * has; a view by its id or its name.
 * @param flowsMeant which flow here is meant by one of the file
 */
export function planBelongings(
  file: Belongings,
  here: Belongings,
  flowsMeant: ReadonlyMap<string, string> = new Map(),
): BelongingsPlan {
  const { environments, environmentOf } = planEnvironments(file.environments, here.environments);
  const tags = plusTags(here.tags, file.tags);
  const views = plusViews(here.views, file.views, (search) => {
    const params = new URLSearchParams(search);
    const isElsewhere = [
      translated(params, 'environment', environmentOf),
      translated(params, 'flow', (id) => flowsMeant.get(id) ?? null),
    ].includes(true);
    return isElsewhere ? params.toString() : search;
  });
  return {
    kept: { environments: environments.list, tags: tags.list, views: views.list },
    added: { environments: environments.added, tags: tags.added, views: views.added },
    noRoom: environments.noRoom + tags.noRoom + views.noRoom,
    environmentOf,
  };
}

/** A list here, and what a file does to it. */
interface Grown<T> {
  list: readonly T[];
  added: number;
  noRoom: number;
}

function planEnvironments(
  given: readonly OwnEnvironment[],
  here: readonly OwnEnvironment[],
): { environments: Grown<OwnEnvironment> } & Pick<BelongingsPlan, 'environmentOf'> {
  const environments: Grown<OwnEnvironment> = { list: here, added: 0, noRoom: 0 };
  const meant = new Map([...BUILT_IN_ENVIRONMENTS, ...here].map(({ id }) => [id, id]));
  for (const { id, name } of given) {
    const known = meant.get(id) ?? findNamed(environments.list, name)?.id;
    if (known !== undefined) meant.set(id, known);
    else if (environments.list.length >= OWN_ENVIRONMENTS_MAX) environments.noRoom += 1;
    else {
      environments.list = [...environments.list, { id, name }];
      environments.added += 1;
      meant.set(id, id);
    }
  }
  return { environments, environmentOf: (id) => meant.get(id) ?? null };
}

function plusTags(here: readonly Tag[], given: readonly Tag[]): Grown<Tag> {
  const tags: Grown<Tag> = { list: here, added: 0, noRoom: 0 };
  for (const tag of given) {
    const known = findTag(tags.list, tag.name);
    const isHere = known !== undefined && (known.color !== null || tag.color === null);
    if (isHere) continue;
    if (known === undefined && tags.list.length >= TAGS_KEPT_MAX) tags.noRoom += 1;
    else {
      tags.list = colorTag(tags.list, tag);
      tags.added += 1;
    }
  }
  return tags;
}

function plusViews(
  here: readonly SavedView[],
  given: readonly SavedView[],
  searchHere: (search: string) => string,
): Grown<SavedView> {
  const views: Grown<SavedView> = { list: here, added: 0, noRoom: 0 };
  for (const view of given) {
    const isHere =
      viewNamed(views.list, view.name) !== undefined || views.list.some(({ id }) => id === view.id);
    if (isHere) continue;
    if (views.list.length >= VIEWS_MAX) views.noRoom += 1;
    else {
      views.list = addView(views.list, { ...view, search: searchHere(view.search) });
      views.added += 1;
    }
  }
  return views;
}

/** Names something by its id here. @returns whether that is another one than there */
function translated(
  params: URLSearchParams,
  name: string,
  idHere: (id: string) => string | null,
): boolean {
  const given = params.get(name);
  const meant = given === null ? null : idHere(given);
  if (meant === null || meant === given) return false;
  params.set(name, meant);
  return true;
}
