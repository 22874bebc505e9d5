/** Diagnosis over labelled histories; how often it is right is printed with the test's result. */
import { describe, expect, it } from 'vitest';
import type { Activity, Happening } from '../../lib/domain/activity.ts';
import { causeWords, spanWords } from '../../lib/domain/cause-words.ts';
import type { Health } from '../../lib/domain/health.ts';
import {
  diagnosisOf,
  historyOf,
  inferredEnd,
  likelyCause,
  type BrokenHistory,
  type Lapse,
} from '../../lib/domain/likely-cause.ts';
import { translator } from '../../lib/domain/words.ts';
import { english } from '../client/options-world.ts';
import { aConnection } from '../support/a-connection.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21);

const lapse = (more: Partial<Lapse>): Lapse => ({
  afterS: (7 * DAY) / 1000,
  since: 'grant',
  when: 'while the app is in testing',
  source: 'https://provider.example/rule',
  ...more,
});
const TESTING = [lapse({})];
const SPA = [
  lapse({ afterS: DAY / 1000, when: 'to single-page apps' }),
  lapse({ afterS: (90 * DAY) / 1000, since: 'use', when: null }),
];

/** Numbers that look like chance and are the same each time. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function history(lastedMs: number, more: Partial<BrokenHistory> = {}): BrokenHistory {
  return {
    brokeAt: NOW,
    authorizedAt: NOW - lastedMs,
    verifiedAt: NOW - 20 * MINUTE,
    grant: { isRenewable: true, isEndKnown: true },
    lapses: [],
    othersBrokeAt: [],
    earlier: [],
    isRepeated: false,
    ...more,
  };
}

type Label = 'lapse' | 'idle' | 'short-token' | 'together' | 'again' | 'unknown';

/** A history of each kind, as a browser that checks every 15 minutes to 4 hours would have it. */
const KINDS: Readonly<Record<Label, (draw: () => number) => BrokenHistory>> = {
  lapse(draw) {
    const isTesting = draw() < 0.5;
    // Found when the last access token is over and the next check comes; some only in the morning.
    const late = draw() < 0.9 ? draw() * 5 * HOUR : 6 * HOUR + draw() * 8 * HOUR;
    return isTesting
      ? history(7 * DAY + late, { lapses: TESTING })
      : history(DAY + late, { lapses: SPA });
  },
  idle: (draw) => history(200 * DAY, { lapses: SPA, verifiedAt: NOW - (90 + draw() * 60) * DAY }),
  'short-token': (draw) =>
    history(HOUR + draw() * 30 * MINUTE, { grant: { isRenewable: false, isEndKnown: false } }),
  together: (draw) =>
    history((1 + draw() * 300) * DAY, {
      lapses: TESTING,
      othersBrokeAt: [NOW - draw() * 15 * MINUTE, NOW + draw() * 15 * MINUTE],
    }),
  again(draw) {
    const authorizedAt = NOW - (8 + draw() * 5) * DAY;
    const brokeAt = authorizedAt + (0.2 + draw() * 2) * DAY;
    return history((0.2 + draw() * 4) * DAY, { earlier: [{ authorizedAt, brokeAt }] });
  },
  // Revoked by hand at any time, with rules that might have explained it.
  unknown: (draw) =>
    history((0.1 + draw() * 400) * DAY, {
      lapses: draw() < 0.5 ? TESTING : SPA,
      othersBrokeAt: draw() < 0.3 ? [NOW - (1 + draw()) * DAY] : [],
    }),
};
const LABELS = Object.keys(KINDS) as Label[];

describe('the likely cause', () => {
  it('of 1,200 labelled histories is named with few mistakes, and unknown stays unknown', () => {
    const draw = draws(2026);
    const tally = new Map(LABELS.map((label) => [label, { right: 0, said: 0, all: 0 }]));
    for (let turn = 0; turn < 200; turn++)
      for (const label of LABELS) {
        const said: Label = likelyCause(KINDS[label](draw))?.kind ?? 'unknown';
        const meant = tally.get(label) ?? { right: 0, said: 0, all: 0 };
        const named = tally.get(said) ?? { right: 0, said: 0, all: 0 };
        meant.all += 1;
        named.said += 1;
        if (said === label) meant.right += 1;
      }
    const report = [...tally].map(([label, { right, said, all }]) => ({
      label,
      precision: Number((right / said).toFixed(3)),
      recall: Number((right / all).toFixed(3)),
    }));
    console.info(report.map((one) => Object.values(one).join(' ')).join('\n'));
    const named = report.filter(({ label }) => label !== 'unknown');
    expect(named.every(({ precision }) => precision >= 0.95)).toBe(true);
    expect(named.every(({ recall }) => recall >= 0.85)).toBe(true);
    expect(report.find(({ label }) => label === 'unknown')?.recall).toBeGreaterThan(0.97);
  });

  it('is the account before the rule, where several broke at once', () => {
    const both = history(7 * DAY + HOUR, { lapses: TESTING, othersBrokeAt: [NOW - MINUTE] });
    expect(likelyCause(both)).toEqual({ kind: 'together', count: 1 });
  });

  it('says the rule, how long it lasted and where it stands', () => {
    const cause = likelyCause(history(7 * DAY + HOUR, { lapses: TESTING }));
    const { words, source } = causeWords(cause ?? { kind: 'again', times: 0 });
    const say = translator(english);
    expect(say(words(say))).toBe(
      'Likely cause: the provider ends access after 7 days while the app is in testing, and this one lasted 7 days.',
    );
    expect(source).toBe('https://provider.example/rule');
    expect([HOUR, 24 * HOUR, 90 * MINUTE].map((ms) => say(spanWords(ms)))).toEqual([
      '60 minutes',
      '24 hours',
      '90 minutes',
    ]);
  });
});

