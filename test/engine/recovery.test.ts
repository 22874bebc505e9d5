import { describe, expect, it } from 'vitest';
import { HEALTH_ORDER } from '../../lib/domain/health.ts';
import { editConnection } from '../../lib/engine/edit.ts';
import { remind } from '../../lib/engine/remind.ts';
import { tell } from '../../lib/engine/tell.ts';
import { planWake } from '../../lib/engine/wake.ts';
import { saveSettings } from '../../lib/engine/settings.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { recoveryHandlers, setAsideUnreadable } from '../../lib/engine/recovery.ts';
import { commit, toStored } from '../../lib/store/commit.ts';
import { readConnection, readConnections } from '../../lib/store/connections.ts';
import { readFirstScreen } from '../../lib/store/first-screen.ts';
import { readQuarantine } from '../../lib/store/quarantine.ts';
import { readEnvironments, readTotals } from '../../lib/store/read.ts';
import { secretId } from '../../lib/store/vault.ts';
import { aConnection } from '../support/a-connection.ts';
import { setStage, type Stage } from './stage.ts';

const GARBAGE: readonly [string, object][] = [
  ['without anything', { id: 'bad' }],
  ['with a health of a later version', { ...bare(), health: { kind: 'dormant', since: 1 } }],
  ['with text for an end', { ...bare(), health: { kind: 'expiring', expiresAt: 'soon' } }],
  ['without a provider', { ...bare(), provider: null }],
  ['with tags that are none', { ...bare(), tags: 'red' }],
  ['that is due and cannot be listed', { id: 'bad', nextCheckAt: 1, health: null }],
];

function bare(): object {
  return { ...toStored(aConnection({ id: 'bad', name: 'Bad', nextCheckAt: 1 })) };
}

async function plant(stage: Stage, record: object): Promise<void> {
  await stage.world.db.put('connections', record as never);
}

async function withOneGood(): Promise<Stage> {
  const stage = await setStage();
  await stage.byKey();
  return stage;
}

describe.each(GARBAGE)('a connection %s', (_, record) => {
  it('is shown to nobody, and the others are', async () => {
    const stage = await withOneGood();
    await plant(stage, record);
    const { db } = stage.world;
    expect(await readConnections(db, null)).toHaveLength(1);
    expect((await readFirstScreen(db, 40)).connections).toHaveLength(1);
    expect(await readConnection(db, 'bad')).toBeUndefined();
  });

  it('is set aside as it is at the next start or check, and the others are checked', async () => {
    const stage = await withOneGood();
    await plant(stage, record);
    const { world } = stage;
    world.now += 60 * 60_000;
    const again = world.restarted();
    await start(again);
    await openSweeper(again).sweep();
    expect((await readConnections(world.db, null))[0]?.checkedAt).toBe(world.now);
    expect(await world.db.getAllKeys('connections')).toHaveLength(1);
    expect(await readQuarantine(world.db)).toEqual([
      expect.objectContaining({ id: 'connections:bad', record }),
    ]);
    // Nothing that is due for ever is left behind.
    expect(world.wakesAt).toBeGreaterThan(world.now + 60_000);
    expect(Object.values((await readTotals(world.db)).byEnvironment)).toEqual([
      expect.objectContaining({ active: 1, reconnect: 0 }),
    ]);
  });
});

