import { beforeEach, describe, expect, it } from 'vitest';
import type { DeleteForm } from '../../lib/client/options-delete.ts';
import type { RenameForm } from '../../lib/client/options-edit.ts';
import { goingFrom } from '../../lib/domain/deletion.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { connection, NOW, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

beforeEach(async () => {
  world = openWorld();
  await world.model.load();
  await world.store({ connections: [connection()] });
});

function rename(): RenameForm {
  world.model.dialogs.rename(connection());
  const dialog = world.model.dialogs.open.value;
  if (dialog?.kind !== 'rename') throw new Error('the dialog is not open');
  return dialog.form;
}

function remove(changes = {}): DeleteForm {
  world.model.dialogs.remove([connection(changes)]);
  const dialog = world.model.dialogs.open.value;
  if (dialog?.kind !== 'delete') throw new Error('the dialog is not open');
  return dialog.form;
}

describe('renaming', () => {
  it('can be undone', async () => {
    const form = rename();
    form.name.value = 'Reports 2';
    await form.submit();
    const [message] = world.model.messages.list.value;
    if (message !== undefined) world.model.messages.act(message);
    await expect.poll(world.texts).toEqual(['Renamed to Reports.']);
    expect(world.calls.at(-1)).toEqual({
      procedure: 'undoEdit',
      input: { id: 'c-1', made: { name: 'Reports 2' }, before: { name: 'Reports' } },
    });
  });

  it('is of the revision that was shown, and is said', async () => {
    const form = rename();
    form.name.value = 'Reports 2';
    await form.submit();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'renameConnection',
      input: { id: 'c-1', name: 'Reports 2', revision: 1 },
    });
    expect([world.model.dialogs.open.value, world.texts()]).toEqual([
      null,
      ['Renamed to Reports 2.'],
    ]);
  });

  it('shows a name that somebody gave meanwhile, loses nothing, and saves on purpose then', async () => {
    const form = rename();
    form.name.value = 'Mine';
    await world.store({ connections: [connection({ name: 'Theirs', revision: 2 })] });
    world.answers.renameConnection = ({ revision }) => {
      if (revision !== 2) throw new PatchbayError('changed-meanwhile');
      return {};
    };
    await form.submit();
    expect([form.problem.value, form.newName.value, form.name.value]).toEqual([
      'changed-meanwhile',
      'Theirs',
      'Mine',
    ]);
    await form.submit();
    expect(world.texts()).toEqual(['Renamed to Mine.']);
  });

  it('passes over what somebody changed beside the name, and asks nobody about it', async () => {
    const form = rename();
    form.name.value = 'Mine';
    world.answers.renameConnection = async ({ revision }) => {
      if (revision === 7) return {};
      await world.store({ connections: [connection({ tags: ['new'], revision: 7 })] });
      throw new PatchbayError('changed-meanwhile');
    };
    await form.submit();
    expect([form.problem.value, form.newName.value, world.texts()]).toEqual([
      null,
      null,
      ['Renamed to Mine.'],
    ]);
  });

  it('that is refused although nothing newer is known is not tried again', async () => {
    const form = rename();
    form.name.value = 'Mine';
    world.answers.renameConnection = () => {
      throw new PatchbayError('changed-meanwhile');
    };
    await form.submit();
    expect(form.problem.value).toBe('changed-meanwhile');
    expect(world.calls.filter(({ procedure }) => procedure === 'renameConnection')).toHaveLength(1);
  });

  it('says it when the connection is gone', async () => {
    const form = rename();
    world.answers.renameConnection = () => {
      throw new PatchbayError('not-found');
    };
    await form.submit();
    expect(form.problem.value).toBe('not-found');
  });

  it('does not save an empty name', async () => {
    const form = rename();
    form.name.value = '  ';
    await form.submit();
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('renameConnection');
  });
});

