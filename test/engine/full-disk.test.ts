import { afterEach, expect, it, vi } from 'vitest';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { setStage } from './stage.ts';

const HOUR = 60 * 60_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The browser ends every transaction that writes one of these. */
function fillDisk(stores: readonly string[]): void {
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<IDBObjectStore['put']>
  ) {
    const request = put.apply(this, args);
    const { name, transaction } = this;
    queueMicrotask(() => {
      if (!stores.includes(name) || transaction.error !== null) return;
      transaction.abort();
      const error = new DOMException('No room', 'QuotaExceededError');
      Object.defineProperty(transaction, 'error', { value: error });
    });
    return request;
  });
}

it('a full disk is said on the badge, asks providers seldom, and is over once there is room', async () => {
  const stage = await setStage();
  await stage.byKey();
  const { world } = stage;
  world.now += HOUR;
  fillDisk(['checks', 'connections']);
  const sweeper = openSweeper(world.engine);
  await expect(sweeper.sweep()).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(world.badge?.face).toEqual({ kind: 'full' });
  expect(world.wakesAt).toBe(world.now + 5 * 60_000);
  expect((await stage.only()).health.kind).toBe('active');
  vi.restoreAllMocks();
  await sweeper.sweep();
  expect(world.badge?.face).toEqual({ kind: 'none' });
  expect((await stage.only()).checkedAt).toBe(world.now);
});

it('a token is not spent while the intent to renew it cannot be written', async () => {
  const stage = await setStage();
  await stage.bySignIn();
  const { world } = stage;
  world.now += HOUR;
  const asked = stage.sentTo('/token').length;
  fillDisk(['connections']);
  await openSweeper(world.engine)
    .sweep()
    .catch(() => undefined);
  expect(stage.sentTo('/token')).toHaveLength(asked);
  vi.restoreAllMocks();
  await openSweeper(world.engine).sweep();
  expect((await stage.only()).health.kind).toBe('active');
});
