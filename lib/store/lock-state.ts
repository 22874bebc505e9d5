import { vaultLockOf, type VaultLock } from '../domain/vault-lock.ts';
import type { Database } from './database.ts';
import { readKept } from './read.ts';

/** Whether the vault is locked, by what the background last wrote down. */
export async function readVaultLock(db: Database): Promise<VaultLock> {
  return vaultLockOf(await readKept(db, 'vault'));
}
