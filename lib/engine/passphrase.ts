import { reveal, secret } from '../domain/credential.ts';
import { KDF_ITERATIONS } from '../domain/kdf-iterations.ts';
import type { PassphraseVerifier } from '../domain/view-only.ts';
import { passphraseKey, pbkdf2, SALT_BYTES } from '../store/passphrase-key.ts';

const DERIVED_BITS = 256;

/** Makes the verifier of a new passphrase, under a salt of its own. */
export async function verifierOf(passphrase: string): Promise<PassphraseVerifier> {
  const salt = hex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const derived = secret(await derive(passphrase, salt, KDF_ITERATIONS));
  return { iterations: KDF_ITERATIONS, salt, derived };
}

/** Whether this is the passphrase that the verifier was made of. */
export async function isPassphrase(
  passphrase: string,
  { iterations, salt, derived }: PassphraseVerifier,
): Promise<boolean> {
  return (await derive(passphrase, salt, iterations)) === reveal(derived);
}

async function derive(passphrase: string, salt: string, iterations: number): Promise<string> {
  const key = await passphraseKey(passphrase, 'deriveBits');
  const how = pbkdf2(bytesOf(salt), iterations);
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, DERIVED_BITS)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
