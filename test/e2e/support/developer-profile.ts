import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fresh profile in developer mode: outside of it, the browser leaves an unpacked extension that was
 * reloaded switched off. @returns its folder, to be removed by whoever asked
 */
export async function developerProfile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-developer-'));
  await mkdir(join(folder, 'Default'));
  const preferences = { extensions: { ui: { developer_mode: true } } };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  return folder;
}
