import { describe, expect, it } from 'vitest';
import { entityTag, notBefore, statedEnd } from '../../lib/domain/server-pace.ts';
import { json } from '../support/fake-ports.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const S = 1_000;
const DAY = 86_400 * S;

describe('when a server wants to be asked again', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'retry-after': '120' }, 120 * S],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:10:00 GMT' }, 600 * S],
    ['a date gone by', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
    ['an absurd time', { 'retry-after': '99999999999' }, DAY],
    ['less than nothing', { 'retry-after': '-5' }, 0],
    ['no time at all', { 'retry-after': 'soon' }, null],
    ['the interval of a poll', { 'x-poll-interval': '90' }, 90 * S],
    ['the longer of two', { 'x-poll-interval': '90', 'retry-after': '30' }, 90 * S],
    [
      'a spent budget, until a moment',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / S + 300}` },
      300 * S,
    ],
    [
      'a spent budget, for a while',
      { 'ratelimit-remaining': '0', 'ratelimit-reset': '45' },
      45 * S,
    ],
    [
      'a budget with something left',
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '300' },
      null,
    ],
    ['the draft, spent', { ratelimit: '"burst";r=0;t=30, "day";r=12;t=9000' }, 30 * S],
    ['the draft, with something left', { ratelimit: '"default";r=50;t=30' }, null],
    ['nothing', {}, null],
  ])('%s', (_, headers, wait) => {
    const at = notBefore(json({}, 200, headers), NOW);
    expect(at === null ? null : at - NOW).toBe(wait);
  });
});

describe('the end of a credential in a header', () => {
  const end = (value: string) => statedEnd(json({}, 200, { ends: value }), 'Ends', NOW);
  it.each([
    ['2026-12-01 12:00:00 UTC', Date.UTC(2026, 11, 1, 12)],
    ['2026-12-01 12:00:00 +0500', Date.UTC(2026, 11, 1, 7)],
    ['2026-12-01T12:00:00Z', Date.UTC(2026, 11, 1, 12)],
  ])('%s', (value, at) => {
    expect(end(value)).toBe(at);
  });

  it.each(['never', '', '2026-11-21 11:00:00 UTC', '2026-11-21 12:00:05 UTC'])(
    'is none: %s',
    (value) => {
      expect(end(value)).toBeNull();
    },
  );
});

describe('an entity tag', () => {
  it.each(['"abc"', 'W/"abc"'])('%s', (etag) => {
    expect(entityTag(json({}, 200, { etag }))).toBe(etag);
  });

  it.each(['abc', '""', '"a"b"', `"${'x'.repeat(300)}"`])('is none: %s', (etag) => {
    expect(entityTag(json({}, 200, { etag }))).toBeNull();
  });
});
