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
    notes: createField('notes', (draft) =>
      send(
        draft,
        (seen) => call('setNotes', { ...seen, notes: draft.notes.value }),
        () => t('message_notes_saved'),
      ),
    ),
    lastDay: createField('statedEndAt', async (draft) => {
      if (lastDayProblem(draft, now()) !== undefined) return false;
      return send(
        draft,
        (seen) => call('setStatedEnd', { ...seen, statedEndAt: endOfDay(draft.lastDay.value) }),
        () => t('message_stated_end_saved'),
      );
    }),
  };
}

function createField(field: EditField, send: (draft: EditDraft) => Promise<boolean>): FieldInPlace {
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
      if (!isTyped(draft) || (await send(draft)))
        drafts.value = new Map([...drafts.value].filter(([, other]) => other !== draft));
      underWay.delete(draft);
    },
  };
}
