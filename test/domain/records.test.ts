import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsOf,
  moveTotals,
  NO_COUNTS,
  sortName,
  type Connection,
  type Totals,
} from '../../lib/domain/connection.ts';
import { reveal, secret } from '../../lib/domain/credential.ts';
import type { Health } from '../../lib/domain/health.ts';
import { badgeFace, isWorthTelling, planNotices } from '../../lib/domain/notice.ts';
import { ALL, find, type Finding, type Query } from '../../lib/domain/query.ts';
import { needsRefresh, nextCheckAt } from '../../lib/domain/schedule.ts';
import { aConnection } from '../support/a-connection.ts';
import { select } from './select.ts';

const RED: Health = { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: null };
const GREEN: Health = { kind: 'active', verifiedAt: 1 };

describe('totals', () => {
  it('equal a recount after any changes', () => {
    const anyConnection = fc
      .tuple(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.constantFrom('production', 'staging'),
        fc.constantFrom(RED, GREEN),
      )
      .map(([id, environmentId, health]) => aConnection({ id, environmentId, health }));
    fc.assert(
      fc.property(fc.array(fc.tuple(anyConnection, fc.boolean())), (steps) => {
        const stored = new Map<string, Connection>();
        let totals: Totals = { byEnvironment: {} };
        for (const [connection, isDeleted] of steps) {
          const before = stored.get(connection.id) ?? null;
          const after = isDeleted ? null : connection;
          totals = moveTotals(totals, [{ before, after }]);
          if (after === null) stored.delete(connection.id);
          else stored.set(connection.id, after);
        }
        for (const environmentId of [null, 'production', 'staging']) {
          const counted = { ...NO_COUNTS };
          for (const one of stored.values())
            if (environmentId === null || one.environmentId === environmentId)
              counted[one.health.kind] += 1;
          expect(countsOf(totals, environmentId)).toEqual(counted);
        }
      }),
    );
  });
});

describe('notices', () => {
  const broken = (ids: string[]) =>
    new Map(ids.map((id) => [id, aConnection({ id, health: RED })]));

  it('are worth telling when red begins or ends', () => {
    const green = aConnection({ health: GREEN });
    const red = aConnection({ health: RED });
    expect(isWorthTelling({ before: green, after: red })).toBe(true);
    expect(isWorthTelling({ before: red, after: green })).toBe(true);
    expect(isWorthTelling({ before: red, after: null })).toBe(true);
    expect(isWorthTelling({ before: red, after: red })).toBe(false);
    expect(isWorthTelling({ before: null, after: green })).toBe(false);
  });

  it('speak of one by itself, of many in a group, and of nothing twice', () => {
    const one = planNotices(['a'], broken(['a']), {}, 'group');
    expect(one.show.map(({ id }) => id)).toEqual(['connection:a']);
    expect(planNotices(['a'], broken(['a']), one.shown, 'group').show).toEqual([]);
    const many = planNotices(['b', 'c'], broken(['a', 'b', 'c']), one.shown, 'group');
    expect(many.show.map(({ id, connections }) => [id, connections.length])).toEqual([
      ['group', 2],
    ]);
  });

  it('shrink and are withdrawn as connections are mended', () => {
    const shown = { group: ['b', 'c'] };
    const some = planNotices(['b'], broken(['c']), shown, 'next');
    expect(some).toMatchObject({ withdraw: [], shown: { group: ['c'] } });
    expect(planNotices(['c'], broken([]), some.shown, 'next').withdraw).toEqual(['group']);
  });

  it('become a badge: a count, a mark, or nothing', () => {
    expect(badgeFace({ ...NO_COUNTS, reconnect: 2, expiring: 1 })).toEqual({
      kind: 'reconnect',
      count: 2,
    });
    expect(badgeFace({ ...NO_COUNTS, expiring: 1 })).toEqual({ kind: 'expiring' });
    expect(badgeFace({ ...NO_COUNTS, unverified: 9, active: 1 })).toEqual({ kind: 'none' });
  });
});

