import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lint, lintTree, ROOT, type Finding } from './lint-tree.ts';
import { ALLOWED, FORBIDDEN, type Line } from './lines.ts';
import { PLACES, REACH } from './rooms.ts';

const REAL_TREE_TIMEOUT = 30_000;

/** `file` imports from `place`. */
function reach(file: string, place: string): Line {
  const target = path.posix.relative(path.posix.dirname(file), `${place}/there.ts`);
  return { file, source: `export { x } from '${target}';` };
}

/** Lines in rounds, so that no round holds two lines for one file. */
function rounds(lines: readonly Line[]): Map<string, Line>[] {
  const all: Map<string, Line>[] = [];
  for (const line of lines) {
    const free = all.find((round) => !round.has(line.file));
    if (free === undefined) all.push(new Map([[line.file, line]]));
    else free.set(line.file, line);
  }
  return all;
}

/** @returns for each line the rules that object to it */
async function judge(lines: readonly Line[]): Promise<Map<Line, readonly string[]>> {
  const verdicts = new Map<Line, readonly string[]>();
  for (const round of rounds(lines)) {
    const sources = [...round].map(([file, { source }]) => [file, `${source}\n`] as const);
    const findings = await lintTree(new Map(sources));
    for (const line of round.values()) verdicts.set(line, rulesAt(findings, line.file));
  }
  return verdicts;
}

function rulesAt(findings: readonly Finding[], file: string): string[] {
  return findings.filter((finding) => finding.file === file).map(({ rule }) => rule);
}

describe('imports between rooms', () => {
  const tried = REACH.map(({ file, mayReach }) => ({
    file,
    mayReach,
    lines: PLACES.filter((place) => !file.startsWith(`${place}/`)).map((place) => ({
      place,
      line: reach(file, place),
    })),
  }));
  let verdicts = new Map<Line, readonly string[]>();

  beforeAll(async () => {
    verdicts = await judge(tried.flatMap(({ lines }) => lines.map(({ line }) => line)));
  });

  it.each(tried)('from $file lead where they may, and nowhere else', ({ mayReach, lines }) => {
    const open = lines.filter(({ line }) => verdicts.get(line)?.length === 0);
    expect(open.map(({ place }) => place)).toEqual(
      PLACES.filter((place) => mayReach.includes(place)),
    );
  });

  it('know every room of lib, and no file stands outside of one', () => {
    const entries = readdirSync(path.join(ROOT, 'lib'), { withFileTypes: true });
    expect(entries.filter((entry) => !entry.isDirectory())).toEqual([]);
    expect(PLACES).toEqual(expect.arrayContaining(entries.map(({ name }) => `lib/${name}`)));
  });
});

describe('what a line may say', () => {
  let verdicts = new Map<Line, readonly string[]>();

  beforeAll(async () => {
    verdicts = await judge([...FORBIDDEN, ...ALLOWED]);
  });

  for (const line of FORBIDDEN) {
    it(`catches in ${line.file}: ${line.source}`, () => {
      expect(verdicts.get(line)).toContain(line.caughtBy);
    });
  }

  for (const line of ALLOWED) {
    it(`allows in ${line.file}: ${line.source}`, () => {
      expect(verdicts.get(line)).toEqual([]);
    });
  }

  it('catches a cycle of imports', async () => {
    const findings = await lintTree(
      new Map([
        ['lib/engine/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n"],
        ['lib/engine/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n"],
      ]),
    );
    expect(findings.map(({ rule }) => rule)).toContain('import(no-cycle)');
  });
});

describe('the repository', () => {
  it(
    'has nothing that lint objects to',
    async () => {
      expect(await lint(ROOT)).toEqual([]);
    },
    REAL_TREE_TIMEOUT,
  );
});
