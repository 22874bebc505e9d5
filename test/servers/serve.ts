/**
 * Starts the practice services and keeps them until it is told to stop:
 * `tsx test/servers/serve.ts [--port-base 4810] [--out DIR] [--redirect URL]…`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPracticeFrom } from './fixed-ports.ts';

const { values } = parseArgs({
  options: {
    'port-base': { type: 'string', default: '4810' },
    out: { type: 'string' },
    redirect: { type: 'string', multiple: true, default: [] },
  },
});

const practice = await startPracticeFrom(Number(values['port-base']), {
  redirectUrls: values.redirect,
});
for (const [service, origin] of Object.entries(practice.origins))
  console.log(`${service.padEnd(14)} ${origin}`);
if (values.out !== undefined) {
  mkdirSync(values.out, { recursive: true });
  for (const definition of Object.values(practice.definitions)) {
    const file = join(values.out, `${definition.id}.json`);
    writeFileSync(file, `${JSON.stringify(definition, null, 2)}\n`);
    console.log(`definition     ${file}`);
  }
}
console.log(`Practice desk: ${practice.origins.desk}/`);

const stop = () => void practice.stop().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
