import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** An extension whose popup is one line of text. */
export const EMPTY_DIR = fileURLToPath(new URL('empty-popup', import.meta.url));

/** Pages with the least that shows connections, for a copy of the extension to hold. */
export const BARE_LIST_DIR = fileURLToPath(new URL('bare-list', import.meta.url));

/**
 * Each copy is an extension of its own, with a store of its own: without a key its id comes from its
 * folder.
 * @param without what its manifest loses
 */
export function copyTo(dir: string, extensionDir: string, ...without: string[]): string {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(extensionDir, dir, { recursive: true });
  const file = path.join(dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  for (const name of without) Reflect.deleteProperty(manifest, name);
  writeFileSync(file, JSON.stringify(manifest));
  return dir;
}
