/** The passphrase of the vault: setting, changing, unlocking, and doing without what it held. */
import type { Connection } from '../domain/connection.ts';
import { PatchbayError } from '../domain/errors.ts';
import { moveHealth } from '../domain/health.ts';
import type { Handlers } from '../rpc/procedures.ts';
import type { vaultProcedures } from '../rpc/vault-procedures.ts';
import { ALL_STORES, commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import { readKept } from '../store/read.ts';
import { announceEverything } from './announce-everything.ts';
import type { Engine } from './engine.ts';
import { reconcileAttempts } from './start.ts';
import type { Sweeper } from './sweep.ts';
import { drawBadge, tell } from './tell.ts';
import { planWake } from './wake.ts';

export function vaultHandlers(
  engine: Engine,
  sweeper: Sweeper,
): Pick<Handlers, keyof typeof vaultProcedures> {
  const { vault } = engine;
  return {
    async protectVault({ current, passphrase }) {
      await vault.prove(current ?? '');
      await exclusively(engine, sweeper, () => vault.protect(passphrase, engine.now()));
      return {};
    },
    async unprotectVault({ current }) {
      await vault.prove(current);
      await exclusively(engine, sweeper, () => vault.unprotect());
      return {};
    },
    async unlockVault({ passphrase }) {
      await vault.unlock(passphrase, engine.now());
      await afterUnlocking(engine, sweeper);
      return {};
    },
    async lockVault() {
      await lockVault(engine, sweeper);
      return {};
    },
    async setAutoLock({ minutes }) {
      await commit(await engine.database(), {
        also: (tx) =>
          editKept(tx, 'vault', (kept) =>
            kept?.kind === 'passphrase' ? { ...kept, autoLockMinutes: minutes } : kept,
          ),
      });
      await vault.touch(engine.now());
      await afterwards(engine);
      return {};
    },
    async forgetSecrets() {
      await alone(engine, sweeper, () => forgetSecrets(engine));
      return {};
    },
    async deleteEverything() {
      await alone(engine, sweeper, () => deleteEverything(engine));
      return {};
    },
  };
}

/** Goes on with what the lock held up. */
export async function afterUnlocking(engine: Engine, sweeper: Sweeper): Promise<void> {
  await afterwards(engine);
  await reconcileAttempts(engine);
  // What became due meanwhile; were this to fail, the alarm asks.
  void sweeper.sweep().catch(() => undefined);
}

/** Locks at once; what is under way may end, and keep what it got. */
export async function lockVault(engine: Engine, sweeper: Sweeper): Promise<void> {
  await engine.vault.lock();
  sweeper.stop();
  await afterwards(engine);
  const forget = async (): Promise<void> => {
    // A sign-in that is under way keeps what it gets; the key goes with this worker then.
    if (engine.attempts.size === 0) engine.vault.forget();
  };
  void sweeper.alone(forget).catch(() => undefined);
}

/** Locks when the person has not been here for as long as they said. */
export async function lockIfLeft(engine: Engine, sweeper: Sweeper): Promise<void> {
  const at = await engine.vault.locksAt();
  if (at !== null && at <= engine.now()) await lockVault(engine, sweeper);
}

/** While nobody holds a secret that was sealed under the key of before. */
export async function exclusively(
  engine: Engine,
  sweeper: Sweeper,
  run: () => Promise<void>,
): Promise<void> {
  if (await engine.vault.isLocked()) throw new PatchbayError('vault-locked');
  await alone(engine, sweeper, run);
}

async function alone(engine: Engine, sweeper: Sweeper, run: () => Promise<void>): Promise<void> {
  sweeper.stop();
  await sweeper.alone(async () => {
    if (engine.attempts.size > 0) throw new PatchbayError('vault-busy');
    await run();
  });
  await afterwards(engine);
}

async function afterwards(engine: Engine): Promise<void> {
  await Promise.all([drawBadge(engine), planWake(engine)]);
  announceEverything(engine);
}

/**
 * Every secret goes, and the key with them; what there is to mend is said of each connection. Changes
 * that a passphrase locked are unlocked: there is nothing left that whoever only looks could use.
 */
async function forgetSecrets(engine: Engine): Promise<void> {
  const now = engine.now();
  const bereft = (stored: Connection): Connection => ({
    ...stored,
    health: moveHealth(stored.health, { kind: 'rejected', reason: 'interrupted' }, now),
    nextCheckAt: null,
    refreshStartedAt: null,
  });
  await commit(await engine.database(), {
    connections: async (tx) =>
      new Map(
        (await tx.objectStore('connections').getAllKeys()).map((id) => [
          id,
          (stored) => stored && bereft(stored),
        ]),
      ),
    also: async (tx) => {
      await tx.objectStore('secrets').clear();
      await tx.objectStore('clients').clear();
      await tx.objectStore('authorizations').clear();
      await editKept(tx, 'vault', () => undefined);
      // What would prove its passphrase has gone with the others.
      await editKept(tx, 'viewOnly', () => undefined);
    },
  });
  await engine.vault.destroyKeys();
  await tell(engine);
}

/** Leaves what a first run finds. In one transaction: half of it would be neither. */
async function deleteEverything(engine: Engine): Promise<void> {
  const db = await engine.database();
  const records = await Promise.all([
    readKept(db, 'notifications'),
    readKept(db, 'endNotifications'),
  ]);
  const shown = records.flatMap((one) => Object.keys(one ?? {}));
  // First: were the worker to die here, the next start writes it down again.
  await engine.marker.write(0, engine.now());
  await commit(db, {
    also: async (tx) => {
      await Promise.all(ALL_STORES.map((store) => tx.objectStore(store).clear()));
    },
  });
  await engine.vault.destroyKeys();
  await Promise.all(shown.map((id) => engine.notifier.withdraw(id).catch(() => undefined)));
  engine.providers.forget();
  await engine.dropOrigins().catch(() => undefined);
}
