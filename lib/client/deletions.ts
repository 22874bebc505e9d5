/** What was deleted and can be undone, said on every page that is open; and what could not be revoked. */
import type { DeletionBatch, NotRevoked } from '../domain/deletion.ts';
import type { MessageKey } from '../domain/words.ts';
import { readBatches } from '../store/deletions.ts';
import { readKept } from '../store/read.ts';
import type { MessageAction, MessagesModel } from './messages.ts';
import { namesText } from './names-text.ts';
import { undoAction } from './offer-undo.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PageDeps } from './page-deps.ts';
import { reportFailure } from './report-failure.ts';
import { plural, t } from './translate.ts';

export interface Deletions {
  /** Offers a look at what was deleted together, beside its Undo. */
  readonly offerMore: (batchId: string, look: MessageAction) => void;
  readonly load: () => Promise<void>;
}

interface DeletionsDeps extends Pick<PageDeps, 'call' | 'database' | 'onChange' | 'now'> {
  readonly messages: MessagesModel;
}

export function createDeletions(deps: DeletionsDeps): Deletions {
  const { call, database, messages, now } = deps;
  /** The message that offers to undo each batch, of as many as were deleted by then. */
  const offers = new Map<string, { readonly message: number; readonly count: number }>();
  const looks = new Map<string, MessageAction>();
  const showLeft = createLeftNotice(deps);

  const load = oneAtATime(async () => {
    const db = await database();
    offer(await readBatches(db, now()));
    showLeft((await readKept(db, 'notRevoked')) ?? []);
  });
  const withdraw = (id: string): void => {
    const offered = offers.get(id);
    offers.delete(id);
    if (offered !== undefined) messages.dismiss(offered.message);
  };
  const undo = async ({ id }: DeletionBatch): Promise<void> => {
    withdraw(id);
    const isAnswered = await reportFailure(messages, async () => {
      const { restored } = await call('undoDeletion', { batchId: id });
      if (restored > 0) messages.say(plural('message_restored', restored), 'good');
      else messages.say(t('message_undo_late'), 'bad');
    });
    // Nothing was undone: it is offered again for as long as there is time.
    if (isAnswered) looks.delete(id);
    else await load();
  };
  const offer = (batches: readonly DeletionBatch[]): void => {
    const ids = new Set(batches.map(({ id }) => id));
    for (const id of offers.keys())
      if (!ids.has(id)) {
        withdraw(id);
        looks.delete(id);
      }
    for (const batch of batches) {
      const { id, count } = batch;
      if (offers.get(id)?.count === count) continue;
      withdraw(id);
      const action = undoAction(() => void undo(batch));
      const stay = { forMs: batch.endsAt - now(), also: looks.get(id) ?? null };
      offers.set(id, { message: messages.say(deletedText(batch), 'good', action, stay), count });
    }
  };

  deps.onChange(({ kinds, revoked }) => {
    if (revoked !== undefined) messages.say(t('message_revoked', namesText(revoked)), 'good');
    if (kinds.includes('deletions')) void load().catch(() => undefined);
  });
  return {
    offerMore(batchId, look) {
      looks.set(batchId, look);
      const offered = offers.get(batchId);
      if (offered !== undefined) messages.offerMore(offered.message, look);
    },
    // A store that cannot be read is said where the list should be.
    load: () => load().catch(() => undefined),
  };
}

/** Says which grants live on, until the person has dismissed it on one of the pages. */
function createLeftNotice({
  call,
  messages,
}: DeletionsDeps): (left: readonly NotRevoked[]) => void {
  let shown: { readonly text: string; readonly message: number } | null = null;
  const forget = (): void => {
    shown = null;
    void reportFailure(messages, () => call('dismissNotRevoked', {}));
  };
  return (left) => {
    const text = leftText(left);
    if (text === (shown?.text ?? '')) return;
    const before = shown;
    shown = null;
    if (before !== null) messages.withdraw(before.message);
    if (text === '') return;
    shown = { text, message: messages.say(text, 'bad', null, { onDismiss: forget }) };
  };
}

function deletedText({ count, revokes }: DeletionBatch): string {
  const deleted = plural('message_deleted', count);
  return revokes ? `${deleted} ${t('message_deleted_revoking')}` : deleted;
}

function leftText(notRevoked: readonly NotRevoked[]): string {
  const about = (reason: NotRevoked['reason'], key: MessageKey): readonly string[] => {
    const all = notRevoked.filter((one) => one.reason === reason);
    return all.length === 0 ? [] : [t(key, namesText(all.map(({ name }) => name)))];
  };
  return [
    ...about('waiting', 'message_not_revoked_yet'),
    ...about('failed', 'message_not_revoked'),
    ...about('in-use', 'message_not_revoked_in_use'),
  ].join(' ');
}
