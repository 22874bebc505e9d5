import { describe, expect, it } from 'vitest';
import type { EditForm } from '../../lib/client/options-edit-form.ts';
import { dayEndingAt, endOfDay } from '../../lib/domain/calendar-day.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { authorization, connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const DAY = '2027-03-31';

let world: World;

async function open(changes: Partial<Connection> = {}): Promise<EditForm> {
  world = openWorld();
  await world.model.load();
  await world.store({ connections: [connection(changes)] });
  world.model.dialogs.edit(connection(changes));
  const dialog = world.model.dialogs.open.value;
  if (dialog?.kind !== 'edit') throw new Error('the dialog is not open');
  return dialog.form;
}

function asked(procedure: string): unknown[] {
  return world.calls.filter((call) => call.procedure === procedure).map(({ input }) => input);
}

const isOpen = (): boolean => world.model.dialogs.open.value !== null;

describe('editing without a new key', () => {
  it('sends only what was changed, of the revision that was shown, and says it', async () => {
    const form = await open({ tags: ['a'], notes: 'old' });
    form.name.value = ' Numbers ';
    form.newTag.value = 'b, A';
    form.lastDay.value = DAY;
    await form.submit();
    expect(asked('editConnection')).toEqual([
      {
        id: 'c-1',
        revision: 1,
        name: ' Numbers ',
        tags: ['a', 'b'],
        statedEndAt: endOfDay(DAY),
      },
    ]);
    expect([isOpen(), world.texts()]).toEqual([false, ['Numbers was saved.']]);
  });

  it('takes a last day and notes back', async () => {
    const form = await open({ notes: 'old', statedEndAt: endOfDay(DAY) ?? 0 });
    form.notes.value = '';
    form.lastDay.value = '';
    await form.submit();
    expect(asked('editConnection')).toMatchObject([{ notes: '', statedEndAt: null }]);
  });

  it('asks for nothing where nothing was changed', async () => {
    const form = await open();
    await form.submit();
    expect([asked('editConnection'), isOpen()]).toEqual([[], false]);
  });

  it('says by field what is missing, and sends nothing', async () => {
    const form = await open({ methodKind: 'basic' });
    form.name.value = ' ';
    form.isDayUnfinished.value = true;
    form.secrets.user.value = 'alice';
    form.tags.value = Array.from({ length: 51 }, (_, at) => `t${at}`);
    await form.submit();
    expect(Object.keys(form.errors.value)).toEqual(['name', 'tags', 'statedEndAt', 'password']);
    expect(asked('editConnection').concat(asked('reconnect'))).toEqual([]);
  });

  it.each(['2026-11-20', '0202-12-31'])('does not save the last day %s', async (day) => {
    const form = await open();
    form.lastDay.value = day;
    await form.submit();
    expect([form.errors.value.statedEndAt, asked('editConnection')]).toEqual([
      expect.stringContaining('from today on'),
      [],
    ]);
  });

  it('does not mind a last day that is over and was there before', async () => {
    const form = await open({ statedEndAt: 1 });
    form.name.value = 'Mine';
    await form.submit();
    expect(asked('editConnection')).toEqual([{ id: 'c-1', revision: 1, name: 'Mine' }]);
  });

  it('puts what the background refuses at its field', async () => {
    const form = await open();
    world.answers.editConnection = () => {
      throw new PatchbayError('invalid-request', 'environmentId');
    };
    form.environmentId.value = 'gone';
    await form.submit();
    expect(form.errors.value.environmentId).toContain('not here any more');
    expect(form.attempt.problem.value).toBeNull();
  });

  it('stays open with everything typed when it failed', async () => {
    const form = await open();
    world.answers.editConnection = () => {
      throw new PatchbayError('storage-full');
    };
    form.name.value = 'Mine';
    await form.submit();
    expect([form.attempt.problem.value?.code, form.name.value, isOpen()]).toEqual([
      'storage-full',
      'Mine',
      true,
    ]);
  });
});

describe('somebody else’s change', () => {
  const theirs = connection({ name: 'Theirs', notes: 'Theirs', revision: 2 });

  it('is shown before anything is sent; mine stays, what I left follows', async () => {
    const form = await open();
    form.name.value = 'Mine';
    await world.store({ connections: [theirs] });
    await form.submit();
    expect(asked('editConnection')).toEqual([]);
    expect([...form.theirs.value]).toEqual(['name', 'notes']);
    expect([form.name.value, form.notes.value, form.shown.value.name]).toEqual([
      'Mine',
      'Theirs',
      'Theirs',
    ]);
    await form.submit();
    expect(asked('editConnection')).toEqual([{ id: 'c-1', revision: 2, name: 'Mine' }]);
  });

  it('that comes while it is sent is shown too', async () => {
    const form = await open();
    form.name.value = 'Mine';
    world.answers.editConnection = async () => {
      await world.store({ connections: [theirs] });
      throw new PatchbayError('changed-meanwhile');
    };
    await form.submit();
    expect([form.attempt.problem.value?.code, [...form.theirs.value]]).toEqual([
      'changed-meanwhile',
      ['name', 'notes'],
    ]);
    delete world.answers.editConnection;
    await form.submit();
    expect([asked('editConnection').at(-1), isOpen()]).toEqual([
      { id: 'c-1', revision: 2, name: 'Mine' },
      false,
    ]);
  });

  it('of something that the form does not show is passed over while it is sent, too', async () => {
    const form = await open();
    form.name.value = 'Mine';
    world.answers.editConnection = async ({ revision }) => {
      if (revision === 5) return {};
      await world.store({ connections: [connection({ revision: 5, isMuted: true })] });
      throw new PatchbayError('changed-meanwhile');
    };
    await form.submit();
    expect([isOpen(), world.texts()]).toEqual([false, ['Mine was saved.']]);
  });

  it('of something that the form does not show is passed over', async () => {
    const form = await open();
    form.name.value = 'Mine';
    await world.store({
      connections: [connection({ revision: 5, sync: { kind: 'paused', since: 1 } })],
    });
    await form.submit();
    expect(asked('editConnection')).toEqual([{ id: 'c-1', revision: 5, name: 'Mine' }]);
  });
});

