import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SET_UP = fileURLToPath(new URL('../../scripts/set-up.mjs', import.meta.url));
const TIMEOUT = 60_000;

/** The only folder on the PATH: what stands here is all that the machine has. */
let programs: string;

async function program(name: string, script: string): Promise<void> {
  const file = path.join(programs, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

function setUp(): Promise<{ status: number; said: string }> {
  const env = {
    PATH: programs,
    PLAYWRIGHT_BROWSERS_PATH: programs,
    // Nobody listens there: a machine without a network.
    PLAYWRIGHT_DOWNLOAD_HOST: 'http://127.0.0.1:9',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [SET_UP], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });
}

beforeEach(async () => {
  programs = await mkdtemp(path.join(tmpdir(), 'patchbay-path-'));
});

afterEach(() => rm(programs, { recursive: true }));

describe.runIf(process.platform === 'linux')('set-up on a machine without a browser', () => {
  it('installs the package of the distribution and takes it', { timeout: TIMEOUT }, async () => {
    const browser = path.join(programs, 'chromium');
    const log = path.join(programs, 'log');
    await program('sudo', 'shift; exec "$@"');
    await program('env', 'exec /usr/bin/env "$@"');
    await program(
      'apt-get',
      `echo "$DEBIAN_FRONTEND $*" >> ${log}
       [ "$1" = install ] || exit 0
       echo '#!/bin/sh' > ${browser}
       echo 'echo Chromium 156.0.8078.79' >> ${browser}
       /bin/chmod +x ${browser}`,
    );
    const { status, said } = await setUp();
    expect(said).toContain(`Browser: Chromium 156, ${browser} (it is on the PATH).`);
    expect(status).toBe(0);
    expect(await readFile(log, 'utf8')).toMatch(
      /noninteractive update .*\nnoninteractive install .*--no-install-recommends chromium\n$/,
    );
  });

  it('says what to do when no way leads to one', { timeout: TIMEOUT }, async () => {
    await program('sudo', 'exit 1');
    await program('apt-get', '[ "$1" = --version ]');
    const { status, said } = await setUp();
    expect(said).toContain('downloading Chromium');
    expect(said).toMatch(/Install Chromium, .* by hand, or say where one is: CHROME_PATH=/);
    expect(status).toBe(1);
  });
});

describe('CHROME_PATH', () => {
  it('is taken at its word: a wrong one ends the set-up', async () => {
    const env = { ...process.env, CHROME_PATH: path.join(programs, 'nothing') };
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [SET_UP], { env }, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    expect(said).toContain('no such program');
    expect(said).toContain('CHROME_PATH names a browser that cannot be used');
  });
});
