import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

beforeEach(async () => {
  world = openWorld();
  world.answers.saveSettings = async ({ columns = DEFAULT_SETTINGS.columns }) => {
    const db = await world.database();
    await db.put('kept', { ...DEFAULT_SETTINGS, columns }, 'settings');
    return {};
  };
  await world.model.load();
});

/** What was kept, in order. */
function kept(): unknown[] {
  return world.calls.filter((one) => one.procedure === 'saveSettings').map(({ input }) => input);
}

describe('the columns', () => {
  it('are shown as chosen at once, and kept', async () => {
    const { columns } = world.model;
    columns.toggle('tags');
    expect(columns.shown.value).not.toContain('tags');
    await expect.poll(() => world.model.records.settings.value.columns.hidden).toEqual(['tags']);
    expect(columns.choice.value.hidden).toEqual(['tags']);
    columns.reset();
    expect(columns.shown.value).toContain('tags');
  });

  it('keep no width while a border is dragged, and the last one then', async () => {
    const { columns } = world.model;
    for (const width of [120, 130, 140]) columns.drag('name', width);
    expect([columns.choice.value.widths, kept()]).toEqual([{ name: 140 }, []]);
    columns.resize('name', 141);
    await expect
      .poll(kept)
      .toEqual([{ columns: { hidden: [], fits: false, widths: { name: 141 } } }]);
  });

  it('are as before where a dragging is broken off', () => {
    const { columns } = world.model;
    columns.drag('name', 300);
    columns.drop();
    expect([columns.choice.value, kept()]).toEqual([DEFAULT_SETTINGS.columns, []]);
  });

  it('are as they are stored where the change cannot be kept, and say so', async () => {
    world.answers.saveSettings = () => {
      throw new Error('no');
    };
    world.model.columns.setFits(true);
    await expect.poll(() => world.texts().length).toBe(1);
    await expect.poll(() => world.model.columns.choice.value.fits).toBe(false);
  });

  it('keep what was done last when two changes are on their way', async () => {
    const { columns } = world.model;
    columns.toggle('tags');
    columns.toggle('sync');
    await expect.poll(() => kept().length).toBe(2);
    await expect
      .poll(() => world.model.records.settings.value.columns.hidden)
      .toEqual(['tags', 'sync']);
    expect(columns.choice.value.hidden).toEqual(['tags', 'sync']);
  });
});
