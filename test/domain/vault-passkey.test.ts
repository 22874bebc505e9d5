import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vaultLockOf, type WrappedKey } from '../../lib/domain/vault-lock.ts';
import { readablePasskeys, type VaultPasskey } from '../../lib/domain/vault-passkey.ts';

const SEALED = { iv: new Uint8Array(12), sealed: new ArrayBuffer(16) };
const PASSKEY: VaultPasskey = {
  id: 'AQID',
  transports: ['internal'],
  name: 'Laptop',
  addedAt: 1,
  privateKey: SEALED,
  publicKey: SEALED,
  key: { ...SEALED, from: new Uint8Array(65) },
};
const KEPT: WrappedKey = {
  kind: 'passphrase',
  keyId: 'key',
  iterations: 1,
  salt: new Uint8Array(16),
  iv: new Uint8Array(12),
  wrapped: new ArrayBuffer(48),
  isLocked: true,
  autoLockMinutes: null,
};

describe('passkeys as they are kept', () => {
  it('are passed over where they cannot be read, and the others are not', () => {
    fc.assert(
      fc.property(fc.anything(), (damaged) => {
        expect(readablePasskeys([damaged, PASSKEY]).at(-1)).toBe(PASSKEY);
        expect(Array.isArray(readablePasskeys(damaged))).toBe(true);
      }),
    );
  });

  it('need every field', () => {
    for (const field of Object.keys(PASSKEY)) {
      fc.assert(
        fc.property(fc.oneof(fc.constant(undefined), fc.constant(null), fc.object()), (value) => {
          expect(readablePasskeys([{ ...PASSKEY, [field]: value }])).toEqual([]);
        }),
      );
    }
  });

  it.each(['', 'A', 'AQIDA', 'AQ==', 'a+b/', 'AQID\n', 'naïf'])(
    'are not asked for by an id that is none (%j): browsers would refuse all',
    (id) => expect(readablePasskeys([{ ...PASSKEY, id }, PASSKEY])).toEqual([PASSKEY]),
  );

  it('are asked for by any id that authenticators give', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 1023 }), (bytes) => {
        const id = Buffer.from(bytes).toString('base64url');
        expect(readablePasskeys([{ ...PASSKEY, id }])).toHaveLength(1);
      }),
    );
  });

  it('are none in records from before there were any', () => {
    expect(vaultLockOf(KEPT)).toEqual({ kind: 'locked', passkeys: [] });
  });

  it('show pages what asking for them takes, and nothing of keys', () => {
    const { id, transports, name, addedAt } = PASSKEY;
    expect(vaultLockOf({ ...KEPT, passkeys: [PASSKEY] })).toEqual({
      kind: 'locked',
      passkeys: [{ id, transports, name, addedAt }],
    });
  });
});
