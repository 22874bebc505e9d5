/** The dialog that lists every tag, and the steps over it: rename or merge one, delete one. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { beginningOf } from '../domain/beginning.ts';
import { PatchbayError } from '../domain/errors.ts';
import { searchKey } from '../domain/query.ts';
import { tagKey, tagNameProblem, tagUses, type TagColor, type TagUse } from '../domain/tag.ts';
import { offerUndo } from './offer-undo.ts';
import type { Shared } from './options-deps.ts';
import { reportFailure } from './report-failure.ts';
import { createSubmission, type Submission } from './submission.ts';
import type { TagColors } from './tag-colors.ts';
import { plural, t } from './translate.ts';

/** A tag to be made. */
export interface NewTag extends Submission {
  readonly name: Signal<string>;
  readonly color: Signal<TagColor | null>;
}

export type TagStep = Submission & { readonly tag: TagUse } & (
    | { readonly kind: 'rename'; readonly name: Signal<string> }
    | { readonly kind: 'merge'; readonly into: TagUse; readonly goBack: () => void }
    | { readonly kind: 'delete' }
  );

export interface TagDialogs {
  /** Every tag that is carried or kept, whatever the environment; `null` while the dialog is closed. */
  readonly tags: ReadonlySignal<readonly TagUse[] | null>;
  /** The beginning of those that are searched for. */
  readonly shown: ReadonlySignal<readonly TagUse[]>;
  /** How many more are found than are shown. */
  readonly left: ReadonlySignal<number>;
  readonly search: Signal<string>;
  readonly newTag: NewTag;
  readonly step: ReadonlySignal<TagStep | null>;
  readonly open: () => void;
  readonly close: () => void;
  /** @returns whether it has the colour now */
  readonly setColor: (tag: TagUse, color: TagColor | null) => Promise<boolean>;
  readonly rename: (tag: TagUse) => void;
  readonly remove: (tag: TagUse) => void;
  /** Leaves the step, not the list. */
  readonly leaveStep: () => void;
}

/** More rows than anybody reads through. */
const SHOWN_MAX = 200;

export function createTagDialogs(
  { call, messages, records }: Pick<Shared, 'call' | 'messages' | 'records'>,
  { kept }: Pick<TagColors, 'kept'>,
): TagDialogs {
  const isOpen = signal(false);
  const search = signal('');
  const step = signal<TagStep | null>(null);
  const tags = computed(() =>
    isOpen.value ? tagUses(kept.value, records.connections.value ?? []) : null,
  );
  const beginning = computed(() => {
    const key = searchKey(search.value.trim());
    const found = (tags.value ?? []).filter(({ name }) => searchKey(name).includes(key));
    return beginningOf(found, SHOWN_MAX);
  });
  const named = (name: string): TagUse | undefined =>
    tags.value?.find(({ key }) => key === tagKey(name));
  const leaveStep = (): void => {
    step.value = null;
  };

  /** Whoever did not wait for it may be at another step by now. */
  function done(own: TagStep): void {
    if (step.value === own) leaveStep();
  }

  function renameStep(tag: TagUse, typed: string): TagStep {
    const name = signal(typed);
    const rename = async (): Promise<void> => {
      const newName = newNameOf(name);
      const other = named(newName);
      if (other !== undefined && other.key !== tag.key) {
        step.value = mergeStep(tag, other, newName);
        return;
      }
      await call('renameTag', { name: tag.name, newName, merges: false });
      done(own);
      messages.say(t('message_renamed', newName), 'good');
    };
    const own: TagStep = { kind: 'rename', tag, name, ...createSubmission(rename) };
    return own;
  }

  function mergeStep(tag: TagUse, into: TagUse, typed: string): TagStep {
    const merge = async (): Promise<void> => {
      const wish = { name: tag.name, newName: into.name, merges: true };
      const { connections } = await call('renameTag', wish);
      done(own);
      messages.say(plural('message_tag_merged', connections, tag.name, into.name), 'good');
    };
    const goBack = (): void => {
      step.value = renameStep(tag, typed);
    };
    const own: TagStep = { kind: 'merge', tag, into, goBack, ...createSubmission(merge) };
    return own;
  }

  function deleteStep(tag: TagUse): TagStep {
    const remove = async (): Promise<void> => {
      const { connections, deleted } = await call('deleteTag', { name: tag.name });
      done(own);
      offerUndo(
        messages,
        plural('message_tag_deleted', connections, tag.name),
        () => call('restoreTag', deleted),
        t('message_tag_restored', deleted.tag.name),
        { givesWay: false },
      );
    };
    const own: TagStep = { kind: 'delete', tag, ...createSubmission(remove) };
    return own;
  }

  return {
    tags,
    shown: computed(() => beginning.value.shown),
    left: computed(() => beginning.value.left),
    search,
    newTag: createNewTag(),
    step,
    open() {
      isOpen.value = true;
    },
    close() {
      batch(() => {
        isOpen.value = false;
        search.value = '';
        leaveStep();
      });
    },
    async setColor({ name, color: before }, color) {
      const isGood = await reportFailure(messages, () => call('setTagColor', { name, color }));
      if (isGood)
        offerUndo(
          messages,
          t('message_tag_colored', name),
          () => call('setTagColor', { name, color: before, made: color }),
          t('message_tag_color_as_before', name),
        );
      return isGood;
    },
    rename(tag) {
      step.value = renameStep(tag, tag.name);
    },
    remove(tag) {
      step.value = deleteStep(tag);
    },
    leaveStep,
  };

  function createNewTag(): NewTag {
    const name = signal('');
    const color = signal<TagColor | null>(null);
    const add = async (): Promise<void> => {
      const given = newNameOf(name);
      if (named(given) !== undefined) throw new PatchbayError('tag-taken');
      await call('createTag', { name: given, color: color.value });
      batch(() => {
        name.value = '';
        color.value = null;
      });
      messages.say(t('message_tag_added', given), 'good');
    };
    return { name, color, ...createSubmission(add) };
  }
}

/** What was typed. @throws PatchbayError where no tag can be called that */
function newNameOf(name: Signal<string>): string {
  const given = name.value.trim();
  const problem = tagNameProblem(given);
  if (problem !== null) throw new PatchbayError(problem);
  return given;
}
