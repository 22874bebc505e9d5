/** The passphrase of the vault: whether there is one, and whether secrets can be opened just now. */
import type { Connection, HealthCounts } from './connection.ts';
import { markOf, readablePasskeys, type PasskeyMark, type VaultPasskey } from './vault-passkey.ts';

/** What is kept of the vault's key. Without a record it is the one that was made first. */
export type KeptVault =
  /** The key lies in a database of its own, under this name. */
  { readonly kind: 'plain'; readonly keyId: string } | WrappedKey;

/** The key is nowhere but in here, sealed under what PBKDF2 makes of the passphrase. */
export interface WrappedKey {
  readonly kind: 'passphrase';
  readonly keyId: string;
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
  /** For pages, as the background last wrote it down. */
  readonly isLocked: boolean;
  /** After so many minutes without use it locks by itself; `null`: when the browser is closed. */
  readonly autoLockMinutes: number | null;
  /** What opens it beside the passphrase; read through `readablePasskeys` alone. */
  readonly passkeys?: readonly VaultPasskey[];
}

export type VaultLock =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'unlocked';
      readonly autoLockMinutes: number | null;
      readonly passkeys: readonly PasskeyMark[];
    }
  | { readonly kind: 'locked'; readonly passkeys: readonly PasskeyMark[] };

export const NO_VAULT_LOCK: VaultLock = { kind: 'none' };

/** What locks by itself, minutes. */
export const AUTO_LOCK_CHOICES = [15, 60, 240] as const;

export function vaultLockOf(kept: KeptVault | undefined): VaultLock {
  if (kept?.kind !== 'passphrase') return NO_VAULT_LOCK;
  const passkeys = readablePasskeys(kept.passkeys).map(markOf);
  return kept.isLocked
    ? { kind: 'locked', passkeys }
    : { kind: 'unlocked', autoLockMinutes: kept.autoLockMinutes, passkeys };
}

/** When it locks by itself, epoch ms; `null`: not by time. */
export function autoLockAt(minutes: number | null, usedAt: number): number | null {
  return minutes === null ? null : usedAt + minutes * 60_000;
}

/** A connection as it may be shown while nothing is checked: what was said last, and that it is old. */
export function whileLocked<C extends Connection>(connection: C): C {
  const { health } = connection;
  if (health.kind !== 'active') return connection;
  const { verifiedAt } = health;
  return {
    ...connection,
    health: { kind: 'unverified', doubt: 'locked', since: verifiedAt, verifiedAt },
  };
}

/** The same of counts. */
export function countsWhileLocked(counts: HealthCounts): HealthCounts {
  return { ...counts, active: 0, unverified: counts.unverified + counts.active };
}
