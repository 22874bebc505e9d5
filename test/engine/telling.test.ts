/** What a person hears, and when: by the real use cases over a real store. */
import { beforeEach, describe, expect, it } from 'vitest';
import { NO_COUNTS } from '../../lib/domain/connection.ts';
import type { BadgeFace } from '../../lib/domain/notice.ts';
import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import { answerNotification } from '../../lib/engine/answer-notification.ts';
import { editConnection } from '../../lib/engine/edit.ts';
import { noticeHandlers } from '../../lib/engine/hear.ts';
import { remind } from '../../lib/engine/remind.ts';
import { saveSettings } from '../../lib/engine/settings.ts';
import { start } from '../../lib/engine/start.ts';
import { drawBadge } from '../../lib/engine/tell.ts';
import { planWake } from '../../lib/engine/wake.ts';
import { readActivity } from '../../lib/store/activity.ts';
import { readSettings } from '../../lib/store/read.ts';
import { ALL_ACTIVITY } from '../../lib/domain/activity.ts';
import { json } from '../support/fake-ports.ts';
import { CLOUD } from './definitions.ts';
import { REFUSED_KEY, setStage, type Stage } from './stage.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

async function breakAll(): Promise<void> {
  stage.api = () => REFUSED_KEY;
  await stage.check();
}

async function mendAll(): Promise<void> {
  stage.api = () => json({ id: 'alice', label: 'alice' });
  await stage.check();
}

async function happened(): Promise<string[]> {
  const { lines } = await readActivity(stage.world.db, ALL_ACTIVITY, null, 100);
  return lines.map(({ happening }) => happening.kind).reverse();
}

const shown = () => [...stage.world.notifications.values()];

describe('quiet hours', () => {
  const evening = new Date(2026, 10, 21, 23).getTime();
  const morning = new Date(2026, 10, 22, 7).getTime();
  const quietHours = { isOn: true, from: 22 * 60, to: 7 * 60 };

  beforeEach(async () => {
    stage.world.now = evening;
    await saveSettings(stage.world.engine, { quietHours });
  });

  it('hold notifications and not the badge, and tell all of them once when they are over', async () => {
    await stage.byKey('one', { name: 'One' });
    stage.person = 'bob';
    await stage.byKey('two', { name: 'Two' });
    await breakAll();
    expect(shown()).toEqual([]);
    expect(stage.world.badge?.face).toEqual({ kind: 'reconnect', count: 2 });
    await stage.world.db.put('kept', { ...DEFAULT_SETTINGS, quietHours }, 'settings');
    const due = new Map((await stage.all()).map(({ id, nextCheckAt }) => [id, nextCheckAt]));
    expect([...due.values()].every((at) => at !== null)).toBe(true);
    for (const one of await stage.world.db.getAll('connections'))
      await stage.world.db.put('connections', { ...one, nextCheckAt: null });
    await planWake(stage.world.engine);
    expect(stage.world.wakesAt).toBe(morning);
    stage.world.now = morning;
    for (let restart = 0; restart < 5; restart++) await start(stage.world.restarted());
    expect(shown()).toEqual([['One', 'Two']]);
    expect((await happened()).filter((kind) => kind === 'notified')).toEqual(['notified']);
  });

  it('tell nothing of what was mended in the night, and withdraw what is mended in it', async () => {
    await stage.byKey();
    await breakAll();
    await mendAll();
    stage.world.now = morning;
    await remind(stage.world.engine);
    expect(shown()).toEqual([]);
    await breakAll();
    expect(shown()).toHaveLength(1);
    stage.world.now = evening + DAY;
    await mendAll();
    expect(shown()).toEqual([]);
  });

  it('change by what is named, and keep the rest', async () => {
    await saveSettings(stage.world.engine, { quietHours: { from: 21 * 60 } });
    await saveSettings(stage.world.engine, { quietHours: { to: 6 * 60 } });
    await saveSettings(stage.world.engine, { notifications: true });
    expect(await readSettings(stage.world.db)).toMatchObject({
      quietHours: { isOn: true, from: 21 * 60, to: 6 * 60 },
      notifications: true,
    });
  });

  it('that are turned off tell at once', async () => {
    await stage.byKey();
    await breakAll();
    await saveSettings(stage.world.engine, { quietHours: { ...quietHours, isOn: false } });
    expect(shown()).toHaveLength(1);
  });
});

it('of two drawings of the badge at once the newer is the last', async () => {
  await stage.byKey();
  const drawn: string[] = [];
  const more: Promise<void>[] = [];
  const slow = {
    ...stage.world.engine,
    async drawBadge({ kind }: BadgeFace) {
      if (more.length === 0) {
        const totals = { byEnvironment: { production: { ...NO_COUNTS, reconnect: 1 } } };
        await stage.world.db.put('kept', totals, 'totals');
        more.push(drawBadge(slow));
        // Time enough for that one to have drawn.
        for (let turns = 0; turns < 100; turns++) await new Promise(setImmediate);
      }
      drawn.push(kind);
    },
  };
  await drawBadge(slow);
  await Promise.all(more);
  expect(drawn).toEqual(['none', 'reconnect']);
});

