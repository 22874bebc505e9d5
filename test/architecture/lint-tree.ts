import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OXLINT = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');

/** What lint found, one a finding. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
}

interface OxlintReport {
  readonly diagnostics: readonly { readonly filename: string; readonly code: string }[];
}

/** @returns what oxlint finds below `folder`, with the configuration that stands there */
export function lint(folder: string): Promise<Finding[]> {
  return new Promise((resolve, reject) => {
    const args = [OXLINT, '--format=json'];
    const limits = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, limits, (error, stdout, stderr) => {
      // Findings make the exit status 1; anything without a report is a failure of oxlint itself.
      if (!stdout.trimStart().startsWith('{'))
        reject(new Error(stderr || stdout, { cause: error }));
      else resolve(findingsOf(JSON.parse(stdout) as OxlintReport));
    });
  });
}

function findingsOf({ diagnostics }: OxlintReport): Finding[] {
  return diagnostics.map(({ filename, code }) => ({ file: filename, rule: code }));
}

/**
 * Writes a small repository with our real lint configuration and lints it.
 * @param files path → source
 */
export async function lintTree(files: ReadonlyMap<string, string>): Promise<Finding[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patchbay-walls-'));
  try {
    await cp(path.join(ROOT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    for (const [file, source] of files) {
      const target = path.join(folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, source);
    }
    return await lint(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
