import { beforeEach, describe, expect, it } from 'vitest';
import { withFewUndos } from '../../lib/client/few-undos.ts';
import { createMessages, type MessagesModel } from '../../lib/client/messages.ts';
import { offerUndo, undoAction } from '../../lib/client/offer-undo.ts';
import { installMessages } from '../../lib/client/translate.ts';
import { english } from './options-world.ts';

let messages: MessagesModel;
let undone: string[];

beforeEach(() => {
  installMessages(english, 'en-GB');
  messages = withFewUndos(createMessages(() => undefined));
  undone = [];
});

function edit(what: string, stay = {}): void {
  const undo = (): Promise<unknown> => Promise.resolve(undone.push(what));
  offerUndo(messages, what, undo, `${what} back`, stay);
}

const texts = (): string[] => messages.list.value.map(({ text }) => text);

/** What the key of Undo does. */
function undoLast(): void {
  const { act, lastUndo } = messages;
  if (lastUndo.value !== null) act(lastUndo.value);
}

describe('many acts one after another', () => {
  it('show what can be undone of the newest; as those go, the older ones come back', () => {
    for (const what of ['a', 'b', 'c', 'd', 'e']) edit(what);
    expect(texts()).toEqual(['c', 'd', 'e']);
    messages.dismiss(messages.list.value[1]?.id ?? 0);
    expect(texts()).toEqual(['b', 'c', 'e']);
  });

  it('can all be taken back by the key, the newest first', async () => {
    for (const what of ['a', 'b', 'c', 'd', 'e']) edit(what);
    for (let at = 0; at < 5; at++) undoLast();
    await expect.poll(() => undone).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(messages.lastUndo.value).toBeNull();
  });

  it('never hide a deletion, nor what failed', () => {
    messages.say(
      'Deleted',
      'good',
      undoAction(() => undefined),
    );
    edit('View deleted', { givesWay: false });
    messages.say('Failed', 'bad');
    for (const what of ['a', 'b', 'c', 'd']) edit(what);
    expect(texts()).toEqual(['Deleted', 'View deleted', 'Failed', 'b', 'c', 'd']);
  });
});
