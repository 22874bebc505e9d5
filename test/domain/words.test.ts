import { describe, expect, it } from 'vitest';
import catalogue from '../../public/_locales/en/messages.json' with { type: 'json' };
import { NO_COUNTS } from '../../lib/domain/connection.ts';
import { ERROR_CODES } from '../../lib/domain/errors.ts';
import type { Doubt, Health } from '../../lib/domain/health.ts';
import type { Rejection } from '../../lib/domain/verdict.ts';
import {
  errorWords,
  healthWords,
  nextStepWords,
  noticeWords,
  summaryWords,
  localeOf,
  translator,
  type Words,
} from '../../lib/domain/words.ts';
import { english } from '../client/options-world.ts';

interface Entry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

const entries = Object.entries(catalogue) as [string, Entry][];
const say = translator(english);
const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 24 * 60 * 60 * 1000;

const DOUBTS = {
  'server-error': 1,
  'rate-limited': 1,
  timeout: 1,
  unreachable: 1,
  redirected: 1,
  refused: 1,
  offline: 1,
  unreadable: 1,
  misconfigured: 1,
  limited: 1,
  'permission-missing': 1,
  unsaved: 1,
  suspect: 1,
  unchecked: 1,
  locked: 1,
} satisfies Record<Doubt, 1>;

const REJECTIONS = {
  revoked: 1,
  'key-rejected': 1,
  expired: 1,
  interrupted: 1,
} satisfies Record<Rejection, 1>;

const HEALTHS: Health[] = [
  { kind: 'unauthorized' },
  { kind: 'active', verifiedAt: NOW },
  { kind: 'expiring', expiresAt: NOW + 5 * DAY, verifiedAt: NOW },
  ...(Object.keys(DOUBTS) as Doubt[]).map(
    (doubt) => ({ kind: 'unverified', doubt, since: NOW, verifiedAt: NOW - DAY / 24 }) as const,
  ),
  ...(Object.keys(REJECTIONS) as Rejection[]).map(
    (reason) => ({ kind: 'reconnect', reason, since: NOW, verifiedAt: null }) as const,
  ),
];

/** Said, with nothing left open in it. */
function isSentence(words: Words): boolean {
  const text = say(words);
  return text !== '' && !text.includes('$') && !text.includes('undefined');
}

describe('the English catalogue', () => {
  it.each(entries)('%s is a message whose places are all defined and used', (_key, entry) => {
    expect(entry.message).not.toBe('');
    const used = [...entry.message.matchAll(/\$(\w+)\$/g)].map((match) => match[1]?.toLowerCase());
    const defined = Object.keys(entry.placeholders ?? {});
    expect(new Set(used)).toEqual(new Set(defined));
    for (const { content } of Object.values(entry.placeholders ?? {}))
      expect(content).toMatch(/^\$[1-9]$/);
  });

  it('has both forms of everything that is counted', () => {
    const keys = new Set(Object.keys(catalogue));
    const counted = entries
      .filter(([, { placeholders }]) => placeholders?.['count'] !== undefined)
      .flatMap(([key]) => /^(.*)_(?:one|other)$/.exec(key)?.[1] ?? []);
    const lonely = counted.filter((base) => !keys.has(`${base}_one`) || !keys.has(`${base}_other`));
    expect(counted.length).toBeGreaterThan(0);
    expect(lonely).toEqual([]);
  });

  it('is in the order of its keys, so that two people can add to it', () => {
    const keys = Object.keys(catalogue);
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
  });
});

