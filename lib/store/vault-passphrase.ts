/**
 * Seals a text under a passphrase, for a file that leaves this browser: PBKDF2 with HMAC-SHA-256,
 * AES-256-GCM, and the whole header as additional data.
 */
import { PatchbayError } from '../domain/errors.ts';
import type { SealedFile } from '../domain/transfer/connection-file.ts';
import { KDF_ITERATIONS } from '../domain/kdf-iterations.ts';
import { SALT_BYTES, sealingKey } from './passphrase-key.ts';

const IV_BYTES = 12;
const PROOF = 'patchbay passphrase';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Seals a text. Takes about as long as one guess at the passphrase: some tenths of a second.
 * @param version of what is sealed: whoever cannot read that is told so without the passphrase
 */
export async function sealFile(
  text: string,
  passphrase: string,
  exportedAt: number,
  version: SealedFile['version'],
): Promise<SealedFile> {
  const kdf: SealedFile['kdf'] = {
    name: 'PBKDF2-SHA-256',
    iterations: KDF_ITERATIONS,
    salt: toBase64(random(SALT_BYTES)),
  };
  const key = await deriveKey(passphrase, kdf);
  const proofIv = random(IV_BYTES);
  const proof = await encrypt(key, proofIv, encode(PROOF), encode(JSON.stringify(orderedKdf(kdf))));
  const iv = random(IV_BYTES);
  const header: Header = {
    patchbay: 'connections-sealed',
    version,
    exportedAt,
    kdf,
    cipher: 'AES-256-GCM',
    proof: { iv: toBase64(proofIv), sealed: toBase64(proof) },
    iv: toBase64(iv),
  };
  const sealed = await encrypt(key, iv, encode(text), headerBytes(header));
  return { ...header, sealed: toBase64(sealed) };
}

/**
 * Opens a sealed file.
 * @throws PatchbayError `transfer-passphrase-wrong`, or `transfer-damaged` when the passphrase is right and
 * the file is not as it was written
 */
export async function unsealFile(file: SealedFile, passphrase: string): Promise<string> {
  const { sealed, ...header } = file;
  const { kdf, proof, iv } = header;
  const parts = partsOf(kdf.salt, proof.iv, proof.sealed, iv, sealed);
  const key = await deriveKey(passphrase, kdf);
  await decrypt(key, parts.proofIv, parts.proof, encode(JSON.stringify(orderedKdf(kdf)))).catch(
    (cause: unknown) => {
      throw new PatchbayError('transfer-passphrase-wrong', null, { cause });
    },
  );
  const bytes = await decrypt(key, parts.iv, parts.sealed, headerBytes(header)).catch(
    (cause: unknown) => {
      throw new PatchbayError('transfer-damaged', null, { cause });
    },
  );
  return new TextDecoder().decode(bytes);
}

type Header = Omit<SealedFile, 'sealed'>;

/** In a fixed order: a file that another program wrote again in its own order opens too. */
function headerBytes({ patchbay, version, exportedAt, kdf, cipher, proof, iv }: Header): Bytes {
  const { iv: proofIv, sealed } = proof;
  const ordered = [patchbay, version, exportedAt, orderedKdf(kdf), cipher, proofIv, sealed, iv];
  return encode(JSON.stringify(ordered));
}

function orderedKdf({ name, iterations, salt }: Header['kdf']): Header['kdf'] {
  return { name, iterations, salt };
}

function partsOf(salt: string, proofIv: string, proof: string, iv: string, sealed: string) {
  try {
    return {
      salt: fromBase64(salt),
      proofIv: fromBase64(proofIv),
      proof: fromBase64(proof),
      iv: fromBase64(iv),
      sealed: fromBase64(sealed),
    };
  } catch (cause) {
    throw new PatchbayError('transfer-damaged', null, { cause });
  }
}

function deriveKey(passphrase: string, { salt, iterations }: Header['kdf']): Promise<CryptoKey> {
  return sealingKey(passphrase, fromBase64(salt), iterations);
}

async function encrypt(key: CryptoKey, iv: Bytes, bytes: Bytes, additionalData: Bytes) {
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
  return new Uint8Array(sealed);
}

function decrypt(key: CryptoKey, iv: Bytes, bytes: Bytes, additionalData: Bytes) {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

function encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Arguments of one call are limited in number. */
const CHUNK = 0x80_00;

function toBase64(bytes: Bytes): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
