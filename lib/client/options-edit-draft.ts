/** What a person has typed over a connection, kept apart from what others do to it meanwhile. */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { dayEndingAt, endOfDay } from '../domain/calendar-day.ts';
import type { Connection } from '../domain/connection.ts';
import type { ConnectionChanges } from '../domain/edit.ts';
import { hasTag } from '../domain/tag.ts';
import { tagsOf } from './options-tags.ts';

export const EDIT_FIELDS = ['name', 'environmentId', 'tags', 'notes', 'statedEndAt'] as const;
export type EditField = (typeof EDIT_FIELDS)[number];

export interface EditDraft {
  /** As it was when the dialog opened, or when the person was last told of another change. */
  readonly shown: ReadonlySignal<Connection>;
  readonly name: Signal<string>;
  readonly environmentId: Signal<string>;
  readonly tags: Signal<readonly string[]>;
  /** A tag that is being typed. */
  readonly newTag: Signal<string>;
  readonly notes: Signal<string>;
  /** The last day of a key, as `YYYY-MM-DD`; empty for none. */
  readonly lastDay: Signal<string>;
  /** Whether a part of the day is missing. */
  readonly isDayUnfinished: Signal<boolean>;
  /** What somebody else has changed since the dialog opened; its value stands in `shown`. */
  readonly theirs: ReadonlySignal<ReadonlySet<EditField>>;
  /** Takes what is typed among the tags; one that is there keeps its spelling. */
  readonly addTag: () => void;
  readonly changes: () => ConnectionChanges;
  /**
   * Goes on from a newer record: a field that nobody typed in takes its value, the others stay.
   * @returns whether somebody else changed anything that the form shows
   */
  readonly follow: (current: Connection) => boolean;
  /** What {@link theirs} would be after that. */
  readonly movedBy: (current: Connection) => ReadonlySet<EditField>;
  /** The key that had the last day is gone, and the day with it unless another one was typed. */
  readonly endKey: () => void;
}

/** One field: its value in a form that can be compared, what it changes, how it takes a record's value. */
interface Field {
  readonly typed: () => string;
  readonly of: (connection: Connection) => string;
  readonly adopt: (connection: Connection) => void;
  readonly change: () => ConnectionChanges;
}

/** @param shows what can be typed; whatever others change beside it is none of the draft's business */
export function createEditDraft(
  connection: Connection,
  shows: readonly EditField[] = EDIT_FIELDS,
): EditDraft {
  const shown = signal(connection);
  const name = signal(connection.name);
  const environmentId = signal(connection.environmentId);
  const tags = signal(connection.tags);
  const newTag = signal('');
  const notes = signal(notesOf(connection));
  const lastDay = signal(lastDayOf(connection));
  const isDayUnfinished = signal(false);
  const theirs = signal<ReadonlySet<EditField>>(new Set());
  const allTags = (): readonly string[] => [
    ...tags.value,
    ...tagsOf(newTag.value).filter((tag) => !hasTag(tags.value, tag)),
  ];
  const fields: Readonly<Record<EditField, Field>> = {
    name: {
      typed: () => name.value.trim(),
      of: (one) => one.name,
      adopt: (one) => (name.value = one.name),
      change: () => ({ name: name.value }),
    },
    environmentId: {
      typed: () => environmentId.value,
      of: (one) => one.environmentId,
      adopt: (one) => (environmentId.value = one.environmentId),
      change: () => ({ environmentId: environmentId.value }),
    },
    tags: {
      typed: () => JSON.stringify(allTags()),
      of: (one) => JSON.stringify(one.tags),
      adopt: (one) => (tags.value = one.tags),
      change: () => ({ tags: allTags() }),
    },
    notes: {
      typed: () => notes.value.trim(),
      of: notesOf,
      adopt: (one) => (notes.value = notesOf(one)),
      change: () => ({ notes: notes.value }),
    },
    statedEndAt: {
      typed: () => (isDayUnfinished.value ? 'unfinished' : lastDay.value),
      of: lastDayOf,
      adopt: (one) => (lastDay.value = lastDayOf(one)),
      change: () => ({ statedEndAt: endOfDay(lastDay.value) }),
    },
  };
  const all = shows.map((id) => [id, fields[id]] as const);
  const isTyped = ({ typed, of }: Field): boolean => typed() !== of(shown.value);
  const movedTo = (current: Connection): (typeof all)[number][] =>
    all.filter(([, { of }]) => of(shown.value) !== of(current));
  /** @returns the fields whose value is another one now */
  const goOnFrom = (current: Connection): EditField[] => {
    const moved = movedTo(current);
    for (const [, field] of moved) if (!isTyped(field)) field.adopt(current);
    shown.value = current;
    return moved.map(([id]) => id);
  };
  return {
    shown,
    name,
    environmentId,
    tags,
    newTag,
    notes,
    lastDay,
    isDayUnfinished,
    theirs,
    addTag() {
      tags.value = allTags();
      newTag.value = '';
    },
    changes: () =>
      Object.assign(
        {},
        ...all.filter(([, field]) => isTyped(field)).map(([, { change }]) => change()),
      ) as ConnectionChanges,
    follow: (current) =>
      batch(() => {
        const moved = goOnFrom(current);
        if (moved.length > 0) theirs.value = new Set([...theirs.value, ...moved]);
        return moved.length > 0;
      }),
    movedBy: (current) => new Set([...theirs.value, ...movedTo(current).map(([id]) => id)]),
    endKey() {
      const { statedEndAt: _over, ...rest } = shown.value;
      batch(() => goOnFrom(rest));
    },
  };
}

function notesOf({ notes = '' }: Connection): string {
  return notes.trim();
}

function lastDayOf({ statedEndAt }: Connection): string {
  return statedEndAt === undefined ? '' : dayEndingAt(statedEndAt);
}
