import { parseArgs } from 'node:util';
import { openForPerson } from './open-for-person.ts';
import { runTour } from './tour.ts';

const { values } = parseArgs({ options: { headless: { type: 'boolean', default: false } } });

/** Linux alone can be without a display. */
function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

if (values.headless || !hasDisplay()) {
  if (!values.headless) console.log('There is no display: running the tour instead.');
  process.exitCode = await runTour();
} else {
  await openForPerson();
}