describe('mute and snooze', () => {
  it('a muted connection is counted and not told; one that was told is withdrawn', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    await breakAll();
    expect(shown()).toHaveLength(1);
    const { muteConnections } = noticeHandlers(stage.world.engine);
    await muteConnections({ ids: [id], isMuted: true });
    expect(shown()).toEqual([]);
    expect(stage.world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
    await mendAll();
    await breakAll();
    expect(shown()).toEqual([]);
    await muteConnections({ ids: [id], isMuted: false });
    expect(shown()).toEqual([]);
    expect((await stage.only()).isMuted).toBeUndefined();
  });

  it('a snoozed one is neither, until the moment comes, however often the worker dies', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    await breakAll();
    const until = stage.world.now + HOUR;
    const { snoozeConnections } = noticeHandlers(stage.world.engine);
    await snoozeConnections({ ids: [id], until });
    expect(shown()).toEqual([]);
    expect(stage.world.badge).toMatchObject({ face: { kind: 'none' }, counts: { reconnect: 1 } });
    stage.world.now = until - 1;
    await start(stage.world.restarted());
    expect(shown()).toEqual([]);
    stage.world.now = until;
    for (let restart = 0; restart < 30; restart++) await start(stage.world.restarted());
    expect(shown()).toHaveLength(1);
    expect(stage.world.badge?.face).toEqual({ kind: 'reconnect', count: 1 });
    expect((await happened()).slice(-4)).toEqual([
      'notified',
      'snoozed',
      'snooze-ended',
      'notified',
    ]);
  });

  it('wakes the background for the end of a snooze', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    const until = stage.world.now + 60_000;
    await noticeHandlers(stage.world.engine).snoozeConnections({ ids: [id], until });
    expect(stage.world.wakesAt).toBe(until);
  });

  it('a snooze ends by itself when it is mended', async () => {
    await stage.byKey();
    const { id } = await stage.only();
    await breakAll();
    const until = stage.world.now + DAY;
    await noticeHandlers(stage.world.engine).snoozeConnections({ ids: [id], until });
    await mendAll();
    expect(await stage.only()).not.toHaveProperty('snoozedUntil');
    await breakAll();
    expect(shown()).toHaveLength(1);
  });

  it.each([-1, 400 * DAY])('refuses a moment %i ms away', async (distance) => {
    await stage.byKey();
    const { id } = await stage.only();
    const until = stage.world.now + distance;
    const asking = noticeHandlers(stage.world.engine).snoozeConnections({ ids: [id], until });
    await expect(asking).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('the button of a notification snoozes until the next morning', async () => {
    await stage.byKey();
    await breakAll();
    const [id = ''] = stage.world.notifications.keys();
    const opened: string[] = [];
    const open = async (hash: string) => void opened.push(hash);
    await answerNotification(stage.world.engine, id, open, 'snooze');
    const { snoozedUntil = 0 } = await stage.only();
    expect(new Date(snoozedUntil).getHours()).toBe(9);
    expect(stage.world.badge?.face).toEqual({ kind: 'none' });
    expect(opened).toEqual([]);
  });
});

describe('an end that is known', () => {
  async function withEnd(days: number): Promise<void> {
    await stage.byKey();
    const { id, revision } = await stage.only();
    const statedEndAt = stage.world.now + days * DAY;
    await editConnection(stage.world.engine, { id, revision, statedEndAt });
  }

  it('is told 14, 7 and 1 days before, once each, over 30 restarts of the worker each', async () => {
    await withEnd(20);
    const begun = stage.world.now;
    const told: number[] = [];
    for (const left of [20, 14, 13, 7, 6, 1]) {
      stage.world.now = begun + (20 - left) * DAY;
      await stage.check();
      for (let restart = 0; restart < 30; restart++) await start(stage.world.restarted());
      if (stage.world.notifications.size > 0) told.push(left);
      stage.world.notifications.clear();
    }
    expect(told).toEqual([14, 7, 1]);
    expect((await happened()).filter((kind) => kind === 'notified')).toHaveLength(3);
  });

  it('is not told where the person does not want to, and withdrawn with a new key', async () => {
    await saveSettings(stage.world.engine, { endNotices: false });
    await withEnd(3);
    await remind(stage.world.engine);
    expect(shown()).toEqual([]);
    await saveSettings(stage.world.engine, { endNotices: true });
    await remind(stage.world.engine);
    expect([...stage.world.notifications.keys()]).toEqual([
      `ends:connection:${(await stage.only()).id}`,
    ]);
    const { id, revision } = await stage.only();
    await editConnection(stage.world.engine, { id, revision, statedEndAt: null });
    await remind(stage.world.engine);
    expect(shown()).toEqual([]);
  });
});

it.each([
  [null, 'expiring'],
  ['while the app is in testing', 'active'],
])(
  'a rule of its provider (%s) makes it end soon only where it holds for all',
  async (when, kind) => {
    const [oauth] = CLOUD.methods;
    const lapse = {
      afterS: (30 * DAY) / 1000,
      since: 'grant',
      source: 'https://test.example/rule',
    };
    const lapses = [{ ...lapse, ...(when !== null && { when }) }];
    const ruled = { ...CLOUD, id: 'ruled', methods: [{ ...oauth, lapses }] };
    await stage.world.engine.providers.keep(JSON.stringify(ruled));
    await stage.bySignIn({ providerId: 'ruled' });
    const end = stage.world.now + 30 * DAY;
    await stage.check();
    expect((await stage.only()).health.kind).toBe('active');
    stage.world.now = end - 5 * DAY;
    await stage.check();
    expect((await stage.only()).health.kind).toBe(kind);
  },
);

it('a connection that comes back by itself withdraws its notification and is noted once', async () => {
  await stage.byKey();
  await breakAll();
  await mendAll();
  expect(shown()).toEqual([]);
  expect(await happened()).toEqual(['connected', 'broke', 'notified', 'mended']);
  const [line] = (await readActivity(stage.world.db, ALL_ACTIVITY, null, 1)).lines;
  expect(line?.happening).toEqual({ kind: 'mended', how: 'by-itself' });
});