it('a relapse is not said twice', () => {
  const earlier = [{ authorizedAt: NOW - 9 * DAY, brokeAt: NOW - 8 * DAY }];
  expect(diagnosisOf(history(DAY, { earlier, isRepeated: true }))).toEqual({
    cause: null,
    relapsedAfterMs: DAY,
  });
  expect(diagnosisOf(history(8 * DAY, { isRepeated: true })).relapsedAfterMs).toBeNull();
});

describe('the history of a connection', () => {
  const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: NOW - 9 };
  const line = (happening: Happening, at: number): Activity => ({
    at,
    happening,
    connectionIds: ['a'],
    count: 1,
    name: 'A',
    providerId: 'p',
    providerName: 'P',
    environmentId: 'production',
  });

  it('is read off its activity and the connections of the same account', () => {
    const connection = aConnection({ id: 'a', health: BROKEN, authorizedAt: NOW - DAY });
    const twin = aConnection({ id: 'b', health: BROKEN });
    const identity = { id: 'other', label: 'other', workspace: null };
    const stranger = aConnection({ id: 'c', health: BROKEN, identity });
    const lines = [
      line({ kind: 'broke', reason: 'revoked' }, NOW),
      line({ kind: 'mended', how: 'reconnected' }, NOW - DAY),
      line({ kind: 'broke', reason: 'revoked' }, NOW - 2 * DAY),
      line({ kind: 'connected' }, NOW - 3 * DAY),
    ];
    expect(historyOf(connection, lines, [connection, twin, stranger], [])).toMatchObject({
      othersBrokeAt: [NOW],
      earlier: [{ authorizedAt: NOW - 3 * DAY, brokeAt: NOW - 2 * DAY }],
    });
  });

  it('tells of a relapse, however many lines stand between and whatever broke it', () => {
    const connection = aConnection({ id: 'a', health: BROKEN, authorizedAt: NOW - 6 * DAY });
    const others = Array.from({ length: 60 }, (_, at) =>
      line(
        { kind: at % 2 === 0 ? 'doubted' : 'verified', doubt: 'timeout' } as Happening,
        NOW - at,
      ),
    );
    const lines = (reason: 'revoked' | 'interrupted'): Activity[] => [
      line({ kind: 'broke', reason: 'revoked' }, NOW),
      ...others,
      line({ kind: 'mended', how: 'reconnected' }, NOW - 6 * DAY),
      line({ kind: 'broke', reason }, NOW - 7 * DAY),
    ];
    const lastedMs = (changes: object, reason: 'revoked' | 'interrupted' = 'revoked') => {
      const found = historyOf({ ...connection, ...changes }, lines(reason), [], []);
      return found && diagnosisOf(found).relapsedAfterMs;
    };
    expect(lastedMs({})).toBe(6 * DAY);
    expect(lastedMs({ authorizedAt: NOW - 8 * DAY })).toBeNull();
    // What was lost here is no sign of a cause there.
    expect(lastedMs({}, 'interrupted')).toBeNull();
    expect(lastedMs({ health: { ...BROKEN, reason: 'interrupted' } })).toBeNull();
  });

  it('of one that works, or that we lost ourselves, asks for no cause', () => {
    expect(historyOf(aConnection(), [], [], [])).toBeNull();
    const lost = aConnection({ health: { ...BROKEN, reason: 'interrupted' } });
    expect(historyOf(lost, [], [], [])).toBeNull();
  });
});

it('an end is inferred only from a rule that holds under any condition', () => {
  expect(inferredEnd(NOW, TESTING)).toBeNull();
  expect(inferredEnd(NOW, SPA)).toBeNull();
  expect(inferredEnd(NOW, [lapse({ when: null })])).toBe(NOW + 7 * DAY);
  expect(inferredEnd(null, [lapse({ when: null })])).toBeNull();
});
