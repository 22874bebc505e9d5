import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { openWorld, type World } from './options-world.ts';

const RESTING: SavedView = { id: 'v-1', name: 'Resting', search: 'sync=paused' };

let world: World;

beforeEach(async () => {
  world = openWorld('#/connections?status=reconnect');
  await keep(RESTING);
  await world.model.load();
});

async function keep(...views: SavedView[]): Promise<void> {
  await (await world.database()).put('kept', views, 'views');
}

/** What was said, and what was asked to take it back. */
async function undone(): Promise<unknown[]> {
  const { act, lastUndo } = world.model.messages;
  const message = lastUndo.value;
  if (message === null) throw new Error('nothing can be undone');
  act(message);
  await expect.poll(() => world.texts().length).toBe(1);
  return [message.text, world.texts()[0], world.calls.at(-1)];
}

describe('a saved view', () => {
  it('that is new is said', async () => {
    const { views } = world.model;
    views.name.value = ' Broken ';
    await views.save();
    expect(world.calls.at(-1)?.input).toEqual({ name: 'Broken', search: 'status=reconnect' });
    expect([world.texts(), views.name.value]).toEqual([['The view Broken was saved.'], '']);
  });

  it('shows what is shown now where its name is typed again, which can be undone', async () => {
    const { views } = world.model;
    views.name.value = 'resting';
    expect(views.named.value).toEqual(RESTING);
    await views.save();
    const search = 'status=reconnect';
    const input = { id: 'v-1', search, seenSearch: 'sync=paused' };
    expect(world.calls.at(-1)).toEqual({ procedure: 'updateView', input });
    expect(await undone()).toEqual([
      'The view Resting shows what is shown now.',
      'The view Resting is as it was before.',
      {
        procedure: 'updateView',
        input: { id: 'v-1', search: 'sync=paused', seenSearch: search },
      },
    ]);
  });

  it('that is deleted can be had back', async () => {
    await world.model.views.remove(RESTING);
    expect(world.calls.at(-1)).toEqual({ procedure: 'removeView', input: { id: 'v-1' } });
    expect(await undone()).toEqual([
      'The view Resting was deleted.',
      'The view Resting is back.',
      { procedure: 'saveView', input: { name: 'Resting', search: 'sync=paused' } },
    ]);
  });

  it('that is renamed can be called as before', async () => {
    await expect(world.model.views.rename(RESTING, ' At rest ')).resolves.toBe(true);
    expect(world.calls.at(-1)?.input).toEqual({ id: 'v-1', name: 'At rest', seenName: 'Resting' });
    expect(await undone()).toEqual([
      'Renamed to At rest.',
      'Renamed to Resting.',
      { procedure: 'renameView', input: { id: 'v-1', name: 'Resting', seenName: 'At rest' } },
    ]);
  });

  it('that another page renamed is shown by its new name before that is said', async () => {
    world.answers.renameView = () => {
      throw new PatchbayError('changed-meanwhile');
    };
    await keep({ ...RESTING, name: 'Theirs' });
    const { views } = world.model;
    await expect(views.rename(RESTING, 'Mine')).resolves.toBe(false);
    expect([views.problem.value, views.views.value[0]?.name, world.texts()]).toEqual([
      'changed-meanwhile',
      'Theirs',
      [],
    ]);
  });
});
