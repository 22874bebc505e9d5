import { expect, it } from 'vitest';
import { relapseWords } from '../../lib/domain/guidance-words.ts';
import { guidanceFor } from '../../lib/domain/guidance.ts';
import type { Health } from '../../lib/domain/health.ts';
import { translator } from '../../lib/domain/words.ts';
import { english } from '../client/options-world.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const ACTIVE: Health = { kind: 'active', verifiedAt: 0 };
const EXPIRING: Health = { kind: 'expiring', expiresAt: 1, verifiedAt: 0 };
const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null };
const LIMITED: Health = { kind: 'unverified', doubt: 'limited', since: 0, verifiedAt: 0 };
const ON = { kind: 'on' } as const;
const PAUSED = { kind: 'paused', since: 0 } as const;

it.each([
  [ACTIVE, ON, 'not-the-credential'],
  [ACTIVE, PAUSED, 'paused'],
  [{ kind: 'unauthorized' } as const, ON, undefined],
  [BROKEN, ON, undefined],
  // Only of one that works may it be said that the credential needs nothing.
  [EXPIRING, PAUSED, 'paused-too'],
  [LIMITED, PAUSED, 'paused-too'],
  [{ kind: 'unauthorized' } as const, PAUSED, 'paused-too'],
  [BROKEN, PAUSED, 'paused-too'],
])('guidance for %o with sync %o', (health, sync, expected) => {
  expect(guidanceFor({ health, sync })?.kind).toBe(expected);
});

it('says how soon it broke again', () => {
  const say = translator(english);
  expect([HOUR, 2 * DAY].map((lastedMs) => say(relapseWords(lastedMs)))).toEqual([
    expect.stringContaining('within 1 day of'),
    expect.stringContaining('within 2 days of'),
  ]);
});