describe('a new key', () => {
  const attempt = authorization({ purpose: { kind: 'reconnect', connectionId: 'c-1' } });
  const failed = { kind: 'failed', code: 'credential-rejected', detail: 'Bad key' } as const;

  async function tryKey(changes: Partial<Connection> = {}): Promise<EditForm> {
    const form = await open(changes);
    world.answers.reconnect = () => ({ authorizationId: 'a-1' });
    form.name.value = 'Mine';
    form.secrets.key.value = 'new-key';
    await form.submit();
    await world.store({ authorization: attempt });
    return form;
  }

  it('is tried first, with the permission asked for in the click', async () => {
    await tryKey();
    expect(world.order.slice(-2)).toEqual(['ask for https://api.example.com/*', 'reconnect']);
    expect(asked('reconnect')).toEqual([
      {
        connectionId: 'c-1',
        credential: { kind: 'key', key: 'new-key' },
        client: null,
        chooseAccount: false,
      },
    ]);
    expect(asked('editConnection')).toEqual([]);
  });

  it('that is refused changes nothing, and is said at its field', async () => {
    const form = await tryKey();
    await world.store({ authorization: { ...attempt, state: failed } });
    expect(form.errors.value.key).toMatch(/did not accept it.*Bad key/);
    expect([form.attempt.problem.value, form.name.value, isOpen()]).toEqual([null, 'Mine', true]);
    expect(asked('editConnection')).toEqual([]);
    form.secrets.key.value = '';
    expect(form.errors.value).toEqual({});
  });

  it('that works is followed by the rest, and ends the last day of the old one', async () => {
    const form = await tryKey({ statedEndAt: endOfDay(DAY) ?? 0 });
    const state = { kind: 'done', connectionId: 'c-1' } as const;
    await world.store({ connections: [connection()], authorization: { ...attempt, state } });
    await expect
      .poll(() => asked('editConnection'))
      .toEqual([{ id: 'c-1', revision: 1, name: 'Mine' }]);
    expect([form.secrets.key.value, form.theirs.value.size]).toEqual(['', 0]);
    await expect.poll(() => world.texts()).toEqual(['Mine was saved.']);
  });

  it('keeps the last day that was stated for it', async () => {
    const form = await tryKey({ statedEndAt: 1 });
    form.lastDay.value = DAY;
    const state = { kind: 'done', connectionId: 'c-1' } as const;
    await world.store({ connections: [connection()], authorization: { ...attempt, state } });
    await expect
      .poll(() => asked('editConnection'))
      .toEqual([{ id: 'c-1', revision: 1, name: 'Mine', statedEndAt: endOfDay(DAY) }]);
    expect(dayEndingAt(endOfDay(DAY) ?? 0)).toBe(DAY);
  });

  it('stays in place where the rest meets a change of somebody else', async () => {
    const form = await tryKey();
    const state = { kind: 'done', connectionId: 'c-1' } as const;
    const changed = connection({ name: 'Theirs', revision: 2 });
    await world.store({ connections: [changed], authorization: { ...attempt, state } });
    await expect.poll(() => form.attempt.problem.value?.code).toBe('changed-meanwhile');
    expect([form.settledKey.value, form.name.value]).toEqual(['replaced', 'Mine']);
    await form.submit();
    expect([asked('reconnect').length, asked('editConnection')]).toEqual([
      1,
      [{ id: 'c-1', revision: 2, name: 'Mine' }],
    ]);
  });

  it('of somebody else that became a connection of its own leaves the old one its last day', async () => {
    const form = await tryKey({ statedEndAt: endOfDay(DAY) ?? 0 });
    const state = { kind: 'done', connectionId: 'c-2' } as const;
    await world.store({ authorization: { ...attempt, state } });
    await expect
      .poll(() => asked('editConnection'))
      .toEqual([{ id: 'c-1', revision: 1, name: 'Mine' }]);
    expect([form.settledKey.value, form.lastDay.value]).toEqual(['apart', DAY]);
  });

  it('that is being tried is given up with the dialog', async () => {
    await tryKey();
    world.model.dialogs.close();
    expect(asked('cancelAuthorization')).toEqual([{ authorizationId: 'a-1' }]);
    const state = { kind: 'done', connectionId: 'c-1' } as const;
    await world.store({ authorization: { ...attempt, state } });
    expect(asked('editConnection')).toEqual([]);
  });

  it('needs the definition of its provider', async () => {
    const form = await open({ providerId: 'gone' });
    form.secrets.key.value = 'new-key';
    await form.submit();
    expect(form.errors.value.key).toContain('not defined here');
    expect(asked('reconnect')).toEqual([]);
  });
});
