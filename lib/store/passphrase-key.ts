/** How a passphrase becomes a key, whatever it locks: PBKDF2 with HMAC-SHA-256. */

export const SALT_BYTES = 16;

/** A passphrase as something to derive from. */
export function passphraseKey(
  passphrase: string,
  usage: 'deriveBits' | 'deriveKey',
): Promise<CryptoKey> {
  // Keyboards write the same letter in several ways; a person cannot tell them apart.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  return crypto.subtle.importKey('raw', typed, 'PBKDF2', false, [usage]);
}

/** How it is derived from. */
export function pbkdf2(salt: Uint8Array<ArrayBuffer>, iterations: number): Pbkdf2Params {
  return { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
}

/** The key that a passphrase makes, to seal and to open with. */
export async function sealingKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(
    pbkdf2(salt, iterations),
    await passphraseKey(passphrase, 'deriveKey'),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
