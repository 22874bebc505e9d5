/** The searches that a person kept under a name, as every open page sees them. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import { viewNamed, VIEWS_MAX, type SavedView } from '../domain/saved-view.ts';
import { readViews } from '../store/read.ts';
import { createFollowed } from './followed.ts';
import type { MessagesModel } from './messages.ts';
import { offerUndo } from './offer-undo.ts';
import type { OptionsDeps } from './options-deps.ts';
import { hashOf, queryFrom, searchOf, type Router } from './route.ts';
import { t } from './translate.ts';

export interface SavedViews {
  /** By name. */
  readonly views: ReadonlySignal<readonly SavedView[]>;
  /** The view whose search, filters and order are shown. */
  readonly current: ReadonlySignal<SavedView | null>;
  readonly isFull: ReadonlySignal<boolean>;
  /** The view that has the typed name already: saving lets it show what is shown now. */
  readonly named: ReadonlySignal<SavedView | null>;
  /** Why the last thing that was asked for did not happen. */
  readonly problem: ReadonlySignal<ErrorCode | null>;
  /** The name of a new view, as typed so far. */
  readonly name: { value: string };
  readonly load: () => Promise<void>;
  readonly addressOf: (view: SavedView) => string;
  /** Keeps what is shown under the typed name; a failure leaves the name as it was typed. */
  readonly save: () => Promise<void>;
  /**
   * @param view as it was seen; somebody else may have renamed it since
   * @returns whether it has the new name
   */
  readonly rename: (view: SavedView, name: string) => Promise<boolean>;
  readonly remove: (view: SavedView) => Promise<void>;
}

export function createViews(
  deps: OptionsDeps,
  messages: MessagesModel,
  router: Router,
): SavedViews {
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
      const code = codeOf(thrown);
      // What there is now is shown before that is said.
      if (code === 'changed-meanwhile') await load();
      problem.value = code;
      return false;
    }
  };
  const named = computed(() => viewNamed(views.value, name.value.trim()) ?? null);
  /** @returns whether it went well */
  const add = (given: string, shows: string): Promise<boolean> =>
    attempt(async () => {
      await deps.call('saveView', { name: given, search: shows });
      messages.say(t('message_view_saved', given), 'good');
    });
  const update = ({ id, name: given, search: seenSearch }: SavedView, shows: string) =>
    attempt(async () => {
      await deps.call('updateView', { id, search: shows, seenSearch });
      offerUndo(
        messages,
        t('message_view_updated', given),
        () => deps.call('updateView', { id, search: seenSearch, seenSearch: shows }),
        t('message_view_as_before', given),
        { givesWay: false },
      );
    });
  const search = computed(() => searchOf(router.list.value.query));
  return {
    views,
    current: computed(() => views.value.find((view) => view.search === search.value) ?? null),
    isFull: computed(() => views.value.length >= VIEWS_MAX),
    named,
    problem,
    name,
    load,
    addressOf: (view) => hashOf({ ...router.list.value, query: queryFrom(view.search) }),
    async save() {
      const known = named.value;
      const isSaved =
        known === null
          ? await add(name.value.trim(), search.value)
          : await update(known, search.value);
      if (isSaved) name.value = '';
    },
    rename: ({ id, name: seenName }, typed) =>
      attempt(async () => {
        const newName = typed.trim();
        await deps.call('renameView', { id, name: newName, seenName });
        offerUndo(
          messages,
          t('message_renamed', newName),
          () => deps.call('renameView', { id, name: seenName, seenName: newName }),
          t('message_renamed', seenName),
        );
      }),
    async remove({ id, name: given, search: shows }) {
      await attempt(async () => {
        await deps.call('removeView', { id });
        offerUndo(
          messages,
          t('message_view_deleted', given),
          () => deps.call('saveView', { name: given, search: shows }),
          t('message_view_restored', given),
          { givesWay: false },
        );
      });
    },
  };
}
