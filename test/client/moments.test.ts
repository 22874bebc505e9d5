import { beforeAll, expect, it } from 'vitest';
import { absoluteText, relativeText } from '../../lib/client/moments.ts';
import { installMessages } from '../../lib/client/translate.ts';
import { english } from './options-world.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

beforeAll(() => installMessages(english, 'en-GB'));

it.each([
  [0, 'just now'],
  [-59_999, 'just now'],
  [-4 * MINUTE, '4 min ago'],
  [-119 * MINUTE, '1 h ago'],
  [-DAY, '1 day ago'],
  [-9 * DAY, '9 days ago'],
  [6 * DAY, 'in 6 days'],
  [90 * MINUTE, 'in 1 h'],
  [-400 * DAY, '1 year ago'],
])('says %i ms from now as %s', (distance, expected) => {
  expect(relativeText(NOW + distance, NOW)).toBe(expected);
});

it('says an exact moment with its day and time', () => {
  expect(absoluteText(NOW)).toMatch(/2026.*\d:\d\d/);
});
