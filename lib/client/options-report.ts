/** Outcomes in words. */
import { codeOf } from '../domain/errors.ts';
import { errorWords } from '../domain/words.ts';
import type { Output } from '../rpc/procedures.ts';
import type { MessagesModel } from './messages.ts';
import { plural, t, tell } from './translate.ts';

/** How many names a sentence holds before it only counts the others. */
const NAMES_SHOWN = 3;

/** Runs something that the person asked for; a failure is said. @returns whether it went well */
export async function reportFailure(
  messages: MessagesModel,
  run: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (thrown) {
    messages.say(tell(errorWords(codeOf(thrown))), 'bad');
    return false;
  }
}

/** @param hasAsked whether the person wanted access revoked too */
export function reportDeletion(
  messages: MessagesModel,
  outcome: Output<'deleteConnections'>,
  hasAsked: boolean,
): void {
  const deleted = plural('message_deleted', outcome.deleted);
  if (!hasAsked) {
    messages.say(deleted, 'good');
    return;
  }
  const revoked = outcome.revoked > 0 ? ` ${plural('message_revoked', outcome.revoked)}` : '';
  if (outcome.notRevoked.length === 0) {
    messages.say(deleted + revoked, 'good');
    return;
  }
  const names = outcome.notRevoked.slice(0, NAMES_SHOWN).map(({ name }) => name);
  const rest = outcome.notRevoked.length - names.length;
  const list = rest > 0 ? [...names, plural('notice_more', rest)] : names;
  messages.say(`${deleted}${revoked} ${t('message_not_revoked', list.join(', '))}`, 'bad');
}
