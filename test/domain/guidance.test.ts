import { describe, expect, it } from 'vitest';
import type { CheckRecord } from '../../lib/domain/check-record.ts';
import { guidanceFor } from '../../lib/domain/guidance.ts';
import type { Health, HealthKind } from '../../lib/domain/health.ts';
import { guidanceWords, translator } from '../../lib/domain/words.ts';
import { english } from '../client/options-world.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null };
const ACTIVE: Health = { kind: 'active', verifiedAt: 0 };
const ON = { kind: 'on' } as const;
const PAUSED = { kind: 'paused', since: 0 } as const;

/** A history from its oldest check on; `!` marks a check that came with an authorisation. */
function history(...steps: readonly [at: number, health: `${'!' | ''}${HealthKind}`][]) {
  return steps
    .map(([at, health]): CheckRecord => ({
      connectionId: 'c-1',
      at,
      tookMs: 1,
      trigger: health.startsWith('!') ? 'authorization' : 'sweep',
      asked: 'GET api.example.com/me',
      status: 200,
      verdict: 'valid',
      reason: null,
      words: null,
      health: health.replace('!', '') as HealthKind,
    }))
    .toReversed();
}

describe('a connection that is broken', () => {
  it.each([
    ['for the first time', history([0, '!active'], [DAY, 'active'], [2 * DAY, 'reconnect']), null],
    [
      'again, hours after it was mended',
      history(
        [0, '!active'],
        [DAY, 'reconnect'],
        [2 * DAY, '!active'],
        [2 * DAY + HOUR, 'reconnect'],
      ),
      HOUR,
    ],
    [
      'again, and was asked since',
      history([0, 'reconnect'], [DAY, '!active'], [3 * DAY, 'reconnect'], [9 * DAY, 'reconnect']),
      2 * DAY,
    ],
    [
      'again, after it had lasted',
      history([0, 'reconnect'], [DAY, '!active'], [30 * DAY, 'reconnect']),
      null,
    ],
    ['with no history', [], null],
    ['and was never mended', history([0, 'active'], [DAY, 'reconnect']), null],
  ])('%s', (_, checks, lastedMs) => {
    const expected = lastedMs === null ? null : { kind: 'relapse', lastedMs };
    expect(guidanceFor({ health: BROKEN, sync: PAUSED }, checks)).toEqual(expected);
  });
});

describe('a connection that works', () => {
  it.each([
    [ACTIVE, ON, 'not-the-credential'],
    [ACTIVE, PAUSED, 'paused'],
    [{ kind: 'unauthorized' } as const, ON, undefined],
  ])('%o with sync %o', (health, sync, expected) => {
    expect(guidanceFor({ health, sync }, [])?.kind).toBe(expected);
  });
});

it('says how soon it broke again', () => {
  const say = translator(english);
  const words = (lastedMs: number) => say(guidanceWords({ kind: 'relapse', lastedMs }));
  expect([words(HOUR), words(2 * DAY)]).toEqual([
    expect.stringContaining('within 1 day of'),
    expect.stringContaining('within 2 days of'),
  ]);
});
