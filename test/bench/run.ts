/**
 * `npm run bench`: each figure is a ratio to a control of the same round. `-- --quick` runs fewer
 * rounds, `-- popup`, `-- options` or `-- sweep` one of them. It judges nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { E2E_BUILD } from '../support/browser/require-build.ts';
import type { Opening } from './watch-page.ts';
import { benchOptions } from './options/options-bench.ts';
import { BARE_LIST, benchPopup, EMPTY, nameOf } from './popup/popup-bench.ts';
import { median, ratios, spreadOf } from './statistics.ts';
import { benchSweep } from './sweep/sweep-bench.ts';

/** As it is shipped; the sweep alone needs the build that may reach loopback. */
const SHIPPED = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
const SIZES = [10, 1_000, 10_000];
/** In the first the list has cards, in the second columns. */
const NARROW = { width: 780, height: 493 };
const WIDE = { width: 1400, height: 900 };

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wants = (what: string): boolean => positionals.length === 0 || positionals.includes(what);

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
console.log(`load before: ${loadavg()[0]?.toFixed(1)}`);
if (wants('popup')) await popup(values.quick ? 5 : 15);
if (wants('options')) await options(values.quick ? 5 : 15);
if (wants('sweep')) await sweep(values.quick ? 3 : 7);
console.log(`\nload after: ${loadavg()[0]?.toFixed(1)}`);

async function popup(rounds: number): Promise<void> {
  const scratchDir = mkdtempSync(path.join(tmpdir(), 'patchbay-bench-'));
  try {
    const plan = { extensionDir: SHIPPED, scratchDir, sizes: SIZES, rounds };
    const openings = await benchPopup({ ...plan, onRound: () => process.stdout.write('.') });
    const empty = openings.get(EMPTY) ?? [];
    const readyMs = median(empty.map((one) => one.readyMs));
    console.log(`
Popup, workers stopped, ${rounds} rounds. The empty page is ready after ${readyMs.toFixed(0)} ms;
everything else is a ratio to it in the same round: median (middle half).`);
    for (const [name, of] of openings) if (name !== EMPTY) describe(name, of, empty);
    const bare = openings.get(BARE_LIST) ?? [];
    console.log('\nTo the bare list of 1,000 in the same round:');
    for (const size of SIZES) {
      const of = openings.get(nameOf(size)) ?? [];
      const ratio = (figure: (one: Opening) => number): string =>
        spell(ratios(of.map(figure), bare.map(figure)));
      console.log(
        `  ${nameOf(size)}: ready ${ratio((one) => one.readyMs)}   cpu ${ratio((one) => one.cpuMs)}`,
      );
    }
  } finally {
    rmSync(scratchDir, { recursive: true, force: true });
  }
}

function describe(name: string, openings: readonly Opening[], empty: readonly Opening[]): void {
  const ratio = (figure: (one: Opening) => number): string =>
    spell(ratios(openings.map(figure), empty.map(figure)));
  const last = openings.at(-1);
  console.log(`
${name}
  ready  ${ratio((one) => one.readyMs)}   window shows ${ratio((one) => one.windowMs)}
  cpu    ${ratio((one) => one.cpuMs)}   heap ${ratio((one) => one.heapBytes)}
  ${last?.requests} requests, ${last?.elements} elements, tasks over 50 ms: ${median(openings.map((one) => one.longTasks))}`);
}

async function options(rounds: number): Promise<void> {
  for (const [size, view, cells] of [
    [10_000, NARROW, 4],
    [10_000, WIDE, 13],
    [100_000, NARROW, 4],
  ] as const) {
    const onRound = (): boolean => process.stdout.write('.');
    const plan = {
      extensionDir: SHIPPED,
      size,
      rounds: size > 10_000 ? 3 : rounds,
      view,
      cells,
      onRound,
    };
    const times = await benchOptions(plan);
    const { empty, options: full, bare, screen, steps, rowsMax } = times;
    const ratio = (figure: (one: (typeof full)[number]) => number): string =>
      spell(ratios(full.map(figure), empty.map(figure)));
    const heapMb = median(full.map((one) => one.heapBytes)) / 1024 ** 2;
    const toEmpty = (of: typeof full, figure: (one: (typeof full)[number]) => number): string =>
      spell(ratios(of.map(figure), empty.map(figure)));
    const toScreen = (figure: (one: (typeof full)[number]) => number): string =>
      spell(ratios(full.map(figure), screen.map(figure)));
    console.log(`
Options page in a tab with ${size.toLocaleString('en')} connections, ${view.width} × ${view.height} px, to an empty page
  ready  ${ratio((one) => one.readyMs)}   cpu ${ratio((one) => one.cpuMs)}   heap ${heapMb.toFixed(1)} MB   ${full.at(-1)?.elements} elements
  a bare virtual list of ${cells} cells a row: ready ${toEmpty(bare, (one) => one.readyMs)}   cpu ${toEmpty(bare, (one) => one.cpuMs)}
  a bare list of one screen: ready ${toEmpty(screen, (one) => one.readyMs)}   cpu ${toEmpty(screen, (one) => one.cpuMs)}
  the options page to that list of one screen: ready ${toScreen((one) => one.readyMs)}   cpu ${toScreen((one) => one.cpuMs)}
  tasks over 50 ms: ${Math.max(...full.map((one) => one.longTasks))} in the worst opening, ${times.longTasks} in all steps; rows in the page at most: ${rowsMax}`);
    for (const [name, taken] of steps) {
      const control = times.bareSteps.get(name);
      const beside = control === undefined ? '' : `, a bare list ${spell(control)}`;
      console.log(`  ${name}: ${spell(taken)} ms from the input to its frame${beside}`);
    }
  }
}

async function sweep(rounds: number): Promise<void> {
  for (const latencyMs of [0, 50]) {
    const plan = { extensionDir: E2E_BUILD, connections: 1_000, rounds, latencyMs };
    const times = await benchSweep(plan);
    console.log(`
Sweep of 1,000 connections, the service answers after ${latencyMs} ms, ${rounds} rounds
  pace of the engine, a bare loop in the same worker being 1: ${spell(ratios(times.bareMs, times.engineMs))}
  engine ${median(times.engineMs).toFixed(0)} ms, bare loop ${median(times.bareMs).toFixed(0)} ms, in flight at most ${times.enginePeak} and ${times.barePeak}`);
  }
}

function spell(values: readonly number[]): string {
  const { median: middle, lowerQuartile, upperQuartile } = spreadOf(values);
  return `${middle.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;
}