describe('the schedule', () => {
  const pace = { periodMs: 900_000, isMetered: false, chance: 0.5 };
  const next = (health: Health, troubles = 0, askedFor: number | null = null) =>
    nextCheckAt(
      { health, troubles, methodKind: 'oauth2' },
      askedFor === null
        ? null
        : { kind: 'provider-trouble', trouble: 'rate-limited', retryAt: askedFor },
      pace,
      1_000,
    );

  it('asks again within a period, whatever the trouble and however long it lasts', () => {
    for (let troubles = 0; troubles < 40; troubles++) {
      const at = next(
        { kind: 'unverified', doubt: 'timeout', since: 0, verifiedAt: null },
        troubles,
      );
      expect(at).toBeGreaterThan(1_000);
      expect(at).toBeLessThanOrEqual(1_000 + pace.periodMs);
    }
  });
  it('waits as long as a provider asked for', () => {
    const health: Health = {
      kind: 'unverified',
      doubt: 'rate-limited',
      since: 0,
      verifiedAt: null,
    };
    expect(next(health, 1, 5_000_000)).toBe(5_015_000);
  });
  it('asks a refused key again soon, a dead grant never, a refused key now and then', () => {
    expect(next({ kind: 'unverified', doubt: 'suspect', since: 0, verifiedAt: null })).toBe(6_000);
    expect(next(RED)).toBeNull();
    expect(next({ ...RED, reason: 'key-rejected' })).toBeGreaterThan(800_000);
  });
  it('renews a token near its end, and not before', () => {
    const token = { obtainedAt: 0, accessEndsAt: 3_600_000 };
    expect(needsRefresh(token, 2_000_000)).toBe(false);
    expect(needsRefresh(token, 3_000_000)).toBe(true);
    expect(needsRefresh({ obtainedAt: 0, accessEndsAt: null }, 9e15)).toBe(false);
  });
});

describe('a secret', () => {
  it('shows itself to nothing that prints, serialises or spreads', () => {
    const wrapped = secret('canary-value');
    const shown = [
      String(wrapped),
      JSON.stringify({ wrapped }),
      `${wrapped}`,
      JSON.stringify({ ...wrapped }),
    ];
    expect(shown.join()).not.toContain('canary-value');
    expect(JSON.stringify({ wrapped })).toBe('{"wrapped":"[redacted]"}');
    expect(reveal(wrapped)).toBe('canary-value');
    expect(() => structuredClone(wrapped)).toThrow();
  });
});

describe('lists', () => {
  const list = [
    aConnection({ id: '3', name: 'Élan', health: RED, tags: ['ads'], environmentId: 'b' }),
    aConnection({ id: '2', name: 'Zebra 9', health: GREEN, environmentId: 'a' }),
    aConnection({ id: '1', name: 'Zebra 10', health: GREEN, environmentId: 'a' }),
  ];
  const ids = (query: Partial<Query>) => select(list, { ...ALL, ...query }).map(({ id }) => id);

  it('sort names as people do', () => {
    expect(sortName('Zebra 9') < sortName('Zebra 10')).toBe(true);
    expect(ids({ sort: 'name' })).toEqual(['3', '2', '1']);
    expect(ids({ sort: 'name', descending: true })).toEqual(['1', '2', '3']);
  });

  it('show the same, whatever was looked for before', () => {
    const words = ['', 'z', 'ze', 'zebra', 'zebra 1', 'bra', 'ÉL', 'ads', 'x'];
    const query = fc.record({
      text: fc.constantFrom(...words),
      health: fc.constantFrom(null, 'active' as const, 'reconnect' as const),
    });
    fc.assert(
      fc.property(fc.array(query, { minLength: 1 }), (queries) => {
        let before: Finding | null = null;
        for (const one of queries) {
          const found: Finding = find(list, { ...ALL, ...one }, undefined, before);
          expect(found.found).toEqual(find(list, { ...ALL, ...one }).found);
          before = found;
        }
      }),
    );
  });

  it('keep the order of urgency and name among equals, whichever way they are sorted', () => {
    expect(ids({})).toEqual(['3', '2', '1']);
    expect(ids({ descending: true })).toEqual(['1', '2', '3']);
    expect(ids({ sort: 'environment' })).toEqual(['2', '1', '3']);
    expect(ids({ sort: 'environment', descending: true })).toEqual(['3', '2', '1']);
  });

  it('are left as they are', () => {
    const before = list.map(({ id }) => id);
    select(list, { ...ALL, sort: 'name', descending: true });
    expect(list.map(({ id }) => id)).toEqual(before);
  });

  it.each([
    ['elan', ['3']],
    ['ZEBRA 9', ['2']],
    ['ads', ['3']],
    ['alice zebra', ['2', '1']],
    ['nobody', []],
  ])('find %s', (text, expected) => {
    expect(ids({ text })).toEqual(expected);
  });
});
