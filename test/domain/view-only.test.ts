import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  managedOf,
  NOTHING_MANAGED,
  LOCK_PASSPHRASE_MIN,
  problemOfNew,
  refusalOf,
  viewOnlyOf,
  waitLeft,
} from '../../lib/domain/view-only.ts';

const LOCK = { wrongTries: 0, triedAt: 0 };
const NOW = 1_000_000_000;

describe('whether changes are locked', () => {
  it.each([
    [null, {}, 'off', null],
    [LOCK, {}, 'passphrase', 'view-only'],
    [null, { viewOnly: true }, 'organisation', 'view-only-organisation'],
    [LOCK, { viewOnly: true }, 'organisation', 'view-only-organisation'],
    [LOCK, { viewOnly: false }, 'passphrase', 'view-only'],
  ] as const)('with the lock %j and %j set by the organisation', (lock, stored, kind, code) => {
    const viewOnly = viewOnlyOf(lock, managedOf(stored));
    expect(viewOnly.kind).toBe(kind);
    expect(refusalOf(viewOnly)).toBe(code);
  });

  it.each([
    undefined,
    null,
    'true',
    1,
    [],
    { viewOnly: 'true' },
    { viewOnly: 1 },
    { viewonly: true },
  ])('is not said by %j in managed storage', (stored) => {
    expect(managedOf(stored)).toEqual(NOTHING_MANAGED);
  });

  it('names the organisation, cut, where it says its name', () => {
    const name = (organisation: unknown) =>
      managedOf({ viewOnly: true, organisation }).organisation;
    expect([name(' Acme IT '), name('  '), name(7), name(undefined)]).toEqual([
      'Acme IT',
      null,
      null,
      null,
    ]);
    expect(name('x'.repeat(10_000))).toBe('x'.repeat(100));
  });
});

describe('a new passphrase', () => {
  it('is long enough, and typed twice the same', () => {
    const good = 'x'.repeat(LOCK_PASSPHRASE_MIN);
    expect(problemOfNew(good, good)).toBe(null);
    expect(problemOfNew(good, `${good}.`)).toBe('passphrase-differs');
    expect(problemOfNew(good.slice(1), good.slice(1))).toBe('passphrase-short');
  });
});

describe('the wait after wrong tries', () => {
  const after = (wrongTries: number): number =>
    waitLeft({ ...LOCK, wrongTries, triedAt: NOW }, NOW);

  it('doubles with each one after the third, up to a quarter of an hour', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 1000].map(after)).toEqual([
      0,
      0,
      0,
      10_000,
      20_000,
      40_000,
      640_000,
      15 * 60_000,
      15 * 60_000,
    ]);
  });

  it('runs out with the time, and is never longer than it was, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: -1e12, max: 1e12 }), (wrongTries, passed) => {
        const left = waitLeft({ ...LOCK, wrongTries, triedAt: NOW }, NOW + passed);
        const whole = after(wrongTries);
        expect(left).toBe(Math.min(whole, Math.max(0, whole - passed)));
      }),
    );
  });
});
