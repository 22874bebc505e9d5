/** Looks through the files of a browser's profile for the key of a sealed secret, as a thief would. */
import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sealed {
  readonly id: string;
  readonly iv: readonly number[];
  readonly sealed: readonly number[];
}

const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Random bytes repeat themselves less; a key with fewer different ones comes once in 10^12. */
const DISTINCT_MIN = 20;

/** How many places of the profile's databases and session files hold a key that opens this secret. */
export function keysOnDisk(userDataDir: string, secret: Sealed): number {
  const folders = ['IndexedDB', 'Local Extension Settings', 'Session Storage', 'Sessions'];
  const files = folders.flatMap((folder) => filesIn(join(userDataDir, 'Default', folder)));
  let found = 0;
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const at of randomPlaces(bytes))
      if (opens(bytes.subarray(at, at + KEY_BYTES), secret)) found += 1;
  }
  return found;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** Where so many different bytes stand side by side that they may be a key. */
function* randomPlaces(bytes: Uint8Array): Generator<number> {
  const counts = new Uint16Array(256);
  let distinct = 0;
  for (let end = 0; end < bytes.length; end++) {
    const entering = bytes[end] ?? 0;
    counts[entering] = (counts[entering] ?? 0) + 1;
    if (counts[entering] === 1) distinct += 1;
    const left = end - KEY_BYTES;
    if (left >= 0) {
      const leaving = bytes[left] ?? 0;
      counts[leaving] = (counts[leaving] ?? 0) - 1;
      if (counts[leaving] === 0) distinct -= 1;
    }
    if (left >= -1 && distinct >= DISTINCT_MIN) yield left + 1;
  }
}

function opens(key: Uint8Array, { id, iv, sealed }: Sealed): boolean {
  const text = Uint8Array.from(sealed.slice(0, -TAG_BYTES));
  const decipher = createDecipheriv('aes-256-gcm', key, Uint8Array.from(iv));
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(Uint8Array.from(sealed.slice(-TAG_BYTES)));
  try {
    decipher.update(text);
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
