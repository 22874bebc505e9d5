import { beforeEach, describe, expect, it } from 'vitest';
import type { VaultPasskey } from '../../lib/domain/vault-passkey.ts';
import { importedKey, newKeyBytes } from '../../lib/store/vault-keys.ts';
import { newPasskey, openedBy, sealedAnew, type TheKey } from '../../lib/store/vault-passkeys.ts';
import { answerBytes, LAPTOP } from '../support/a-passkey.ts';

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

async function aKey(keyId: string): Promise<TheKey> {
  const bytes = newKeyBytes();
  return { bytes, key: await importedKey(Uint8Array.from(bytes)), keyId };
}

let answer: Uint8Array<ArrayBuffer>;
let first: TheKey;
let passkey: VaultPasskey;

beforeEach(async () => {
  answer = answerBytes('AQID');
  first = await aKey('first');
  passkey = await newPasskey(LAPTOP, answer, first);
});

const WRONG = { code: 'passkey-wrong' };

describe("the vault's key under a passkey", () => {
  it('comes back for the same answer, and for no other', async () => {
    expect(await openedBy(passkey, answer, 'first')).toEqual(first.bytes);
    await expect(openedBy(passkey, answerBytes('another'), 'first')).rejects.toMatchObject(WRONG);
    await expect(openedBy(passkey, new Uint8Array(32), 'first')).rejects.toMatchObject(WRONG);
  });

  it('is bound to its name and to the passkey', async () => {
    await expect(openedBy(passkey, answer, 'second')).rejects.toMatchObject(WRONG);
    await expect(openedBy({ ...passkey, id: 'BAUG' }, answer, 'first')).rejects.toMatchObject(
      WRONG,
    );
  });

  it('is kept nowhere in the clear, nor is the answer', async () => {
    const parts = [passkey.privateKey, passkey.publicKey, passkey.key].map(({ sealed }) =>
      String(new Uint8Array(sealed)),
    );
    for (const secret of [answer, first.bytes])
      expect(parts.some((part) => part.includes(String(secret)))).toBe(false);
  });

  it.each(['privateKey', 'key'] as const)('does not come back where %s was changed', async (at) => {
    for (const end of [0, -1]) {
      const sealed = new Uint8Array(passkey[at].sealed.slice(0));
      const index = end === 0 ? 0 : sealed.length - 1;
      sealed[index] = (sealed[index] ?? 0) ^ 1;
      const changed = { ...passkey, [at]: { ...passkey[at], sealed: sealed.buffer } };
      await expect(openedBy(changed, answer, 'first')).rejects.toMatchObject(WRONG);
    }
    const cut = { ...passkey, [at]: { ...passkey[at], sealed: new ArrayBuffer(0) } };
    await expect(openedBy(cut, answer, 'first')).rejects.toMatchObject(WRONG);
  });

  it('does not come back where another pair is said to have sealed it', async () => {
    const { key: foreign } = await newPasskey(LAPTOP, answer, first);
    const changed = { ...passkey, key: { ...passkey.key, from: foreign.from } };
    await expect(openedBy(changed, answer, 'first')).rejects.toMatchObject(WRONG);
    const noPoint = { ...passkey, key: { ...passkey.key, from: random(65) } };
    await expect(openedBy(noPoint, answer, 'first')).rejects.toMatchObject(WRONG);
  });
});

describe('another key of the vault', () => {
  it('is sealed to a passkey that is not at hand', async () => {
    const second = await aKey('second');
    const [anew] = await sealedAnew([passkey], first.key, second);
    expect(await openedBy(anew as VaultPasskey, answer, 'second')).toEqual(second.bytes);
    const third = await aKey('third');
    const [again] = await sealedAnew([anew as VaultPasskey], second.key, third);
    expect(await openedBy(again as VaultPasskey, answer, 'third')).toEqual(third.bytes);
  });

  it('is not sealed to a public key that somebody else put there', async () => {
    const theirs = await newPasskey(LAPTOP, answerBytes('theirs'), await aKey('theirs'));
    const planted = { ...passkey, publicKey: theirs.publicKey };
    expect(await sealedAnew([planted, passkey], first.key, await aKey('second'))).toHaveLength(1);
  });

  it('is not opened by who held the one before, and not the passkey', async () => {
    const second = await aKey('second');
    const [anew] = (await sealedAnew([passkey], first.key, second)) as [VaultPasskey];
    for (const part of [anew.privateKey, anew.publicKey, anew.key])
      for (const name of ['AQID', 'first', 'second'])
        await expect(
          crypto.subtle.decrypt(
            { name: 'AES-GCM', iv: part.iv, additionalData: new TextEncoder().encode(name) },
            first.key,
            part.sealed,
          ),
        ).rejects.toThrow();
  });
});
