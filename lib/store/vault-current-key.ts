/** The key that the vault is under at present: whether it is at hand, and how another takes its place. */
import { PatchbayError } from '../domain/errors.ts';
import { autoLockAt, type WrappedKey } from '../domain/vault-lock.ts';
import { readablePasskeys, type PasskeyMark } from '../domain/vault-passkey.ts';
import { commit } from './commit.ts';
import type { Database } from './database.ts';
import type { KeyMemory } from './key-memory.ts';
import { editKept } from './kept.ts';
import { onDemand } from './on-demand.ts';
import { readKept } from './read.ts';
import {
  destroyOtherPlainKeys,
  destroyPlainKeys,
  FIRST_KEY,
  importedKey,
  newKeyBytes,
  plainKey,
  unwrapKey,
  wrapKey,
  type Bytes,
} from './vault-keys.ts';
import { newPasskey, openedBy, sealedAnew } from './vault-passkeys.ts';
import { resealAll } from './vault-reseal.ts';

export interface CurrentKey {
  /** @throws PatchbayError `vault-locked`; `vault-broken` when it cannot be read */
  readonly theKey: () => Promise<CryptoKey>;
  readonly isLocked: () => Promise<boolean>;
  /** When it locks by itself, epoch ms; `null`: not by time, or there is nothing to lock. */
  readonly locksAt: () => Promise<number | null>;
  /**
   * Puts the key under a passphrase, or under another one, and destroys the one before. Nobody may
   * hold what was sealed before and write it afterwards. Passkeys open the new one too.
   * @param without the passkey that does not; without a passphrase there is none, and nothing is done
   * @throws PatchbayError `vault-locked`, also where that happened meanwhile; nothing was changed
   */
  readonly protect: (passphrase: string, now: number, without?: string) => Promise<void>;
  /** Puts the key back beside the data. @throws PatchbayError `vault-locked`, as {@link protect} */
  readonly unprotect: () => Promise<void>;
  /** @throws PatchbayError `passphrase-wrong` */
  readonly prove: (passphrase: string) => Promise<void>;
  /** @throws PatchbayError `passphrase-wrong` */
  readonly unlock: (passphrase: string, now: number) => Promise<void>;
  /**
   * Lets a passkey open the vault as well; the key stays, and must not be changed meanwhile.
   * @param answer what its authenticator answered
   * @throws PatchbayError `vault-locked`, also where there is no passphrase
   */
  readonly addPasskey: (mark: PasskeyMark, answer: Bytes) => Promise<void>;
  /** @throws PatchbayError `passkey-wrong` */
  readonly unlockBy: (passkeyId: string, answer: Bytes, now: number) => Promise<void>;
  /** Nothing more is opened in numbers; what is under way may still be sealed until {@link forget}. */
  readonly lock: () => Promise<void>;
  readonly forget: () => void;
  /** The person is here. */
  readonly touch: (now: number) => Promise<void>;
  /** Destroys the key, wherever it is; what is still sealed under it cannot be opened any more. */
  readonly destroyKeys: () => Promise<void>;
  /** Makes true again what a worker that died left half done. @returns whether pages have to read it */
  readonly settle: () => Promise<boolean>;
}

/** Using it more often than this is not written down. */
const TOUCH_MS = 60_000;

/**
 * The key of the vault in a database. Without a passphrase it is made on first use.
 * @param memory where it is while it is unlocked
 */
