/**
 * `npm run bench`: each figure is a ratio to a control of the same round. `-- --quick` runs fewer
 * rounds, `-- popup` or `-- sweep` one of the two. It judges nothing.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { E2E_BUILD } from '../support/browser/require-build.ts';
import type { Opening } from './popup/opening.ts';
import { benchPopup } from './popup/popup-bench.ts';
import { median, ratios, spreadOf } from './statistics.ts';
import { benchSweep } from './sweep/sweep-bench.ts';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wants = (what: string): boolean => positionals.length === 0 || positionals.includes(what);
/** As it is shipped; the sweep alone needs the build that may reach loopback. */
const SHIPPED = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
const COUNTS = [10, 1_000, 10_000];

const model = cpus()[0]?.model ?? 'unknown processor';
console.log(`Node ${process.version}, ${cpus().length} × ${model}\n`);
if (wants('popup')) await popup(values.quick ? 5 : 15);
if (wants('sweep')) await sweep(values.quick ? 3 : 7);

async function popup(rounds: number): Promise<void> {
  const found = await benchPopup({ extensionDir: SHIPPED, counts: COUNTS, rounds });
  const { empty } = found;
  console.log(
    `Popup, workers stopped, ${rounds} rounds; ratios to an empty popup of the same round`,
  );
  const readyMs = median(empty.map((one) => one.readyMs));
  console.log(`empty: ready ${readyMs.toFixed(0)} ms, the rest is relative to it\n`);
  const rows: [string, readonly Opening[]][] = [
    ['empty again (noise)', found.emptyAgain],
    ...[...found.byCount].map(([count, openings]): [string, readonly Opening[]] => [
      `${count} connections`,
      openings,
    ]),
  ];
  for (const [label, openings] of rows) {
    const of = (figure: (one: Opening) => number): string =>
      spell(ratios(openings.map(figure), empty.map(figure)));
    const last = openings.at(-1);
    console.log(`${label}
  ready ${of((one) => one.readyMs)}   load ${of((one) => one.loadMs)}
  cpu   ${of((one) => one.cpuMs)}   heap ${of((one) => one.heapBytes)}
  ${last?.nodes} nodes, ${last?.rows} rows`);
  }
}

async function sweep(rounds: number): Promise<void> {
  for (const latencyMs of [0, 50]) {
    const times = await benchSweep({
      extensionDir: E2E_BUILD,
      connections: 1_000,
      rounds,
      latencyMs,
    });
    const share = spell(ratios(times.bareMs, times.engineMs));
    console.log(`
Sweep of 1,000 connections, service answers after ${latencyMs} ms, ${rounds} rounds
  checks of the engine to those of a bare loop in the same time: ${share}
  engine ${median(times.engineMs).toFixed(0)} ms, bare loop ${median(times.bareMs).toFixed(0)} ms; in flight at most ${times.enginePeak} and ${times.barePeak}`);
  }
}

function spell(values: readonly number[]): string {
  const { median: middle, lowerQuartile, upperQuartile } = spreadOf(values);
  return `${middle.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;
}
