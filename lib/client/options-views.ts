/** The searches that a person kept under a name, as every open page sees them. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { VIEWS_MAX, type SavedView } from '../domain/saved-view.ts';
import { readViews } from '../store/read.ts';
import { createFollowed } from './followed.ts';
import type { OptionsDeps } from './options-deps.ts';
import { hashOf, queryFrom, searchOf, type Router } from './route.ts';

export interface SavedViews {
  /** By name. */
  readonly views: ReadonlySignal<readonly SavedView[]>;
  /** The view whose search, filters and order are shown. */
  readonly current: ReadonlySignal<SavedView | null>;
  readonly isFull: ReadonlySignal<boolean>;
  /** Why the last thing that was asked for did not happen. */
  readonly problem: ReadonlySignal<ErrorCode | null>;
  /** The name of a new view, as typed so far. */
  readonly name: { value: string };
  readonly load: () => Promise<void>;
  readonly addressOf: (view: SavedView) => string;
  /** Keeps what is shown under the typed name; a failure leaves the name as it was typed. */
  readonly save: () => Promise<void>;
  /** @returns whether it has the new name */
  readonly rename: (view: SavedView, name: string) => Promise<boolean>;
  readonly remove: (view: SavedView) => Promise<void>;
}

export function createViews(deps: OptionsDeps, router: Router): SavedViews {
  // A list without its saved views is of use still; that nothing can be read, the list says.
  const { value: views, load } = createFollowed<readonly SavedView[]>(deps, ['views'], [], () =>
    deps.database().then(readViews),
  );
  const problem = signal<ErrorCode | null>(null);
  const name = signal('');
  const attempt = async (run: () => Promise<unknown>): Promise<boolean> => {
    try {
      await run();
      problem.value = null;
      return true;
    } catch (thrown) {
      problem.value = codeOf(thrown);
      return false;
    }
  };
  const search = computed(() => searchOf(router.list.value.query));
  return {
    views,
    current: computed(() => views.value.find((view) => view.search === search.value) ?? null),
    isFull: computed(() => views.value.length >= VIEWS_MAX),
    problem,
    name,
    load,
    addressOf: (view) => hashOf({ ...router.list.value, query: queryFrom(view.search) }),
    async save() {
      const isSaved = await attempt(() =>
        deps.call('saveView', { name: name.value, search: search.value }),
      );
      if (isSaved) name.value = '';
    },
    rename: ({ id }, newName) => attempt(() => deps.call('renameView', { id, name: newName })),
    async remove({ id }) {
      await attempt(() => deps.call('removeView', { id }));
    },
  };
}