describe('words', () => {
  it.each(ERROR_CODES)('say what happened at %s and what to do', (code) => {
    expect(isSentence(errorWords(code))).toBe(true);
  });

  it.each(HEALTHS.map((health) => [JSON.stringify(health), health] as const))(
    'say a health and what comes next: %s',
    (_name, health) => {
      expect(healthWords(health, NOW).every(isSentence)).toBe(true);
      const next = nextStepWords(health, NOW);
      expect(next === null ? health.kind === 'active' : isSentence(next)).toBe(true);
    },
  );

  it('name the certificate among the causes once a provider has not been reached for a day', () => {
    const health: Health = {
      kind: 'unverified',
      doubt: 'unreachable',
      since: NOW,
      verifiedAt: null,
    };
    const said = [DAY - 1, DAY].map((later) => nextStepWords(health, NOW + later));
    expect(said.map((words) => words !== null && say(words).includes('certificate'))).toEqual([
      false,
      true,
    ]);
    const slow = nextStepWords({ ...health, doubt: 'timeout' }, NOW + DAY);
    expect(slow).toEqual({ key: 'next_doubt_timeout' });
  });

  it('name the state first and the reason after it', () => {
    const broken: Health = {
      kind: 'reconnect',
      reason: 'revoked',
      since: Date.UTC(2026, 10, 12, 12),
      verifiedAt: null,
    };
    expect(healthWords(broken, NOW).map(say)).toEqual([
      'Reconnect needed',
      'access was revoked on 12 Nov',
    ]);
  });

  it.each([
    [6 * DAY, 'Expires in 6 days'],
    [1.5 * DAY, 'Expires in 2 days'],
    [-1, 'Expired'],
  ])('say an end %i ms away as %s', (distance, expected) => {
    const health: Health = { kind: 'expiring', expiresAt: NOW + distance, verifiedAt: NOW };
    expect(healthWords(health, NOW).map(say)).toEqual([expected]);
  });

  it.each([
    [{}, 'No connections yet'],
    [{ active: 16 }, 'All 16 connections active'],
    [{ active: 14, reconnect: 2 }, '2 need reconnecting · 14 active'],
    [{ active: 1, reconnect: 1 }, '1 needs reconnecting · 1 active'],
  ])('sum up %j', (counts, expected) => {
    expect(
      summaryWords({ ...NO_COUNTS, ...counts })
        .map(say)
        .join(' · '),
    ).toBe(expected);
  });

  it('name those that broke, and count the rest', () => {
    const { title, message } = noticeWords(['A', 'B', 'C'], 2);
    expect(isSentence(title)).toBe(true);
    expect(message.map(say).slice(0, 2).join()).toMatch(/A.*B/);
    expect(message.length).toBe(3);
  });

  it('say of those that broke how many flows stop, before what a platform may cut', () => {
    const lines = (names: readonly string[], flows: number) =>
      noticeWords(names, 2, flows).message.map(say);
    expect(lines(['A'], 1)[0]).toBe('1 flow is stopped by this.');
    expect(lines(['A', 'B'], 3)[0]).toBe('3 flows are stopped by this.');
    expect(lines(['A'], 0).length).toBe(1);
  });
});

describe('a translator', () => {
  it('asks for the form of one thing and of several', () => {
    const keys = [1, 5, 0].map((count) =>
      translator((key) => key)({ plural: 'summary_active', count }),
    );
    expect(keys).toEqual(['summary_active_one', 'summary_active_other', 'summary_active_other']);
  });

  it.each([
    [7, '7 active'],
    [999, '999 active'],
    [1_000, '1,000 active'],
    [1_234_567, '1,234,567 active'],
  ])('writes %i as the catalogue does', (count, expected) => {
    expect(say({ plural: 'summary_active', count })).toBe(expected);
  });

  it('writes moments as the catalogue does', () => {
    const at = new Date(2026, 10, 21, 9, 5).getTime();
    const said = (as: 'day' | 'time') => say({ key: 'health_active_as_of', args: [{ at, as }] });
    expect([said('day'), said('time')]).toEqual(['Active as of 21 Nov', 'Active as of 09:05']);
  });
});

describe('the locale of exact dates', () => {
  it.each([
    ['en', 'en-GB', 'en-GB'],
    ['en', 'de-DE', 'en'],
    ['', 'de-DE', 'de-DE'],
  ])('in the catalogue %s of a browser in %s is %s', (catalogue, own, expected) => {
    expect(localeOf(catalogue, own)).toBe(expected);
  });
});
