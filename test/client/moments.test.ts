import { beforeAll, expect, it } from 'vitest';
import { absoluteText, relativeText } from '../../lib/client/moments.ts';
import { installMessages } from '../../lib/client/translate.ts';
import { english } from './options-world.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

beforeAll(() => installMessages(english));

it.each([
  [0, 'now'],
  [-59_999, 'now'],
  [-4 * MINUTE, '4 minutes ago'],
  [-119 * MINUTE, '1 hour ago'],
  [-DAY, 'yesterday'],
  [-9 * DAY, '9 days ago'],
  [6 * DAY, 'in 6 days'],
  [-400 * DAY, 'last year'],
])('says %i ms from now as %s', (distance, expected) => {
  expect(relativeText(NOW + distance, NOW)).toBe(expected);
});

it('says an exact moment with its day and time', () => {
  expect(absoluteText(NOW)).toMatch(/2026.*\d:\d\d/);
});