describe.each(GARBAGE)('while the worker runs, a connection %s', (_, record) => {
  /** One that was fine at the start of the worker, and is damaged now. */
  async function damagedMeanwhile(more: object = {}): Promise<Stage> {
    const stage = await withOneGood();
    await start(stage.world.engine);
    await plant(stage, { ...record, ...more });
    stage.world.now += 60 * 60_000;
    return stage;
  }

  it('stops no sweep: the others are checked, and it is set aside', async () => {
    const stage = await damagedMeanwhile({ nextCheckAt: 1 });
    const { world } = stage;
    await openSweeper(world.engine).sweep();
    expect((await readConnections(world.db, null))[0]?.checkedAt).toBe(world.now);
    expect((await readQuarantine(world.db)).map(({ id }) => id)).toEqual(['connections:bad']);
    expect(world.wakesAt).toBeGreaterThan(world.now + 60_000);
  });

  it('stops no check that a person asked for', async () => {
    const stage = await damagedMeanwhile();
    const { id } = (await readConnections(stage.world.db, null))[0] ?? { id: '' };
    const found = await openSweeper(stage.world.engine).check(['bad', id]);
    expect(found).toEqual({ checked: 1, reconnect: 0, unverified: 0, left: ['bad'] });
  });

  const broken = (more: object = {}) =>
    aConnection({
      id: 'broken',
      health: { kind: 'reconnect', since: 1, verifiedAt: 1, reason: 'revoked' },
      ...more,
    });

  it('stops the end of no snooze, and does not keep the worker awake by its own', async () => {
    const { world } = await damagedMeanwhile({ snoozedUntil: 1 });
    const snoozed = broken({ snoozedUntil: 1 });
    await commit(world.db, { connections: new Map([['broken', () => snoozed]]) });
    await remind(world.engine);
    expect((await readConnection(world.db, 'broken'))?.snoozedUntil).toBeUndefined();
    expect((await readQuarantine(world.db)).map(({ id }) => id)).toEqual(['connections:bad']);
  });

  it('keeps nothing from being told of the others', async () => {
    const { world } = await damagedMeanwhile();
    await commit(world.db, { connections: new Map([['broken', () => broken()]]) });
    await world.db.put('kept', ['bad', 'broken'], 'untold');
    await tell(world.engine);
    expect([...world.notifications.values()]).toEqual([[broken().name]]);
    expect(await world.db.get('kept', 'untold')).toEqual([]);
  });

  it('does not keep the alarm from being set', async () => {
    const stage = await damagedMeanwhile();
    const { world } = stage;
    const others = await world.db.getAll('connections');
    const later = world.now + 60 * 60_000;
    for (const one of others.filter(({ id }) => id !== 'bad'))
      await world.db.put('connections', { ...one, nextCheckAt: later });
    await plant(stage, { ...record, nextCheckAt: world.now + 60_000 });
    await planWake(world.engine);
    expect(world.wakesAt).toBeGreaterThan(world.now);
    expect(world.wakesAt).toBeLessThan(later);
  });

  it('stops no notice of the end of another', async () => {
    const ending = HEALTH_ORDER.indexOf('expiring');
    const stage = await damagedMeanwhile({ urgency: ending, sortName: 'bad' });
    const { world } = stage;
    const { id, revision } = (await readConnections(world.db, null))[0] ?? { id: '', revision: 0 };
    await editConnection(world.engine, { id, revision, statedEndAt: world.now + 3 * 86_400_000 });
    await openSweeper(world.engine).check([id]);
    await remind(world.engine);
    expect([...world.notifications.keys()]).toEqual([`ends:connection:${id}`]);
  });
});

describe('a start that fails half way', () => {
  it('sets the alarm all the same: something has to try again', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    const engine = world.restarted();
    const settle = async (): Promise<never> => {
      throw new DOMException('gone', 'InvalidStateError');
    };
    world.wakesAt = null;
    await expect(start({ ...engine, vault: { ...engine.vault, settle } })).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
    expect(world.wakesAt).toBeGreaterThan(world.now);
  });
});

