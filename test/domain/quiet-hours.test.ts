import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockText, minutesOf, quietUntil, type QuietHours } from '../../lib/domain/quiet-hours.ts';

const zone = process.env['TZ'];

beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  process.env['TZ'] = zone;
});

const NIGHT: QuietHours = { isOn: true, from: 22 * 60, to: 7 * 60 };
const at = (text: string): number => Date.parse(text);
const until = (hours: QuietHours, text: string): string | null => {
  const end = quietUntil(hours, at(text));
  return end === null ? null : new Date(end).toISOString();
};

describe('quiet hours through the night', () => {
  it.each([
    ['2026-06-10T21:59:00+02:00', null],
    ['2026-06-10T22:00:00+02:00', '2026-06-11T05:00:00.000Z'],
    ['2026-06-11T00:00:00+02:00', '2026-06-11T05:00:00.000Z'],
    ['2026-06-11T06:59:59+02:00', '2026-06-11T05:00:00.000Z'],
    ['2026-06-11T07:00:00+02:00', null],
  ])('at %s end %s', (now, end) => {
    expect(until(NIGHT, now)).toBe(end);
  });

  it('end by the clock on the wall in the nights in which clocks change', () => {
    expect(until(NIGHT, '2026-03-28T23:00:00+01:00')).toBe('2026-03-29T05:00:00.000Z');
    expect(until(NIGHT, '2026-10-24T23:00:00+02:00')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('that end in the hour that is left out end when clocks are put forward', () => {
    const hours = { ...NIGHT, to: 2 * 60 + 30 };
    expect(until(hours, '2026-03-29T01:50:00+01:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('that end in the hour that comes twice end the first time', () => {
    const hours = { ...NIGHT, to: 2 * 60 + 30 };
    expect(until(hours, '2026-10-25T02:10:00+02:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(until(hours, '2026-10-25T02:10:00+01:00')).toBeNull();
  });
});

it('quiet hours within a day are over in the evening', () => {
  const day = { isOn: true, from: 9 * 60, to: 17 * 60 };
  expect(until(day, '2026-06-10T08:59:00+02:00')).toBeNull();
  expect(until(day, '2026-06-10T09:00:00+02:00')).toBe('2026-06-10T15:00:00.000Z');
  expect(until(day, '2026-06-10T17:00:00+02:00')).toBeNull();
});

it('there are none while they are off, or from and to the same time', () => {
  expect(until({ ...NIGHT, isOn: false }, '2026-06-10T23:00:00+02:00')).toBeNull();
  expect(until({ ...NIGHT, to: NIGHT.from }, '2026-06-10T22:00:00+02:00')).toBeNull();
});

it('every minute of a year is quiet until a later moment that is not', () => {
  const wrong: string[] = [];
  for (let now = at('2026-01-01T00:00:00Z'); now < at('2027-01-01T00:00:00Z'); now += 37 * 60_000) {
    const end = quietUntil(NIGHT, now);
    const isGood = end === null || (end > now && quietUntil(NIGHT, end) === null);
    if (!isGood) wrong.push(new Date(now).toISOString());
  }
  expect(wrong).toEqual([]);
});

it('times of day are read and written', () => {
  expect([clockText(0), clockText(22 * 60 + 5)]).toEqual(['00:00', '22:05']);
  expect([minutesOf('22:05'), minutesOf('07:30:00'), minutesOf('24:00'), minutesOf('')]).toEqual([
    1325,
    450,
    null,
    null,
  ]);
});
