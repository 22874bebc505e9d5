import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opened, putOffUntil, saysOfHost } from '../../lib/domain/breaker.ts';
import type { Health } from '../../lib/domain/health.ts';
import {
  byNeed,
  nextCheckAt,
  spreadAfterSleep,
  wakeWindow,
  type Pace,
} from '../../lib/domain/schedule.ts';
import { aConnection } from '../support/a-connection.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 21);

const paces: fc.Arbitrary<Pace> = fc.record({
  periodMs: fc.constantFrom(5, 15, 30, 60, 240).map((minutes) => minutes * MINUTE),
  isMetered: fc.boolean(),
  chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

const doubted: Health = { kind: 'unverified', doubt: 'timeout', since: NOW, verifiedAt: null };
const failing = (troubles: number, pace: Pace): number =>
  (nextCheckAt({ health: doubted, troubles, methodKind: 'key' }, null, pace, NOW) ?? 0) - NOW;

describe('the back-off', () => {
  it('is drawn from the whole of a bound that doubles, and ends within a period', () => {
    fc.assert(
      fc.property(paces, fc.nat(60), (pace, troubles) => {
        const wait = failing(troubles, pace);
        const period = pace.periodMs * (pace.isMetered ? 12 : 1);
        expect(wait).toBeGreaterThanOrEqual(pace.isMetered ? pace.periodMs : 30_000);
        expect(wait + wakeWindow(pace.periodMs)).toBeLessThanOrEqual(period);
      }),
    );
    const pace = { periodMs: 60 * MINUTE, isMetered: false };
    expect(failing(4, { ...pace, chance: 0 })).toBe(30_000);
    expect(failing(4, { ...pace, chance: 0.999_999 }) / MINUTE).toBeCloseTo(16, 3);
  });

  it('keeps to what the provider asked for, also where an end is known or a key is refused', () => {
    const asked = {
      kind: 'provider-trouble',
      trouble: 'rate-limited',
      retryAt: NOW + 7_200_000,
    } as const;
    const pace = { periodMs: 15 * MINUTE, isMetered: false, chance: 0 };
    const healths: Health[] = [
      doubted,
      { kind: 'expiring', expiresAt: NOW + 1, verifiedAt: NOW },
      { kind: 'reconnect', reason: 'key-rejected', since: NOW, verifiedAt: NOW },
    ];
    for (const health of healths)
      expect(nextCheckAt({ health, troubles: 1, methodKind: 'key' }, asked, pace, NOW)).toBe(
        asked.retryAt,
      );
  });
});

describe('a connection in good health', () => {
  const well = {
    health: { kind: 'active', verifiedAt: NOW },
    troubles: 0,
    methodKind: 'key',
  } as const;

  it('is asked about within a period, the waking’s window with it', () => {
    fc.assert(
      fc.property(paces, fc.nat(120_000), (pace, late) => {
        const next = nextCheckAt({ ...well, nextCheckAt: NOW - late }, null, pace, NOW) ?? 0;
        const period = pace.periodMs * (pace.isMetered ? 12 : 1);
        expect(next).toBeGreaterThan(NOW);
        expect(next + wakeWindow(pace.periodMs) - NOW).toBeLessThanOrEqual(period);
      }),
    );
  });

  it('keeps its own moment, whenever a waking comes to it', () => {
    const pace = { periodMs: 15 * MINUTE, isMetered: false, chance: 0.5 };
    const after = (dueAt: number) => nextCheckAt({ ...well, nextCheckAt: dueAt }, null, pace, NOW);
    expect((after(NOW - 10_000) ?? 0) - (after(NOW - 50_000) ?? 0)).toBe(40_000);
    // Not after a sleep, or it would be asked about again at once.
    expect(after(NOW - 3_600_000)).toBe(after(NOW));
  });

  it('is asked about twelve times less often where the provider bills it', () => {
    const pace = { periodMs: 15 * MINUTE, isMetered: true, chance: 0 };
    expect(((nextCheckAt(well, null, pace, NOW) ?? 0) - NOW) / MINUTE).toBeGreaterThan(160);
  });
});

describe('after a sleep', () => {
  const waiting = (count: number, overdue: number) =>
    Array.from({ length: count }, (_, at) =>
      aConnection({ id: `${at}`, nextCheckAt: NOW - overdue + at }),
    );

  it('a dozen are asked about at once and the others one after another, in their order', () => {
    const all = waiting(300, 8 * 3_600_000);
    const spread = spreadAfterSleep(all, 15 * MINUTE, NOW);
    expect(all.filter((one) => !spread.has(one)).map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 12 }, (_, at) => at),
    );
    const moments = [...spread.values()];
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(Math.max(...moments)).toBe(NOW + 225_000);
  });

  it('never takes longer than five minutes; without one, nobody waits', () => {
    expect(Math.max(...spreadAfterSleep(waiting(50, 3_600_000), 240 * MINUTE, NOW).values())).toBe(
      NOW + 5 * MINUTE,
    );
    expect(spreadAfterSleep(waiting(300, 60_000), 15 * MINUTE, NOW).size).toBe(0);
  });

  it('those come first that were refused once, then tokens that are about to end', () => {
    const grant = { scopesAsked: [], scopesGiven: null, grantedAt: 0, isRenewable: true };
    const all = [
      aConnection({ id: 'old', nextCheckAt: 1 }),
      aConnection({ id: 'ended', nextCheckAt: 2, grant: { ...grant, accessEndsAt: NOW - 1 } }),
      aConnection({
        id: 'ending',
        nextCheckAt: 3,
        grant: { ...grant, accessEndsAt: NOW + 60_000 },
      }),
      aConnection({ id: 'suspect', nextCheckAt: 4, health: { ...doubted, doubt: 'suspect' } }),
    ];
    expect(all.toSorted((a, b) => byNeed(a, b, NOW)).map(({ id }) => id)).toEqual([
      'suspect',
      'ending',
      'old',
      'ended',
    ]);
  });
});

describe('the breaker', () => {
  it('is open for half a period at most, and those who were put off are asked within one', () => {
    fc.assert(
      fc.property(paces, fc.nat(30), (pace, times) => {
        const trouble = opened({ times, until: NOW }, pace, NOW);
        expect(trouble.until - NOW).toBeGreaterThanOrEqual(30_000);
        expect(trouble.until - NOW).toBeLessThanOrEqual(pace.periodMs / 2);
        expect(putOffUntil(trouble, pace)).toBeGreaterThan(trouble.until);
        expect(putOffUntil(trouble, pace) - NOW).toBeLessThan(pace.periodMs);
      }),
    );
  });

  it.each([
    ['down', { kind: 'provider-trouble', trouble: 'timeout', retryAt: null }],
    ['down', { kind: 'provider-trouble', trouble: 'rate-limited', retryAt: null }],
    ['up', { kind: 'provider-trouble', trouble: 'refused', retryAt: null }],
    ['up', { kind: 'rejected', reason: 'key-rejected' }],
    ['up', { kind: 'limited' }],
    [null, { kind: 'offline' }],
    [null, { kind: 'permission-missing' }],
    [null, { kind: 'unreadable' }],
  ] as const)('hears %s', (said, verdict) => {
    expect(saysOfHost(verdict)).toBe(said);
  });
});
