import { benchPopup, EMPTY } from './popup/popup-bench.ts';
import { median, ratios, spreadOf } from './statistics.ts';
const [rounds = '3', ...sizes] = process.argv.slice(2);
setTimeout(() => {
  console.log('TIMEOUT');
  process.exit(1);
}, 580000).unref();
const o = await benchPopup({
  extensionDir: process.env['EXT'] ?? '/tmp/bench-ext',
  scratchDir: '/tmp/bench-scratch',
  sizes: sizes.length ? sizes.map(Number) : [10, 1000, 10000],
  rounds: +rounds,
  onRound: (r) => process.stdout.write(`${r} `),
});
console.log();
const e = o.get(EMPTY)!;
for (const [name, list] of o) {
  const line = [name.padEnd(20)];
  for (const k of ['readyMs', 'windowMs', 'cpuMs', 'heapBytes', 'clickMs'] as const) {
    const sp = spreadOf(
      ratios(
        list.map((x) => x[k]),
        e.map((x) => x[k]),
      ),
    );
    line.push(
      `${k} ${sp.median.toFixed(2)} [${sp.lowerQuartile.toFixed(2)}–${sp.upperQuartile.toFixed(2)}] (${median(list.map((x) => x[k])).toFixed(1)})`,
    );
  }
  line.push(
    `els ${list[0]!.elements} req ${list[0]!.requests} long ${list.map((x) => x.longTasks).join('')}`,
  );
  console.log(line.join('  '));
}
process.exit(0);
