/**
 * What is being typed into the details of connections, by connection: it stays until it is saved,
 * wherever in the page the person goes meanwhile.
 */
import { signal } from '@preact/signals';
import { endOfDay } from '../domain/calendar-day.ts';
import type { Connection } from '../domain/connection.ts';
import type { Shared } from './options-deps.ts';
import { createEditDraft, type EditDraft, type EditField } from './options-edit-draft.ts';
import { lastDayProblem } from './options-last-day.ts';
import { reportFailure } from './report-failure.ts';
import { sendDraft } from './send-draft.ts';
import { t } from './translate.ts';

/** One field of every connection, typed where it is shown. */
export interface FieldInPlace {
  /** What was typed over a connection; `undefined` while that is nothing. */
  readonly of: (connection: Connection) => EditDraft | undefined;
  /** @param type puts what was typed into the draft */
  readonly type: (connection: Connection, type: (draft: EditDraft) => void) => void;
  /** Says what came of it; what is not kept stays typed. */
  readonly save: (connection: Connection) => Promise<void>;
}

export interface InPlace {
  readonly notes: FieldInPlace;
  /** Saves no day that {@link lastDayProblem} finds something wrong with. */
  readonly lastDay: FieldInPlace;
}

export function createInPlace(
  shared: Pick<Shared, 'call' | 'messages' | 'now' | 'records'>,
): InPlace {
  const { call, messages, now, records } = shared;
  const send = async (
    draft: EditDraft,
    request: (seen: { readonly id: string; readonly revision: number }) => Promise<unknown>,
    text: () => string,
  ): Promise<boolean> => {
    const { id } = draft.shown.value;
    const isKept = await reportFailure(messages, () =>
      sendDraft(records, draft, (revision) => request({ id, revision })),
    );
    if (isKept) messages.say(text(), 'good');
    return isKept;
  };
  return {
    notes: createField('notes', records, (draft) => {
      const notes = draft.notes.value;
      return send(
        draft,
        (seen) => call('setNotes', { ...seen, notes }),
        () => t('message_notes_saved'),
      );
    }),
    lastDay: createField('statedEndAt', records, async (draft) => {
      if (lastDayProblem(draft, now()) !== undefined) return false;
      const statedEndAt = endOfDay(draft.lastDay.value);
      return send(
        draft,
        (seen) => call('setStatedEnd', { ...seen, statedEndAt }),
        () => t('message_stated_end_saved'),
      );
    }),
  };
}

/** @param send keeps what the draft says when it is called */
function createField(
  field: EditField,
  records: Pick<Shared['records'], 'load'>,
  send: (draft: EditDraft) => Promise<boolean>,
): FieldInPlace {
  const drafts = signal<ReadonlyMap<string, EditDraft>>(new Map());
  const underWay = new Set<EditDraft>();
  const isTyped = (draft: EditDraft): boolean => field in draft.changes();
  const of = (connection: Connection): EditDraft | undefined => {
    const draft = drafts.value.get(connection.id);
    // One that says what was stored when it was begun is over as soon as something else is stored.
    const isOver = draft === undefined || (!isTyped(draft) && draft.movedBy(connection).size > 0);
    return isOver ? undefined : draft;
  };
  return {
    of,
    type(connection, type) {
      const draft = of(connection) ?? createEditDraft(connection, [field]);
      type(draft);
      drafts.value = new Map([...drafts.value, [connection.id, draft]]);
    },
    async save(connection) {
      const draft = of(connection);
      // Enter saves, and leaving the field right after it does not save again.
      if (draft === undefined || underWay.has(draft)) return;
      underWay.add(draft);
      const sent = typedIn(draft);
      if (!isTyped(draft) || (await send(draft))) {
        const isSame = JSON.stringify(typedIn(draft)) === JSON.stringify(sent);
        // What was saved is read first, so that it is not taken for somebody else's.
        if (!isSame) await records.load();
        const next = isSame ? null : goneOn(draft, field, sent);
        drafts.value = new Map(
          [...drafts.value].flatMap(([id, other]) => {
            if (other !== draft) return [[id, other] as const];
            return next !== null && isTyped(next) ? [[id, next] as const] : [];
          }),
        );
      }
      underWay.delete(draft);
    },
  };
}

interface Typed {
  readonly notes: string;
  readonly lastDay: string;
  readonly isDayUnfinished: boolean;
}

function typedIn({ notes, lastDay, isDayUnfinished }: EditDraft): Typed {
  return {
    notes: notes.value,
    lastDay: lastDay.value,
    isDayUnfinished: isDayUnfinished.value,
  };
}

/** What is typed by now, over the record as it was saved. */
function goneOn(draft: EditDraft, field: EditField, { notes, lastDay }: Typed): EditDraft {
  const { statedEndAt: _before, ...rest } = draft.shown.value;
  const statedEndAt = endOfDay(lastDay);
  const saved = { ...rest, notes, ...(statedEndAt !== null && { statedEndAt }) };
  const next = createEditDraft(saved, [field]);
  const typed = typedIn(draft);
  next.notes.value = typed.notes;
  next.lastDay.value = typed.lastDay;
  next.isDayUnfinished.value = typed.isDayUnfinished;
  return next;
}