describe('deleting', () => {
  it.each([
    [true, ['Example']],
    [false, []],
  ])('offers to revoke where the provider can be asked to: %s', async (canRevoke, expected) => {
    world.answers.listProviders = () => ({
      providers: [provider({ methods: [signIn({ canRevoke })] })],
    });
    world.announce('providers');
    const { revocable } = remove({ methodKind: 'oauth2', methodId: 'oauth' });
    await expect.poll(() => revocable.value).toEqual(expected);
    expect(remove().revocable.value).toEqual([]);
  });

  it('closes the dialog and the details', async () => {
    world.visit('#/connections/c-1');
    world.answers.deleteConnections = () => ({ deleted: 1, batchId: 'batch', missing: [] });
    const form = remove();
    form.revokes.value = true;
    await form.submit();
    expect(world.calls.at(-1)?.input).toEqual({ ids: ['c-1'], revoke: true });
    expect([world.model.dialogs.open.value, world.hash.value]).toEqual([null, '#/connections']);
  });

  it.each([
    ['a deletion', 'deleteConnections', remove],
    ['a new name', 'renameConnection', rename],
  ] as const)('leaves the dialog that was opened before the answer: %s', async (_, asked, make) => {
    const { dialogs } = world.model;
    const form = make();
    if ('name' in form) form.name.value = 'Reports 2';
    const answer = { deleted: 1, batchId: 'batch', missing: [] };
    Object.assign(world.answers, {
      [asked]: () => {
        dialogs.close();
        dialogs.edit(connection());
        return answer;
      },
    });
    await form.submit();
    expect([form.problem.value, dialogs.open.value?.kind]).toEqual([null, 'edit']);
  });

  it('says it where another page was faster', async () => {
    world.answers.deleteConnections = ({ ids }) => ({ deleted: 0, batchId: 'none', missing: ids });
    await remove().submit();
    expect([world.model.dialogs.open.value, world.texts()]).toEqual([
      null,
      ['1 connection was gone already. It may have been deleted in another window.'],
    ]);
  });

  it('stays open when it failed', async () => {
    world.answers.deleteConnections = () => {
      throw new PatchbayError('storage-full');
    };
    const form = remove();
    await form.submit();
    expect([form.problem.value, world.model.dialogs.open.value?.kind]).toEqual([
      'storage-full',
      'delete',
    ]);
  });

  describe('of many', () => {
    const many = Array.from({ length: 1_100 }, (_, at) => connection({ id: `m-${at}` }));
    const pieces = () =>
      world.calls.flatMap(({ procedure, input }) => {
        if (procedure !== 'deleteConnections') return [];
        const { ids, batchId } = input as { ids: readonly string[]; batchId?: string };
        return [[ids.length, batchId]];
      });

    function removeMany(): DeleteForm {
      world.model.dialogs.remove(many);
      const dialog = world.model.dialogs.open.value;
      if (dialog?.kind !== 'delete') throw new Error('no dialog');
      return dialog.form;
    }

    function eachOf(text: string): Record<string, number> {
      world.model.messages.list.value.find((one) => one.text === text)?.action?.run();
      const groups = world.model.outcomes.groups.value ?? [];
      return Object.fromEntries(groups.map(({ title, outcomes }) => [title, outcomes.length]));
    }

    it('goes in pieces that are undone together, with progress and a look at each', async () => {
      const seen: unknown[] = [];
      const db = await world.database();
      world.answers.deleteConnections = async ({ ids }) => {
        seen.push(form.progress.value);
        for (const id of ids.slice(1))
          await db.put('deletions', goingFrom(connection({ id }), 'batch', false, NOW));
        world.announce('deletions');
        await world.model.deletions.load();
        return { deleted: ids.length - 1, batchId: 'batch', missing: ids.slice(0, 1) };
      };
      const form = removeMany();
      await form.submit();
      expect(pieces()).toEqual([
        [500, undefined],
        [500, 'batch'],
        [100, 'batch'],
      ]);
      expect(seen).toEqual([0, 500, 1_000].map((done) => ({ done, total: 1_100 })));
      expect([form.progress.value, world.model.dialogs.open.value]).toEqual([null, null]);
      await expect.poll(() => world.texts()).toEqual(['1,097 connections deleted.']);
      const [message] = world.model.messages.list.value;
      expect([message?.action?.label, message?.also?.label]).toEqual(['Undo', 'Show each']);
      message?.also?.run();
      expect(world.model.outcomes.groups.value?.map(({ title }) => title)).toEqual([
        'Left as they were (3)',
        'Done (1,097)',
      ]);
    });

    it('goes on in another batch when the time of the first is over, and not when it was undone', async () => {
      const batchOf = (batchId?: string) => {
        if (batchId === 'first') throw new PatchbayError('changed-meanwhile');
        return batchId ?? (pieces().length > 1 ? 'second' : 'first');
      };
      world.answers.deleteConnections = ({ ids, batchId }) => ({
        batchId: batchOf(batchId),
        deleted: ids.length,
        missing: [],
      });
      await removeMany().submit();
      expect([pieces(), world.texts()]).toEqual([
        [
          [500, undefined],
          [500, 'first'],
          [500, undefined],
          [100, 'second'],
        ],
        [],
      ]);
      world.calls.length = 0;
      await world.store({ connections: many });
      await removeMany().submit();
      expect(pieces()).toEqual([
        [500, undefined],
        [500, 'first'],
      ]);
      expect(world.texts()).toEqual(['600 connections were not deleted.']);
    });

    it('ends where it is stopped, and says which were left', async () => {
      world.answers.deleteConnections = ({ ids }) => {
        form.stop();
        return { deleted: ids.length, batchId: 'batch', missing: [] };
      };
      const form = removeMany();
      await form.submit();
      expect(pieces()).toEqual([[500, undefined]]);
      expect(eachOf('600 connections were not deleted.')).toEqual({
        'Left as they were (600)': 600,
        'Done (500)': 500,
      });
    });

    it('that fails in the middle says what is left and why; the dialog closes', async () => {
      world.answers.deleteConnections = ({ ids, batchId }) => {
        if (batchId !== undefined) throw new PatchbayError('storage-full');
        return { deleted: ids.length, batchId: 'batch', missing: [] };
      };
      await removeMany().submit();
      expect(world.model.dialogs.open.value).toBeNull();
      expect(eachOf('600 connections were not deleted.')).toEqual({
        'Failed (600)': 600,
        'Done (500)': 500,
      });
    });
  });
});

