import { reveal, secret } from '../domain/credential.ts';
import { KDF_ITERATIONS } from '../domain/kdf-iterations.ts';
import type { PassphraseVerifier } from '../domain/view-only.ts';

const SALT_BYTES = 16;
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
  // Keyboards write the same letter in several ways; a person cannot tell them apart.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const key = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, DERIVED_BITS)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
