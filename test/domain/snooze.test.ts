import { describe, expect, it } from 'vitest';
import { countsOf, heardCountsOf, moveTotals } from '../../lib/domain/connection.ts';
import { dueEndNotice } from '../../lib/domain/end-notice.ts';
import type { Health } from '../../lib/domain/health.ts';
import { isWorthTelling, planEndNotices } from '../../lib/domain/notice.ts';
import {
  endedByMending,
  hearingChange,
  hearingChoices,
  hearingChoicesOf,
  snoozeEnd,
} from '../../lib/domain/snooze.ts';
import { aConnection } from '../support/a-connection.ts';

const DAY = 24 * 60 * 60 * 1000;
const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: null };

describe('a snooze', () => {
  it('lasts an hour, until nine in the morning, or until then in a week', () => {
    const now = new Date(2026, 10, 21, 23, 30).getTime();
    expect(snoozeEnd('hour', now) - now).toBe(60 * 60 * 1000);
    expect(new Date(snoozeEnd('tomorrow', now))).toEqual(new Date(2026, 10, 22, 9));
    expect(new Date(snoozeEnd('week', now))).toEqual(new Date(2026, 10, 28, 9));
  });

  it('ends when what was snoozed is mended, and not before', () => {
    const before = aConnection({ health: BROKEN, snoozedUntil: 5 });
    expect(endedByMending(before, aConnection({ snoozedUntil: 5 }))).not.toHaveProperty(
      'snoozedUntil',
    );
    const still = { ...before, checkedAt: 3 };
    expect(endedByMending(before, still)).toBe(still);
  });

  it('takes a connection out of what the badge counts, and out of nothing else', () => {
    const loud = aConnection({ id: 'a', health: BROKEN });
    const snoozed = aConnection({ id: 'b', health: BROKEN, snoozedUntil: 5 });
    const muted = aConnection({ id: 'c', health: BROKEN, isMuted: true });
    const all = [loud, snoozed, muted].map((after) => ({ before: null, after }));
    const totals = moveTotals({ byEnvironment: {} }, all);
    expect(countsOf(totals, null).reconnect).toBe(3);
    expect(heardCountsOf(totals, null).reconnect).toBe(2);
    expect(heardCountsOf(totals, 'staging').reconnect).toBe(0);
    const gone = moveTotals(totals, [{ before: snoozed, after: null }]);
    expect(gone).toEqual({ byEnvironment: { production: { ...countsOf(gone, null) } } });
  });
});

describe('a choice', () => {
  it('comes to a change, and a snooze to the moment of its end', () => {
    const now = new Date(2026, 10, 21, 23, 30).getTime();
    expect(hearingChange('mute', now)).toEqual({ kind: 'mute' });
    expect(hearingChange('unmute', now)).toEqual({ kind: 'unmute' });
    expect(hearingChange('end-snooze', now)).toEqual({ kind: 'end-snooze' });
    expect(hearingChange('tomorrow', now)).toEqual({
      kind: 'snooze',
      until: snoozeEnd('tomorrow', now),
    });
  });
});

describe('what can be chosen', () => {
  const broken = aConnection({ health: BROKEN });
  const snoozed = aConnection({ health: BROKEN, snoozedUntil: 5, isMuted: true });
  const SNOOZES = ['hour', 'tomorrow', 'week'];

  it('for one is to snooze what asks for something, or to end that, and to mute or unmute', () => {
    expect(hearingChoices(aConnection())).toEqual(['mute']);
    expect(hearingChoices(broken)).toEqual([...SNOOZES, 'mute']);
    expect(hearingChoices(snoozed)).toEqual(['end-snooze', 'unmute']);
  });

  it('for several is what changes at least one of them', () => {
    expect(hearingChoicesOf([])).toEqual([]);
    expect(hearingChoicesOf([aConnection(), aConnection()])).toEqual(['mute']);
    expect(hearingChoicesOf([aConnection({ isMuted: true })])).toEqual(['unmute']);
    expect(hearingChoicesOf([aConnection(), snoozed])).toEqual([
      ...SNOOZES,
      'end-snooze',
      'mute',
      'unmute',
    ]);
  });
});

describe('worth telling', () => {
  const broken = aConnection({ health: BROKEN });
  const snoozed = aConnection({ health: BROKEN, snoozedUntil: 5 });
  const muted = aConnection({ health: BROKEN, isMuted: true });
  it.each([
    ['that it broke', aConnection(), broken, true],
    ['that it is mended', broken, aConnection(), true],
    ['that its snooze is over', snoozed, broken, true],
    ['that it was snoozed', broken, snoozed, true],
    ['that it was muted', broken, muted, true],
    ['not that it was unmuted', muted, broken, false],
    ['not what is muted', aConnection({ isMuted: true }), muted, false],
    ['not what is snoozed', aConnection({ snoozedUntil: 5 }), snoozed, false],
  ])('%s', (_name, before, after, expected) => {
    expect(isWorthTelling({ before, after })).toBe(expected);
  });
});

describe('notices of an end', () => {
  const end = 100 * DAY;
  const ending = (more: object = {}) =>
    aConnection({ health: { kind: 'expiring', expiresAt: end, verifiedAt: 0 }, ...more });

  it('are due 14, 7 and 1 days before, each once', () => {
    const given: number[] = [];
    let connection = ending();
    for (let now = 80 * DAY; now < end + DAY; now += DAY / 4) {
      const due = dueEndNotice(connection, now);
      if (due === null) continue;
      given.push((end - now) / DAY);
      connection = { ...connection, endNoticed: due };
    }
    expect(given).toEqual([14, 7, 1]);
  });

  it('begin anew for another end', () => {
    const endNoticed = { endsAt: end - 50 * DAY, days: 1 };
    expect(dueEndNotice(ending({ endNoticed }), end - 10 * DAY)).toEqual({ endsAt: end, days: 14 });
  });

  it('are not due for what is muted, snoozed, over, or lives for hours', () => {
    const near = end - DAY / 2;
    expect(dueEndNotice(ending({ isMuted: true }), near)).toBeNull();
    expect(dueEndNotice(ending({ snoozedUntil: end }), near)).toBeNull();
    expect(dueEndNotice(ending(), end)).toBeNull();
    expect(dueEndNotice(ending({ authorizedAt: end - 2 * DAY }), near)).toBeNull();
    expect(dueEndNotice(aConnection(), near)).toBeNull();
  });

  it('come together, take the place of earlier ones, and go when nothing ends any more', () => {
    const a = ending({ id: 'a' });
    const b = ending({ id: 'b' });
    const both = new Map([a, b].map((one) => [one.id, one]));
    const first = planEndNotices(['a', 'b'], both, {}, 'g1');
    expect(first.show).toEqual([{ id: 'g1', connections: [a, b], about: 'ends' }]);
    const later = planEndNotices(['a'], both, first.shown, 'g2');
    expect(later).toMatchObject({
      shown: { g1: ['b'], 'ends:connection:a': ['a'] },
      withdraw: [],
      fresh: ['ends:connection:a'],
    });
    const over = planEndNotices([], new Map(), later.shown, 'g3');
    expect(over).toMatchObject({ show: [], withdraw: ['g1', 'ends:connection:a'], shown: {} });
  });
});