describe('a change in one step', () => {
  it('that came too late is said, and reports that it was not made', async () => {
    world.answers.setTags = () => {
      throw new PatchbayError('changed-meanwhile');
    };
    await expect(world.model.actions.setTags(connection(), ['a'])).resolves.toBe(false);
    expect(world.texts()).toHaveLength(1);
  });

  it.each([
    ['a pause', 'pauseSync', 'Sync of Reports is paused.', 'Sync of Reports runs again.'],
    [
      'a move',
      'moveConnection',
      'Reports was moved to Staging.',
      'Reports was moved to Production.',
    ],
    ['tags', 'setTags', 'Tags saved.', 'The tags are as they were before.'],
  ] as const)('is said and can be undone: %s', async (_, procedure, said, undone) => {
    const { actions, messages } = world.model;
    const before = connection({ tags: ['kept'] });
    const isDone = () => ({ outcomes: [{ id: 'c-1', error: null }] });
    Object.assign(world.answers, { pauseSync: isDone, resumeSync: isDone });
    const steps = {
      pauseSync: () => actions.setSync(before, 'paused'),
      moveConnection: () => actions.move(before, 'staging'),
      setTags: () => actions.setTags(before, ['kept', 'new']),
    };
    await expect(steps[procedure]()).resolves.toBe(true);
    expect([world.calls.at(-1)?.procedure, world.texts()]).toEqual([procedure, [said]]);
    const [message] = messages.list.value;
    if (message !== undefined) messages.act(message);
    await expect.poll(world.texts).toEqual([undone]);
    expect(world.calls.at(-1)).toEqual(
      {
        pauseSync: { procedure: 'resumeSync', input: { ids: ['c-1'] } },
        moveConnection: {
          procedure: 'undoEdit',
          input: {
            id: 'c-1',
            made: { environmentId: 'staging' },
            before: { environmentId: 'production' },
          },
        },
        setTags: {
          procedure: 'undoEdit',
          input: { id: 'c-1', made: { tags: ['kept', 'new'] }, before: { tags: ['kept'] } },
        },
      }[procedure],
    );
  });

  it('that is refused to be undone, somebody else having changed it since, is said', async () => {
    world.answers.undoEdit = () => {
      throw new PatchbayError('changed-meanwhile');
    };
    await world.model.actions.setTags(connection({ tags: ['kept'] }), []);
    const [message] = world.model.messages.list.value;
    if (message !== undefined) world.model.messages.act(message);
    await expect.poll(() => world.texts().join(' ')).toContain('changed elsewhere');
    expect(world.texts()).not.toContain('Tags saved.');
  });

  it('that could not be undone for now is offered to be undone again', async () => {
    world.answers.undoEdit = () => {
      throw new PatchbayError('internal');
    };
    await world.model.actions.setTags(connection({ tags: ['kept'] }), []);
    const [message] = world.model.messages.list.value;
    if (message !== undefined) world.model.messages.act(message);
    await expect.poll(() => world.texts().length).toBe(2);
    expect(world.texts()).toContain('Tags saved.');
  });

  it('of which many are made shows the Undo of the newest three', async () => {
    const { actions, messages } = world.model;
    for (const tag of ['a', 'b', 'c', 'd', 'e']) await actions.setTags(connection(), [tag]);
    expect(messages.list.value.length).toBe(3);
  });

  it('that makes nothing other than it was offers no Undo', async () => {
    world.answers.resumeSync = () => ({ outcomes: [{ id: 'c-1', error: null }] });
    await world.model.actions.setSync(connection(), 'on');
    expect(world.model.messages.list.value.map(({ action }) => action)).toEqual([null]);
  });

  it.each([
    [{ kind: 'use-none' }, true],
    [{ kind: 'leave-out', ids: ['a-1', 'a-2'] }, true],
    [{ kind: 'leave-out', ids: ['a-1'] }, false],
  ] as const)('of accounts, %j, can be undone where a click does not: %s', async (step, isSaid) => {
    const choice = { kind: 'only', accounts: [{ id: 'a-1', label: 'One' }] } as const;
    const before = connection({ accountChoice: choice });
    await world.model.actions.chooseAccounts(before, step);
    const [message] = world.model.messages.list.value;
    expect(message !== undefined).toBe(isSaid);
    if (message === undefined) return;
    world.model.messages.act(message);
    await expect.poll(world.texts).toEqual(['The accounts of Reports are chosen as before.']);
    expect(world.calls.at(-1)?.input).toEqual({
      id: 'c-1',
      change: { kind: 'as-before', choice, made: { kind: 'only', accounts: [] } },
    });
  });

  it('of the permission asks in the click, and checks once it is given', async () => {
    world.model.actions.allowHosts(connection());
    expect(world.order.at(-1)).toBe('ask for https://api.example.com/*');
    world.answers.checkNow = () => ({ checked: 1, reconnect: 0, unverified: 0, left: [] });
    await expect.poll(() => world.texts()).toEqual(['1 connection checked']);
  });

  it('copies evidence as text', async () => {
    await world.store({
      checks: [
        {
          connectionId: 'c-1',
          at: 0,
          tookMs: 1,
          trigger: 'sweep',
          asked: 'GET api.example.com/me',
          status: 401,
          verdict: 'rejected',
          reason: 'revoked',
          words: 'Bad credentials',
          health: 'reconnect',
        },
      ],
    });
    await world.model.actions.copyEvidence(connection());
    expect(world.copied).toEqual([
      'Reports (Example)\nActive\nalice@example.com\nLast good: 2026-11-21T12:00:00.000Z\n\n' +
        '1970-01-01T00:00:00.000Z | GET api.example.com/me | HTTP 401 | Refused | access was revoked | Bad credentials',
    ]);
  });

  it('copies what the history says of a connection that broke again, and what to do', async () => {
    const ago = (days: number): number => NOW - days * 24 * 60 * 60 * 1000;
    const story = { createdAt: ago(9), updatedAt: ago(9), authorizedAt: ago(9), checkedAt: ago(9) };
    const broken = (days: number) => ({
      health: {
        kind: 'reconnect',
        reason: 'revoked',
        since: ago(days),
        verifiedAt: ago(4),
      } as const,
      checkedAt: ago(days),
    });
    const mended = { authorizedAt: ago(2), checkedAt: ago(2) };
    const last = connection({ ...story, ...mended, ...broken(1), id: 'c-2' });
    for (const one of [
      connection({ ...story, id: 'c-2' }),
      connection({ ...story, ...broken(3), id: 'c-2' }),
      connection({ ...story, ...mended, id: 'c-2' }),
      last,
    ])
      await world.store({ connections: [one] });
    await world.model.actions.copyEvidence(last);
    expect(world.copied[0]?.split('\n').slice(2)).toEqual([
      'alice@example.com',
      'Last good: 2026-11-17T12:00:00.000Z',
      expect.stringMatching(/^Reconnect to grant access again/),
      expect.stringMatching(/^It broke again within 1 day/),
      '',
    ]);
  });
});
