import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import {
  countDays,
  dayOf,
  lastDays,
  marked,
  markOf,
  noonOf,
  type DayStrip,
} from '../../lib/domain/day-strip.ts';
import type { Health } from '../../lib/domain/health.ts';
import { aConnection } from '../support/a-connection.ts';

const noon = (date: number): number => new Date(2026, 9, date, 12).getTime();

/** A connection as a check at a moment left it. */
function checked(at: number, health: Health = { kind: 'active', verifiedAt: at }): Connection {
  return aConnection({ checkedAt: at, health });
}
const broken = (since: number): Health => ({
  kind: 'reconnect',
  reason: 'revoked',
  since,
  verifiedAt: null,
});
const doubted = (since: number, doubt: 'timeout' | 'offline' = 'timeout'): Health => ({
  kind: 'unverified',
  doubt,
  since,
  verifiedAt: null,
});

/** The strip after these states of one connection, one after another. */
function stripOf(...states: readonly Connection[]): DayStrip | undefined {
  let strip: DayStrip | undefined;
  for (const [at, after] of states.entries()) {
    const mark = markOf({ before: states[at - 1] ?? null, after });
    if (mark !== null) strip = marked(strip, mark);
  }
  return strip;
}

describe('a strip', () => {
  it('is marked by the first check of a day, and by worse ones alone', () => {
    const morning = noon(10) - 3_600_000;
    const first = { before: checked(noon(9)), after: checked(morning) };
    const same = { before: checked(morning), after: checked(noon(10)) };
    const worse = { before: checked(morning), after: checked(noon(10), doubted(noon(10))) };
    const better = { before: worse.after, after: checked(noon(10) + 9) };
    expect([first, same, worse, better].map((change) => markOf(change)?.state ?? null)).toEqual([
      'good',
      null,
      'doubt',
      null,
    ]);
  });

  it('keeps the worst of each day', () => {
    const at = noon(10);
    const strip = stripOf(
      checked(at),
      checked(at + 1, broken(at + 1)),
      checked(at + 2),
      checked(noon(11)),
    );
    expect(strip).toMatchObject({ lastDay: dayOf(noon(11)), states: '41' });
  });

  it('was broken all the days until it was mended, and not watched where the browser was closed', () => {
    const strip = stripOf(
      checked(noon(1)),
      checked(noon(2), broken(noon(2))),
      checked(noon(5)),
      checked(noon(8)),
    );
    expect(strip?.states).toBe('14444001');
  });

  it('says nothing of days on which this computer was offline', () => {
    const strip = stripOf(checked(noon(1)), checked(noon(2), doubted(noon(2), 'offline')));
    expect(strip?.states).toBe('1');
  });

  it('holds 90 days, however long it goes on', () => {
    const states = Array.from({ length: 200 }, (_, day) => checked(noon(1 + day)));
    expect(stripOf(...states)?.states).toHaveLength(90);
    expect(stripOf(checked(noon(1)), checked(noon(150)))?.states).toBe('1');
  });

  it('takes a mark of an earlier day when a clock was put back', () => {
    const strip = { connectionId: 'c', lastDay: 100, states: '111' };
    const mark = { connectionId: 'c', day: 99, state: 'doubt', since: 'unwatched' } as const;
    expect(marked(strip, mark).states).toBe('131');
    expect(marked(strip, { ...mark, day: 90 })).toBe(strip);
  });
});

describe('the last 90 days', () => {
  it('end today, which is no better than the connection is now', () => {
    const strip = stripOf(checked(noon(10)), checked(noon(11)));
    const now = noon(12);
    const idle = lastDays(strip, checked(noon(11)), now);
    expect(idle).toHaveLength(90);
    expect(idle.slice(-3)).toEqual(['good', 'good', 'unwatched']);
    expect(lastDays(strip, checked(now, doubted(now)), now).at(-1)).toBe('doubt');
    expect(lastDays(undefined, checked(now), now).at(-1)).toBe('good');
  });

  it('are broken since it broke, though a dead grant is asked about no more', () => {
    const strip = stripOf(checked(noon(10)), checked(noon(11), broken(noon(11))));
    const days = lastDays(strip, checked(noon(11), broken(noon(11))), noon(14));
    expect(countDays(days)).toEqual({ unwatched: 85, good: 1, paused: 0, doubt: 0, broken: 4 });
  });
});

it('days follow one another over a change of clocks', () => {
  const days = Array.from({ length: 400 }, (_, day) => dayOf(new Date(2026, 0, 1 + day).getTime()));
  expect(days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1)).toBe(true);
  expect(dayOf(noonOf(days[200] ?? 0))).toBe(days[200]);
});
