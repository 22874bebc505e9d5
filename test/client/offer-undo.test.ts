import { beforeEach, describe, expect, it } from 'vitest';
import { createMessages, type MessageAction } from '../../lib/client/messages.ts';
import { offerUndo } from '../../lib/client/offer-undo.ts';
import { installMessages } from '../../lib/client/translate.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { english } from './options-world.ts';

describe('Undo of what only this page knows', () => {
  beforeEach(() => installMessages(english, 'en-GB'));

  const open = (undo: () => Promise<unknown>) => {
    const messages = createMessages(() => undefined);
    offerUndo(messages, 'Removed', undo, 'Back again');
    const texts = (): string[] => messages.list.value.map(({ text }) => text);
    const offered = (): MessageAction | null | undefined =>
      messages.list.value.findLast(({ action }) => action !== null)?.action;
    return { texts, offered };
  };

  it('is a change, which cannot be made while changes are locked', () => {
    const { offered } = open(() => Promise.resolve());
    expect(offered()?.isChange).toBe(true);
  });

  it('says that it was undone, once', async () => {
    let undone = 0;
    const { texts, offered } = open(() => Promise.resolve(void (undone += 1)));
    offered()?.run();
    await expect.poll(texts).toEqual(['Removed', 'Back again']);
    expect(undone).toBe(1);
  });

  it.each(['changed-meanwhile', 'not-found', 'invalid-request'] as const)(
    'says that there is nothing left to take back, for %s, and does not offer it again',
    async (code) => {
      const { texts, offered } = open(() => Promise.reject(new PatchbayError(code)));
      offered()?.run();
      await expect.poll(() => texts().length).toBe(2);
      await new Promise((resolve) => setTimeout(resolve));
      expect(texts()).toHaveLength(2);
    },
  );

  it('says why it failed and is offered again', async () => {
    let isFailing = true;
    const { texts, offered } = open(() =>
      isFailing ? Promise.reject(new PatchbayError('internal')) : Promise.resolve(),
    );
    const first = offered();
    first?.run();
    await expect.poll(() => texts().length).toBe(3);
    expect(offered()).not.toBe(first);
    isFailing = false;
    offered()?.run();
    await expect.poll(() => texts().at(-1)).toBe('Back again');
  });
});
