import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const lib = fileURLToPath(new URL('../../lib/providers/', import.meta.url));

/** What the background carries for an entry, minified. */
async function bundle(entry: string) {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      lib: { entry: lib + entry, formats: ['iife'], name: 'catalogue', fileName: 'out' },
      rolldownOptions: { external: ['valibot'] },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new TypeError('nothing was built');
  const [chunk] = output.output;
  return {
    code: chunk.code,
    modules: Object.keys(chunk.modules).map((path) => path.slice(lib.length)),
  };
}

describe('the catalogue as it is shipped', () => {
  it('is small, and carries neither the schema nor the sources of its facts', async () => {
    const { code, modules } = await bundle('catalogue.ts');
    expect(modules).toContain('catalogue/github.ts');
    expect(modules.filter((path) => path.startsWith('facts/'))).toEqual([]);
    expect(modules).not.toContain('schema.ts');
    expect(code.length, 'bytes').toBeLessThan(12_000);
  });
});