describe('what was set aside', () => {
  it('comes back by itself once it can be read', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    const good = toStored(aConnection({ id: 'bad', name: 'Back' }));
    const entry = { id: 'connections:bad', store: 'connections', key: 'bad', foundAt: 1 } as const;
    await world.db.put('quarantine', { ...entry, record: good });
    await start(world.restarted());
    expect((await readConnection(world.db, 'bad'))?.name).toBe('Back');
    expect(await readQuarantine(world.db)).toEqual([]);
    expect(Object.values((await readTotals(world.db)).byEnvironment)[0]?.active).toBe(2);
  });

  it('does not take the place of another', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    const { id, name } = await stage.only();
    const entry = { id: `connections:${id}`, store: 'connections', key: id, foundAt: 1 } as const;
    const record = toStored(aConnection({ id, name: 'Other' }));
    await world.db.put('quarantine', { ...entry, record });
    await start(world.restarted());
    expect((await stage.only()).name).toBe(name);
    expect(await readQuarantine(world.db)).toHaveLength(1);
  });

  it('is destroyed by the person alone, with its secret and evidence', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    const { id } = await stage.only();
    await plant(stage, { id });
    await setAsideUnreadable(world.engine);
    expect(await world.db.getKey('secrets', secretId('credential', id))).toBeDefined();
    await recoveryHandlers(world.engine).destroySetAside({ ids: [`connections:${id}`] });
    expect(await readQuarantine(world.db)).toEqual([]);
    expect(await world.db.getKey('secrets', secretId('credential', id))).toBeUndefined();
    expect(await world.db.getAllKeys('checks')).toEqual([]);
  });

  it('is kept when something else is written in its place', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    await plant(stage, { id: 'bad', name: 7 });
    const other = aConnection({ id: 'bad', name: 'Imported' });
    await commit(world.db, { connections: new Map([['bad', (stored) => stored ?? other]]) });
    expect((await readConnection(world.db, 'bad'))?.name).toBe('Imported');
    expect((await readQuarantine(world.db))[0]?.record).toEqual({ id: 'bad', name: 7 });
  });
});

describe('small records', () => {
  it.each([
    ['environments', 'none'],
    ['settings', 17],
    ['settings', { columns: { hidden: 'all' } }],
    ['totals', []],
    ['tags', [{ colour: 'red' }]],
    ['untold', {}],
  ] as const)('%s that cannot be read are passed over, and kept', async (name, value) => {
    const stage = await withOneGood();
    const { world } = stage;
    await world.db.put('kept', value as never, name);
    expect(await readEnvironments(world.db)).toHaveLength(3);
    expect((await readFirstScreen(world.db, 40)).connections).toHaveLength(1);
    await start(world.restarted());
    await saveSettings(world.engine, { notifications: false });
    expect(await readQuarantine(world.db)).toEqual([
      expect.objectContaining({ id: `kept:${name}`, record: value }),
    ]);
    expect(Object.values((await readTotals(world.db)).byEnvironment)[0]?.active).toBe(1);
  });

  it('an attempt that cannot be read does not stop the start', async () => {
    const stage = await withOneGood();
    await stage.world.db.put('authorizations', { id: 'odd' } as never);
    await start(stage.world.restarted());
    expect(await readQuarantine(stage.world.db)).toHaveLength(1);
  });
});

describe('a database that is gone', () => {
  it('is told from a first run by what stands beside it, until the person starts anew', async () => {
    const stage = await setStage();
    const { world } = stage;
    await start(world.engine);
    expect(world.badge?.face).toEqual({ kind: 'none' });
    world.marker = { count: 12, at: 1 };
    await start(world.restarted());
    expect(world.badge?.face).toEqual({ kind: 'lost' });
    expect(world.marker.count).toBe(12);
    await recoveryHandlers(world.engine).startAnew({});
    expect(world.badge?.face).toEqual({ kind: 'none' });
    expect(world.marker.count).toBe(0);
  });

  it('is something else than deleting the last connection', async () => {
    const stage = await withOneGood();
    const { world } = stage;
    await start(world.engine);
    expect(world.marker.count).toBe(1);
    await stage.deleteForGood([(await stage.only()).id]);
    await start(world.restarted());
    expect(world.badge?.face).toEqual({ kind: 'none' });
    expect(world.marker.count).toBe(0);
  });
});
