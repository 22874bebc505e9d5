import { beforeEach, describe, expect, it } from 'vitest';
import { VIEWS_MAX } from '../../lib/domain/saved-view.ts';
import {
  removeSavedView,
  renameSavedView,
  saveView,
  updateSavedView,
} from '../../lib/engine/views.ts';
import { readViews } from '../../lib/store/read.ts';
import { fakeWorld, type FakeWorld } from '../support/fake-ports.ts';

let world: FakeWorld;

async function names(): Promise<string[]> {
  return (await readViews(world.db)).map(({ name }) => name);
}

beforeEach(async () => {
  world = await fakeWorld();
});

describe('saved views', () => {
  it('are kept by name, renamed, and removed; each change is announced', async () => {
    const { id } = await saveView(world.engine, { name: 'Zoo', search: 'q=zoo' });
    await saveView(world.engine, { name: 'Broken', search: 'status=reconnect' });
    expect(await names()).toEqual(['Broken', 'Zoo']);
    await renameSavedView(world.engine, { id, name: 'Animals', seenName: 'Zoo' });
    expect(await readViews(world.db)).toMatchObject([
      { name: 'Animals', search: 'q=zoo' },
      { name: 'Broken' },
    ]);
    await removeSavedView(world.engine, { id });
    await removeSavedView(world.engine, { id });
    expect(await names()).toEqual(['Broken']);
    expect(world.changes.filter(({ kinds }) => kinds.includes('views')).length).toBe(5);
  });

  it('have names of their own, whatever the case', async () => {
    await saveView(world.engine, { name: 'Café', search: '' });
    const { id } = await saveView(world.engine, { name: 'Bar', search: '' });
    const taken = { code: 'view-name-taken' };
    await expect(saveView(world.engine, { name: 'cafe', search: '' })).rejects.toMatchObject(taken);
    await expect(
      renameSavedView(world.engine, { id, name: 'CAFÉ', seenName: 'Bar' }),
    ).rejects.toMatchObject(taken);
    expect(await names()).toEqual(['Bar', 'Café']);
  });

  it('are not renamed over a name that nobody has seen', async () => {
    const { id } = await saveView(world.engine, { name: 'Zoo', search: '' });
    await renameSavedView(world.engine, { id, name: 'Animals', seenName: 'Zoo' });
    await expect(
      renameSavedView(world.engine, { id, name: 'Pets', seenName: 'Zoo' }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await names()).toEqual(['Animals']);
  });

  it('can be let show something else, each by itself', async () => {
    const { id } = await saveView(world.engine, { name: 'Zoo', search: 'q=zoo' });
    await saveView(world.engine, { name: 'Other', search: 'q=other' });
    // The second time as where the first answer was lost.
    for (let time = 0; time < 2; time += 1)
      await updateSavedView(world.engine, { id, search: 'q=animals', seenSearch: 'q=zoo' });
    expect(await readViews(world.db)).toMatchObject([
      { name: 'Other', search: 'q=other' },
      { id, name: 'Zoo', search: 'q=animals' },
    ]);
  });

  it('are not changed over what another page lets them show since', async () => {
    const { id } = await saveView(world.engine, { name: 'Zoo', search: 'q=zoo' });
    await updateSavedView(world.engine, { id, search: 'q=theirs', seenSearch: 'q=zoo' });
    await expect(
      updateSavedView(world.engine, { id, search: 'q=mine', seenSearch: 'q=zoo' }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await readViews(world.db)).toMatchObject([{ search: 'q=theirs' }]);
  });

  it('come to an end, and a view that is gone cannot be renamed', async () => {
    const all = Array.from({ length: VIEWS_MAX }, (_, at) =>
      saveView(world.engine, { name: `View ${at}`, search: '' }),
    );
    await Promise.all(all);
    expect((await names()).length).toBe(VIEWS_MAX);
    await expect(saveView(world.engine, { name: 'More', search: '' })).rejects.toMatchObject({
      code: 'views-full',
    });
    const gone = { code: 'not-found' };
    await expect(
      renameSavedView(world.engine, { id: 'gone', name: 'X', seenName: 'Y' }),
    ).rejects.toMatchObject(gone);
    await expect(
      updateSavedView(world.engine, { id: 'gone', search: '', seenSearch: '' }),
    ).rejects.toMatchObject(gone);
  });
});
