import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What git would ignore, for a copy of the sources without git. */
const GENERATED = new Set(['.git', '.output', '.wxt', 'coverage', 'node_modules']);

/**
 * @param root the repository, or a copy of its files
 * @returns paths of the files that are part of it, new ones too, with `/` between their parts
 */
export function ownFiles(root: string): string[] {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
    const listed = execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    return existing(root, listed.toString('utf8').split('\0').filter(Boolean));
  } catch {
    return walk(root, '');
  }
}

/** Git goes on listing a file that was deleted and not committed yet. */
function existing(root: string, files: readonly string[]): string[] {
  const there = new Set(walk(root, ''));
  return files.filter((file) => there.has(file));
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? walk(root, file) : [file];
  });
}
