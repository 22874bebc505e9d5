import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveHealth, nearEnd, verifiedAt, type Health } from '../../lib/domain/health.ts';
import type { Verdict } from '../../lib/domain/verdict.ts';

const NOW = 2_000_000;
const identity = { id: '1', label: 'alice', workspace: null };

const HEALTHS: Record<string, Health> = {
  unauthorized: { kind: 'unauthorized' },
  active: { kind: 'active', verifiedAt: 1_000 },
  expiring: { kind: 'expiring', expiresAt: 3_000_000, verifiedAt: 1_000 },
  unverified: { kind: 'unverified', doubt: 'timeout', since: 1_500, verifiedAt: 1_000 },
  suspect: { kind: 'unverified', doubt: 'suspect', since: 1_500, verifiedAt: 1_000 },
  reconnect: { kind: 'reconnect', reason: 'revoked', since: 1_500, verifiedAt: 1_000 },
};

const VERDICTS: Record<string, Verdict> = {
  valid: { kind: 'valid', identity, expiresAt: null },
  ending: { kind: 'valid', identity, expiresAt: 2_500_000 },
  revoked: { kind: 'rejected', reason: 'revoked' },
  interrupted: { kind: 'rejected', reason: 'interrupted' },
  refused: { kind: 'rejected', reason: 'key-rejected' },
  expired: { kind: 'rejected', reason: 'expired' },
  trouble: { kind: 'provider-trouble', trouble: 'server-error', retryAt: null },
  offline: { kind: 'offline' },
  misconfigured: { kind: 'misconfigured', code: 'invalid_client' },
  limited: { kind: 'limited' },
  unreadable: { kind: 'unreadable' },
  permission: { kind: 'permission-missing' },
};

/** What each health becomes by each verdict, by name; a doubt is written as `unverified/<doubt>`. */
const TABLE: readonly [health: string, verdict: string, expected: string][] = [
  ['active', 'valid', 'active'],
  ['active', 'ending', 'expiring'],
  ['active', 'revoked', 'reconnect/revoked'],
  ['active', 'interrupted', 'reconnect/interrupted'],
  ['active', 'refused', 'unverified/suspect'],
  ['active', 'expired', 'unverified/suspect'],
  ['active', 'trouble', 'unverified/server-error'],
  ['active', 'offline', 'unverified/offline'],
  ['active', 'misconfigured', 'unverified/misconfigured'],
  ['active', 'limited', 'unverified/limited'],
  ['active', 'unreadable', 'unverified/unreadable'],
  ['active', 'permission', 'unverified/permission-missing'],
  ['expiring', 'trouble', 'expiring'],
  ['expiring', 'valid', 'active'],
  ['expiring', 'refused', 'unverified/suspect'],
  ['unverified', 'valid', 'active'],
  ['unverified', 'refused', 'unverified/suspect'],
  ['unverified', 'offline', 'unverified/offline'],
  ['suspect', 'refused', 'reconnect/key-rejected'],
  ['suspect', 'expired', 'reconnect/expired'],
  ['suspect', 'trouble', 'unverified/server-error'],
  ['suspect', 'valid', 'active'],
  ['reconnect', 'valid', 'active'],
  ['reconnect', 'trouble', 'reconnect/revoked'],
  ['reconnect', 'offline', 'reconnect/revoked'],
  ['reconnect', 'refused', 'reconnect/revoked'],
  ['unauthorized', 'refused', 'unauthorized'],
  ['unauthorized', 'trouble', 'unauthorized'],
  ['unauthorized', 'valid', 'active'],
];

function spell(health: Health): string {
  if (health.kind === 'unverified') return `unverified/${health.doubt}`;
  return health.kind === 'reconnect' ? `reconnect/${health.reason}` : health.kind;
}

describe('moveHealth', () => {
  it.each(TABLE)('moves %s by %s to %s', (health, verdict, expected) => {
    const before = HEALTHS[health];
    const heard = VERDICTS[verdict];
    if (before === undefined || heard === undefined) throw new Error('no such row');
    expect(spell(moveHealth(before, heard, NOW))).toBe(expected);
  });

  const anyHealth = fc.constantFrom(...Object.values(HEALTHS));
  const anyVerdict = fc.constantFrom(...Object.values(VERDICTS));

  it('turns red by a rejection alone', () => {
    fc.assert(
      fc.property(anyHealth, anyVerdict, (health, verdict) => {
        const after = moveHealth(health, verdict, NOW);
        const hasTurned = after.kind === 'reconnect' && health.kind !== 'reconnect';
        expect(hasTurned && verdict.kind !== 'rejected').toBe(false);
      }),
    );
  });

  it('never turns red by troubles, however many', () => {
    const troubles = anyVerdict.filter(({ kind }) => kind !== 'rejected');
    fc.assert(
      fc.property(fc.array(troubles, { maxLength: 60 }), (verdicts) => {
        const end = verdicts.reduce<Health>(
          (health, verdict, at) => moveHealth(health, verdict, NOW + at),
          { kind: 'active', verifiedAt: NOW },
        );
        expect(end.kind).not.toBe('reconnect');
      }),
    );
  });

  it('never wipes or turns back the last good time', () => {
    fc.assert(
      fc.property(anyHealth, anyVerdict, (health, verdict) => {
        const before = verifiedAt(health);
        const after = verifiedAt(moveHealth(health, verdict, NOW));
        expect(after ?? -1).toBeGreaterThanOrEqual(before ?? -1);
      }),
    );
  });

  it('needs two refusals of a key that follow one another', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('refused', 'trouble', 'valid')), (names) => {
        let health: Health = { kind: 'active', verifiedAt: NOW };
        let inARow = 0;
        for (const name of names) {
          const verdict = VERDICTS[name];
          if (verdict === undefined) continue;
          const wasRed = health.kind === 'reconnect';
          inARow = name === 'refused' ? inARow + 1 : name === 'valid' ? 0 : wasRed ? inARow : 0;
          health = moveHealth(health, verdict, NOW);
          expect(wasRed || (health.kind === 'reconnect') === inARow >= 2).toBe(true);
        }
      }),
    );
  });
});

describe('nearEnd', () => {
  const DAY = 86_400_000;
  it.each([
    ['an hour’s token with half an hour left', 3_600_000, 1_800_000, false],
    ['an hour’s token with ten minutes left', 3_600_000, 600_000, true],
    ['a year’s token with 15 days left', 365 * DAY, 15 * DAY, false],
    ['a year’s token with 13 days left', 365 * DAY, 13 * DAY, true],
  ])('says of %s whether it is near', (_, life, left, isNear) => {
    const token = { obtainedAt: NOW, accessEndsAt: NOW + life };
    expect(nearEnd(token, NOW + life - left)).toBe(isNear ? NOW + life : null);
  });
});
