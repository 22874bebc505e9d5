import { codeOf, PatchbayError } from '../domain/errors.ts';
import type { EditDraft } from './options-edit-draft.ts';
import type { Records } from './options-records.ts';

type Draft = Pick<EditDraft, 'shown' | 'follow'>;

/**
 * Lets a draft go on from the record as the page knows it.
 * @throws PatchbayError `not-found`, or `changed-meanwhile` when somebody else changed what the draft
 *   shows: the new value is shown from then on
 */
export function followRecord(records: Pick<Records, 'find' | 'connections'>, draft: Draft): void {
  const current = records.find(draft.shown.value.id);
  if (current !== undefined) {
    if (draft.follow(current)) throw new PatchbayError('changed-meanwhile');
    // The whole list may still be on its way.
  } else if (records.connections.value !== null) throw new PatchbayError('not-found');
}

/**
 * Sends what was typed over the newest record. What somebody else changed beside it is passed over;
 * what stands in the draft itself is shown first, and not written over unseen.
 * @param send refused where the record is of a later revision
 * @throws PatchbayError as {@link followRecord} and `send` do
 */
export async function sendDraft(
  records: Pick<Records, 'find' | 'connections' | 'load'>,
  draft: Draft,
  send: (revision: number) => Promise<unknown>,
): Promise<void> {
  followRecord(records, draft);
  const { revision } = draft.shown.value;
  try {
    await send(revision);
  } catch (thrown) {
    if (codeOf(thrown) !== 'changed-meanwhile') throw thrown;
    await records.load();
    followRecord(records, draft);
    if (draft.shown.value.revision === revision) throw thrown;
    await send(draft.shown.value.revision);
  }
}
