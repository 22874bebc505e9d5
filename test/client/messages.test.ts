import { describe, expect, it } from 'vitest';
import { createMessages } from '../../lib/client/messages.ts';

function open(): { model: ReturnType<typeof createMessages>; elapse: () => void } {
  const waiting: (() => void)[] = [];
  return {
    model: createMessages((run) => waiting.push(run)),
    elapse: () => waiting.splice(0).forEach((run) => run()),
  };
}

describe('messages', () => {
  it('go by themselves, but failures stay until they are dismissed', () => {
    const { model, elapse } = open();
    model.say('Saved', 'good');
    model.say('Not saved', 'bad');
    elapse();
    expect(model.list.value.map(({ text }) => text)).toEqual(['Not saved']);
    model.dismiss(model.list.value[0]?.id ?? 0);
    expect(model.list.value).toEqual([]);
  });

  it('that are said again are said anew, once', () => {
    const { model } = open();
    model.say('Saved');
    const first = model.list.value[0]?.id;
    model.say('Saved');
    expect(model.list.value.length).toBe(1);
    expect(model.list.value[0]?.id).not.toBe(first);
  });

  it('that offer something, or have to be read, are not pushed out by others', () => {
    const { model } = open();
    let dismissed = 0;
    const onDismiss = (): void => void (dismissed += 1);
    const offer = model.say('Deleted', 'good', { label: 'Undo', run: () => undefined });
    const notice = model.say('Not revoked', 'bad', null, { onDismiss });
    for (let at = 1; at <= 5; at++) model.say(`Failure ${at}`, 'bad');
    expect(model.list.value.map(({ id }) => id).slice(0, 2)).toEqual([offer, notice]);
    model.dismiss(notice);
    model.withdraw(offer);
    expect([model.list.value.length, dismissed]).toEqual([3, 1]);
  });

  it('that offer to undo are taken back the newest first, as long as they are offered', () => {
    const { model, elapse } = open();
    const undone: string[] = [];
    const undo = (what: string) => ({ label: 'Undo', isUndo: true, run: () => undone.push(what) });
    model.say('Deleted', 'good', undo('deleted'));
    model.say('Paused', 'good', undo('paused'));
    model.say('Failed', 'bad', { label: 'Show each', run: () => undefined });
    for (let at = 0; at < 2; at++) {
      const last = model.lastUndo.value;
      if (last !== null) model.act(last);
    }
    expect([undone, model.lastUndo.value]).toEqual([['paused', 'deleted'], null]);
    model.say('Moved', 'good', undo('moved'));
    elapse();
    expect(model.lastUndo.value).toBeNull();
  });

  it('never bury the page', () => {
    const { model } = open();
    for (let at = 1; at <= 5; at++) model.say(`Failure ${at}`, 'bad');
    expect(model.list.value.map(({ text }) => text)).toEqual([
      'Failure 3',
      'Failure 4',
      'Failure 5',
    ]);
  });
});
