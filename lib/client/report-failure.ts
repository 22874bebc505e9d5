/** Outcomes in words. */
import { codeOf } from '../domain/errors.ts';
import { errorWords } from '../domain/words.ts';
import type { MessagesModel } from './messages.ts';
import { tell } from './translate.ts';

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
