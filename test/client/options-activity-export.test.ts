import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import {
  createActivityExport,
  type ActivityExport,
} from '../../lib/client/options-activity-export.ts';
import { ALL_ACTIVITY, type Activity } from '../../lib/domain/activity.ts';
import { readCsv } from '../support/read-csv.ts';
import { NOW } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const saved: string[][] = [];

async function open(lines: number): Promise<{ world: World; made: ActivityExport }> {
  const world = openWorld('#/activity');
  const db = await world.database();
  const tx = db.transaction('activity', 'readwrite');
  const line = (at: number): Activity => ({
    at: NOW + at,
    happening: { kind: at % 2 === 0 ? 'paused' : 'resumed' },
    connectionIds: ['c-1'],
    count: 1,
    name: at === 3 ? '=1+1' : `Orders ${at}`,
    providerId: 'p',
    providerName: 'Shop',
    environmentId: 'staging',
  });
  await Promise.all([...Array.from({ length: lines }, (_, at) => tx.store.add(line(at))), tx.done]);
  await world.model.load();
  saved.length = 0;
  const { messages, records } = world.model;
  const filter = signal({ ...ALL_ACTIVITY, text: '' });
  const shared = { messages, records, now: () => NOW };
  return { world, made: createActivityExport(shared, filter, (...file) => saved.push(file)) };
}

describe('exporting the activity', () => {
  it('offers all of it and not only what is shown, the newest first, and says how much', async () => {
    const { world, made } = await open(350);
    await made.exportCsv();
    const [[name, type, text = ''] = []] = saved;
    expect([name, type]).toEqual(['patchbay-activity-2026-11-21.csv', 'text/csv;charset=utf-8']);
    const rows = readCsv(text);
    expect(rows.length).toBe(351);
    expect(rows.slice(0, 2)).toEqual([
      [
        'Time (UTC)',
        'Name',
        'Number of connections',
        'What happened',
        'How or why',
        'Data source',
        'Environment',
        'ID',
      ],
      [
        new Date(NOW + 349).toISOString(),
        'Orders 349',
        '1',
        'Sync resumed',
        '',
        'Shop',
        'Staging',
        'c-1',
      ],
    ]);
    expect(rows.flat()).toContain("'=1+1");
    expect(world.texts()).toEqual(['350 lines of the activity were exported.']);
    expect(made.isBusy.value).toBe(false);
  });

  it('keeps to the filters', async () => {
    const { world } = await open(20);
    const { messages, records } = world.model;
    const filter = signal({ ...ALL_ACTIVITY, text: 'orders 7' });
    const shared = { messages, records, now: () => NOW };
    await createActivityExport(shared, filter, (...file) => saved.push(file)).exportCsv();
    expect(readCsv(saved[0]?.[2] ?? '').map(([, who]) => who)).toEqual(['Name', 'Orders 7']);
    expect(world.texts()).toEqual(['1 line of the activity was exported.']);
  });

  it('saves nothing where the activity cannot be read, says so, and can be tried again', async () => {
    const { world } = await open(1);
    const { messages, records } = world.model;
    const shared = {
      messages,
      records: { ...records, database: () => Promise.reject(new Error('no database')) },
      now: () => NOW,
    };
    const made = createActivityExport(shared, signal(ALL_ACTIVITY), (...file) => saved.push(file));
    await made.exportCsv();
    expect(saved).toEqual([]);
    expect([world.texts().length, made.isBusy.value]).toEqual([1, false]);
  });
});
