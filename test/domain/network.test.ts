import { describe, expect, it } from 'vitest';
import {
  clockOff,
  judgeNetwork,
  movedTroubles,
  networkSign,
  stillDown,
  type Heard,
  type NetworkDown,
} from '../../lib/domain/network.ts';

const MINUTE = 60_000;
const heard = (key: string, sign: Heard['sign'], isWitness = true): Heard => ({
  key,
  sign,
  isWitness,
});
const DOWN: NetworkDown = { kind: 'unreachable', since: 1, tries: 1, retryAt: 2 };

describe('what one check says of the network', () => {
  it.each([
    ['valid', null, 200, 'answered'],
    ['rejected', 'key-rejected', 401, 'answered'],
    ['provider-trouble', 'server-error', 503, 'answered'],
    ['provider-trouble', 'rate-limited', 429, 'answered'],
    ['provider-trouble', 'unreachable', null, 'silent'],
    ['provider-trouble', 'timeout', null, 'silent'],
    ['provider-trouble', 'redirected', null, 'silent'],
    ['unreadable', null, 200, 'silent'],
    ['offline', null, null, 'offline'],
    ['permission-missing', null, null, 'none'],
    ['misconfigured', 'provider-unknown', null, 'none'],
  ] as const)('%s/%s (%s) is %s', (verdict, reason, status, sign) => {
    expect(networkSign({ verdict, reason, status })).toBe(sign);
  });
});

describe('whose trouble it is', () => {
  it.each([
    ['several that worked fall silent together', [heard('a', 'silent'), heard('b', 'silent')]],
    ['one more after it was found out', [heard('a', 'silent', false)], DOWN],
  ])('this machine’s: %s', (_, all, before: NetworkDown | null = null) => {
    expect(judgeNetwork(all, before)).toBe('unreachable');
  });

  it.each([
    ['one host alone, however many connections', [heard('a', 'silent'), heard('a', 'silent')]],
    ['somebody else answers', [heard('a', 'silent'), heard('b', 'silent'), heard('c', 'answered')]],
    ['one of the two was down before', [heard('a', 'silent'), heard('b', 'silent', false)]],
    ['nothing was asked', [heard('a', 'none'), heard('b', 'none')]],
  ])('a provider’s: %s', (_, all) => {
    expect(judgeNetwork(all, null)).toBeNull();
  });

  it('the browser’s word is enough, though this very machine answers itself', () => {
    expect(judgeNetwork([heard('a', 'offline'), heard('localhost', 'answered')], null)).toBe(
      'offline',
    );
  });

  it('is asked again later and later, and never later than a quarter of an hour', () => {
    let down: NetworkDown | null = null;
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      down = stillDown('offline', down, 1, 30 * MINUTE, 0);
      waits.push(down.retryAt / MINUTE);
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15, 15]);
    expect(stillDown('offline', DOWN, 0, 30 * MINUTE, 10 * MINUTE)).toMatchObject({
      since: 1,
      tries: 2,
    });
  });
});

it('an end of the network that nobody tells of is found within a period', () => {
  const late: NetworkDown = { kind: 'offline', since: 0, tries: 9, retryAt: 0 };
  expect(stillDown('offline', late, 1, 5 * MINUTE, 0).retryAt).toBe(2.5 * MINUTE);
});

describe('many connections of one provider', () => {
  const now = 5;
  const of = (well: number, ill: number) => new Map([['a', { name: 'A', well, ill }]]);

  it('that fail alike are one notice, which stays while fewer are asked', () => {
    const first = movedTroubles([], of(0, 12), now);
    expect(first).toEqual([{ key: 'a', name: 'A', count: 12, since: now }]);
    expect(movedTroubles(first, of(0, 2), 9)).toBe(first);
  });

  it('are none while one of them is answered, and none once one is', () => {
    expect(movedTroubles([], of(1, 12), now)).toEqual([]);
    expect(movedTroubles(movedTroubles([], of(0, 3), now), of(1, 0), 9)).toEqual([]);
  });

  it('are not two', () => {
    expect(movedTroubles([], of(0, 2), now)).toEqual([]);
  });
});

describe('this computer’s clock', () => {
  const samples = (...offs: number[]) =>
    offs.map((minutes, at) => ({ host: String(at), offMs: minutes * MINUTE }));

  it.each([
    ['two hosts agree', samples(60, 61), 61],
    ['most of them agree', samples(-30, -30, -31, 400), -30],
  ])('is off where %s', (_, all, minutes) => {
    expect(clockOff(all)).toBe(minutes * MINUTE);
  });

  it.each([
    ['one host alone says so', samples(60)],
    ['they disagree', samples(60, 300)],
    ['it is a little off', samples(3, 3, 4)],
    ['nobody says anything', []],
  ])('is not called wrong where %s', (_, all) => {
    expect(clockOff(all)).toBeNull();
  });
});