export function openCurrentKey(database: () => Promise<Database>, memory: KeyMemory): CurrentKey {
  const wrapped = async (): Promise<WrappedKey | null> => {
    const kept = await readKept(await database(), 'vault');
    return kept?.kind === 'passphrase' ? kept : null;
  };
  const theKey = onDemand(async () => {
    try {
      const kept = await readKept(await database(), 'vault');
      if (kept?.kind !== 'passphrase') return await plainKey(kept?.keyId ?? FIRST_KEY);
      const unlocked = await memory.read();
      if (unlocked?.keyId !== kept.keyId) throw new PatchbayError('vault-locked');
      return await importedKey(Uint8Array.from(unlocked.bytes));
    } catch (cause) {
      if (cause instanceof PatchbayError) throw cause;
      throw new PatchbayError('vault-broken', 'key', { cause });
    }
  });
  // Which key is remembered, and written down, is changed by one at a time: a lock that comes while the
  // person is noted to be here, or while another key is made, must not be undone by that.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = turn.then(run, run);
    turn = next.catch(() => undefined);
    return next;
  };
  const keep = async (change: (kept: WrappedKey) => WrappedKey): Promise<void> => {
    await commit(await database(), {
      also: (tx) =>
        editKept(tx, 'vault', (kept) => (kept?.kind === 'passphrase' ? change(kept) : kept)),
    });
  };
  const isLocked = async (): Promise<boolean> => {
    const kept = await wrapped();
    return kept !== null && (await memory.read())?.keyId !== kept.keyId;
  };

  async function unlockWith(
    keyIn: (kept: WrappedKey) => Promise<Bytes>,
    now: number,
  ): Promise<void> {
    const kept = await wrapped();
    if (kept === null) return;
    const { keyId } = kept;
    const bytes = await keyIn(kept);
    const isOpen = await inTurn(async () => {
      // Another page may have put the secrets under another key meanwhile.
      if ((await wrapped())?.keyId !== keyId) return false;
      await memory.write({ keyId, bytes: [...bytes], usedAt: now });
      theKey.forget();
      await keep((one) => ({ ...one, isLocked: false }));
      return true;
    }).finally(() => bytes.fill(0));
    if (!isOpen) await unlockWith(keyIn, now);
  }
  /** Locked meanwhile, from another page, is locked: nothing is put under another key any more. */
  const inTurnUnlocked = (run: () => Promise<void>): Promise<void> =>
    inTurn(async () => {
      if (await isLocked()) throw new PatchbayError('vault-locked');
      await run();
    });

  /** At each start, so it writes nothing where there is nothing to forget. */
  async function forgetUnlocked(): Promise<void> {
    if ((await memory.read()) !== null) await memory.write(null);
  }

  /** Keys that seal nothing any more: all was under another, or gone, before they could be forgotten. */
  async function forgetSpentKeys(): Promise<void> {
    const db = await database();
    const kept = await readKept(db, 'vault');
    if (kept?.kind === 'plain') {
      await forgetUnlocked();
      await destroyOtherPlainKeys(kept.keyId);
    } else if (kept?.kind === 'passphrase') {
      if ((await memory.read())?.keyId !== kept.keyId) await memory.write(null);
      await destroyPlainKeys();
    } else if (kept === undefined && (await db.count('secrets')) === 0) {
      await forgetUnlocked();
      theKey.forget();
      await destroyPlainKeys();
    }
  }

  return {
    theKey,
    isLocked,
    async locksAt() {
      const [kept, unlocked] = await Promise.all([wrapped(), memory.read()]);
      return kept === null || unlocked === null
        ? null
        : autoLockAt(kept.autoLockMinutes, unlocked.usedAt);
    },
    async protect(passphrase, now, without) {
      const [before, from] = await Promise.all([wrapped(), theKey()]);
      // Gone with the passphrase, from another page: what was typed must not become one.
      if (without !== undefined && before === null) return;
      const bytes = newKeyBytes();
      const keyId = crypto.randomUUID();
      const key = await importedKey(bytes);
      const passkeys = readablePasskeys(before?.passkeys).filter(({ id }) => id !== without);
      const kept: WrappedKey = {
        ...(await wrapKey(bytes, passphrase, keyId)),
        kind: 'passphrase',
        isLocked: false,
        autoLockMinutes: before?.autoLockMinutes ?? null,
        passkeys: await sealedAnew(passkeys, from, { bytes, key, keyId }),
      };
      await inTurnUnlocked(async () => {
        await resealAll(await database(), from, key, kept);
        theKey.forget();
        await memory.write({ keyId, bytes: [...bytes], usedAt: now });
      }).finally(() => bytes.fill(0));
      await destroyPlainKeys();
    },
    unprotect: () =>
      inTurnUnlocked(async () => {
        const keyId = crypto.randomUUID();
        const to = await plainKey(keyId);
        await resealAll(await database(), await theKey(), to, { kind: 'plain', keyId });
        theKey.forget();
        await memory.write(null);
      }),
    async prove(passphrase) {
      const kept = await wrapped();
      if (kept !== null) await unwrapKey(kept, passphrase);
    },
    unlock: (passphrase, now) => unlockWith((kept) => unwrapKey(kept, passphrase), now),
    async addPasskey(mark, answer) {
      const [kept, unlocked] = await Promise.all([wrapped(), memory.read()]);
      if (kept === null || unlocked?.keyId !== kept.keyId) throw new PatchbayError('vault-locked');
      const { keyId } = kept;
      const bytes = Uint8Array.from(unlocked.bytes);
      const passkey = await newPasskey(mark, answer, { bytes, key: await theKey(), keyId });
      bytes.fill(0);
      // A version that knows more may read those that this one cannot.
      await keep((one) => {
        const others = Array.isArray(one.passkeys) ? one.passkeys : [];
        return { ...one, passkeys: [...others, passkey] };
      });
    },
    unlockBy: (passkeyId, answer, now) =>
      unlockWith(async (kept) => {
        const passkey = readablePasskeys(kept.passkeys).find(({ id }) => id === passkeyId);
        if (passkey === undefined) throw new PatchbayError('passkey-wrong');
        return openedBy(passkey, answer, kept.keyId);
      }, now),
    lock: () =>
      inTurn(async () => {
        if ((await wrapped()) === null) return;
        await memory.write(null);
        await keep((one) => ({ ...one, isLocked: true }));
      }),
    forget: () => theKey.forget(),
    async destroyKeys() {
      theKey.forget();
      await inTurn(() => memory.write(null));
      await destroyPlainKeys();
    },
    touch: (now) =>
      inTurn(async () => {
        const unlocked = await memory.read();
        if (unlocked === null || Math.abs(now - unlocked.usedAt) < TOUCH_MS) return;
        await memory.write({ ...unlocked, usedAt: now });
      }),
    settle: () =>
      inTurn(async () => {
        await forgetSpentKeys();
        const kept = await wrapped();
        if (kept === null) return false;
        const locked = await isLocked();
        if (locked === kept.isLocked) return false;
        await keep((one) => ({ ...one, isLocked: locked }));
        return true;
      }),
  };
}
