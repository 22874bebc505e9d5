import { describe, expect, it } from 'vitest';
import { decidingCheck, isDecidingGone, type CheckRecord } from '../../lib/domain/check-record.ts';
import type { Health } from '../../lib/domain/health.ts';

const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null };
const EXPIRING: Health = { kind: 'expiring', expiresAt: 9, verifiedAt: 0 };

/** Checks from the newest on, each at another moment: verdict and the health after it. */
function checks(
  ...some: readonly (readonly [CheckRecord['verdict'], CheckRecord['health']])[]
): CheckRecord[] {
  return some.map(([verdict, health], place) => ({
    connectionId: 'c-1',
    at: some.length - place,
    tookMs: 1,
    trigger: 'sweep',
    asked: 'GET api.example.com/me',
    status: 200,
    verdict,
    reason: null,
    words: null,
    health,
  }));
}

describe('the check that decided a health', () => {
  it.each([
    [
      'is the refusal, not the trouble after it',
      BROKEN,
      checks(['provider-trouble', 'reconnect'], ['rejected', 'reconnect'], ['valid', 'active']),
      1,
    ],
    [
      'is the newest refusal',
      BROKEN,
      checks(['rejected', 'reconnect'], ['rejected', 'reconnect']),
      0,
    ],
    [
      'is not of an earlier break',
      BROKEN,
      checks(['offline', 'reconnect'], ['valid', 'active'], ['rejected', 'reconnect']),
      undefined,
    ],
    [
      'is not kept any more',
      BROKEN,
      checks(['provider-trouble', 'reconnect'], ['offline', 'reconnect']),
      undefined,
    ],
    [
      'is the answer that told the end',
      EXPIRING,
      checks(['provider-trouble', 'expiring'], ['valid', 'expiring']),
      1,
    ],
    [
      'is the newest of a doubt',
      { kind: 'unverified', doubt: 'offline', since: 0, verifiedAt: 0 } as const,
      checks(['offline', 'unverified'], ['provider-trouble', 'unverified']),
      0,
    ],
    ['is none where there was none', BROKEN, [], undefined],
  ])('%s', (_, health, all, place) => {
    expect(decidingCheck(health, all)).toBe(place === undefined ? undefined : all[place]);
  });
});

describe('that it is not kept any more', () => {
  const LOST: Health = { ...BROKEN, reason: 'interrupted' };

  it.each([
    ['is said of a refusal', BROKEN, checks(['offline', 'reconnect']), true],
    ['is not where it is kept', BROKEN, checks(['rejected', 'reconnect']), false],
    ['is not where nothing is', BROKEN, [], false],
    ['is not where secrets were deleted without one', LOST, checks(['valid', 'active']), false],
    ['is of a renewal that was cut off', LOST, checks(['offline', 'reconnect']), true],
  ])('%s', (_, health, all, isGone) => {
    expect(isDecidingGone(health, all)).toBe(isGone);
  });
});
