import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayEndingAt, endOfDay } from '../../lib/domain/calendar-day.ts';
import { statedDayProblem, statedDays } from '../../lib/domain/stated-days.ts';
import { nearStatedEnd, restated, type Health } from '../../lib/domain/health.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY = 24 * 60 * 60 * 1000;

describe('the stated end of a key', () => {
  it.each([
    ['none', undefined, null],
    ['15 days away', NOW + 15 * DAY, null],
    ['14 days away', NOW + 14 * DAY, NOW + 14 * DAY],
    ['tomorrow', NOW + DAY, NOW + DAY],
    ['over, though the provider accepts it', NOW - 1, null],
  ])('%s', (_, statedEndAt, expected) => {
    expect(nearStatedEnd(statedEndAt, NOW)).toBe(expected);
  });

  const active: Health = { kind: 'active', verifiedAt: 5 };
  const expiring: Health = { kind: 'expiring', expiresAt: NOW + DAY, verifiedAt: 5 };
  const broken: Health = { kind: 'reconnect', reason: 'key-rejected', since: 1, verifiedAt: 5 };
  it.each([
    ['warns of what works', active, NOW + 3 * DAY, { ...expiring, expiresAt: NOW + 3 * DAY }],
    ['takes the warning back', expiring, undefined, active],
    ['leaves what is broken alone', broken, NOW + DAY, broken],
  ])('%s at once', (_, health, statedEndAt, expected) => {
    expect(restated(health, statedEndAt, NOW)).toEqual(expected);
  });
});

describe('a last day as it is typed', () => {
  const now = new Date(2026, 10, 21, 12).getTime();
  it.each([
    ['', null],
    ['2026-11-21', null],
    ['2076-12-31', null],
    ['2026-11-20', 'out-of-range'],
    ['0202-12-31', 'out-of-range'],
    ['2077-01-01', 'out-of-range'],
    ['20261-12-31', 'out-of-range'],
  ])('%j: %s', (day, expected) => {
    expect(statedDayProblem({ day, isUnfinished: false }, now)).toBe(expected);
  });

  it('is not taken before it is finished, and today is the first, from its first moment to its last', () => {
    expect(statedDayProblem({ day: '', isUnfinished: true }, now)).toBe('unfinished');
    const midnight = new Date(2026, 10, 21).getTime();
    expect([midnight, midnight + DAY - 1].map((at) => statedDays(at).first)).toEqual([
      '2026-11-21',
      '2026-11-21',
    ]);
  });
});

describe('a day of the calendar', () => {
  it('ends where the next begins', () => {
    expect(endOfDay('2026-12-31')).toBe(new Date(2027, 0, 1).getTime());
  });

  it.each(['', '2026-02-30', '2026-13-01', '21.11.2026', '2026-11-21T00:00'])(
    '%j is none',
    (text) => {
      expect(endOfDay(text)).toBeNull();
    },
  );

  it('comes back from its end, whichever it is', () => {
    const day = fc.date({
      min: new Date(2000, 0, 1),
      max: new Date(2200, 0, 1),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, (date) => {
        const text = dayEndingAt(date.getTime() + 1);
        expect(dayEndingAt(endOfDay(text) ?? 0)).toBe(text);
      }),
    );
  });
});
