/** The points at which tests end the worker, read from the source: a new one is run by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Failpoint {
  /** Begins with the name of the journey that passes it. */
  readonly name: string;
  readonly file: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** As `wxt.config.ts` takes them out of other builds: alone on their line. */
const CALL = /^ *await failpoint\('([a-z]+(?:-[a-z]+)+)'(?:, tx)?\);$/gm;

/** Every point in `lib`, by file and place. */
export function failpoints(): Failpoint[] {
  return sources().flatMap(({ file, text }) =>
    [...text.matchAll(CALL)].map(([, name = '']) => ({ name, file })),
  );
}

/** Lines that call for a point in a way that would stay in other builds. */
export function strayCalls(): string[] {
  return sources()
    .filter(({ file }) => file !== 'lib/store/failpoint.ts')
    .flatMap(({ file, text }) =>
      text
        .replaceAll(CALL, '')
        .split('\n')
        .filter((line) => line.includes('failpoint('))
        .map((line) => `${file}: ${line.trim()}`),
    );
}

function sources(): { readonly file: string; readonly text: string }[] {
  return readdirSync(`${ROOT}lib`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .map((name) => ({ file: `lib/${name}`, text: readFileSync(`${ROOT}lib/${name}`, 'utf8') }));
}
