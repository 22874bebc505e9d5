/** Schedules by which the simulation once found something, kept as they were. */
import { describe, expect, it } from 'vitest';
import { live, type Schedule } from './schedule.ts';

const FOUND: readonly (Schedule & { readonly name: string })[] = [
  {
    // The alarm that had fired was next due in a quarter of an hour.
    name: 'a worker that dies while it starts is followed by another within the minute',
    services: ['keys', 'keys'],
    periodMinutes: 5,
    seed: 20,
    steps: [
      { kind: 'offline', minutes: 6 },
      { kind: 'revoke', place: 5 },
      { kind: 'death', calls: 11, how: 'after' },
      { kind: 'advance', minutes: 2 },
      { kind: 'advance', minutes: 32 },
    ],
  },
  {
    // Everything was due eighteen hours later than it should.
    name: 'a clock that is set back before anything was checked',
    services: ['keys', 'keys', 'cloud', 'cloud'],
    periodMinutes: 5,
    seed: 1_397_889_079,
    steps: [
      { kind: 'end-access', place: 1 },
      { kind: 'jump', minutes: -1096 },
      { kind: 'advance', minutes: 38 },
      { kind: 'sleep', minutes: 110 },
      { kind: 'revoke', place: 6 },
      { kind: 'revoke', place: 5 },
      { kind: 'advance', minutes: 32 },
    ],
  },
  {
    // A person's check that heard nothing forgot what the service had asked for before.
    name: 'a promise to leave a service alone outlives a check out of turn',
    services: ['cloud', 'cloud', 'keys', 'keys', 'keys', 'keys', 'keys'],
    periodMinutes: 60,
    seed: 27,
    steps: [
      { kind: 'jump', minutes: 131 },
      { kind: 'fault', service: 'keys', fault: 'portal-page', minutes: 102 },
      { kind: 'advance', minutes: 5 },
      { kind: 'fault', service: 'keys', fault: 'retry-date', minutes: 99 },
      { kind: 'death', calls: 8, how: 'hang' },
      { kind: 'advance', minutes: 39 },
      { kind: 'offline', minutes: 13 },
      { kind: 'death', calls: 28, how: 'before' },
      { kind: 'jump', minutes: 1070 },
      { kind: 'fault', service: 'keys', fault: 'cut', minutes: 67 },
      { kind: 'person' },
      { kind: 'advance', minutes: 11 },
    ],
  },
  {
    // The bound forgot with the next revocation that alarms still waited for the old time.
    name: 'a worker that dies before it notices that the clock was set back',
    services: ['cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'death', calls: 1, how: 'before' },
      { kind: 'jump', minutes: -11 },
      { kind: 'advance', minutes: 1 },
      { kind: 'revoke', place: 0 },
      { kind: 'advance', minutes: 1 },
      { kind: 'revoke', place: 0 },
    ],
  },
  {
    // All that told it from a clock that is kept right was less than two minutes; by as much it was late.
    name: 'a clock that was set back by little more than had passed',
    services: ['cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'advance', minutes: 3 },
      { kind: 'revoke', place: 0 },
      { kind: 'stop' },
      { kind: 'jump', minutes: -8 },
      { kind: 'end-access', place: 0 },
    ],
  },
  {
    // What a service asked for is kept by our clock, and nothing told that this one was not the same.
    name: 'a clock that was set back by no more than had passed, while a service asked for a day',
    services: ['cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'fault', service: 'cloud', fault: 'retry-absurd', minutes: 2 },
      { kind: 'advance', minutes: 3 },
      { kind: 'revoke', place: 0 },
      { kind: 'stop' },
      { kind: 'jump', minutes: -6 },
      { kind: 'end-access', place: 0 },
    ],
  },
  {
    // What was to be asked at once after the worker's death forgot the promise, and a 500 backed off from nothing.
    name: 'a promise to leave a service alone outlives a renewal that was cut short',
    services: ['cloud', 'meter', 'cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'fault', service: 'cloud', fault: 'retry-date', minutes: 1 },
      { kind: 'jump', minutes: 48 },
      { kind: 'death', calls: 13, how: 'before' },
      { kind: 'person' },
      { kind: 'ill', place: 0, minutes: 1 },
      { kind: 'person' },
      { kind: 'advance', minutes: 4 },
      { kind: 'jump', minutes: 0 },
      { kind: 'fault', service: 'cloud', fault: 'error-500', minutes: 1 },
    ],
  },
  {
    // The simulation began with a check planned later than any that is ever planned.
    name: 'a grant that ends with the first moment of the longest wait',
    services: ['cloud'],
    periodMinutes: 60,
    seed: 1_236_739_715,
    steps: [
      { kind: 'revoke', place: 0 },
      { kind: 'advance', minutes: 1 },
      { kind: 'revoke', place: 0 },
    ],
  },
  {
    // The simulation looked once more, saw the end, and had stopped counting.
    name: 'a promise of a day, kept by a clock that is set back before a worker that dies could tell',
    services: ['cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'fault', service: 'cloud', fault: 'retry-absurd', minutes: 2 },
      { kind: 'advance', minutes: 2 },
      { kind: 'revoke', place: 0 },
      { kind: 'death', calls: 1, how: 'before' },
      { kind: 'jump', minutes: -1088 },
      { kind: 'advance', minutes: 1 },
      { kind: 'jump', minutes: 1 },
      { kind: 'advance', minutes: 1 },
    ],
  },
  {
    // What was long overdue was taken for a promise by the clock that had been set back, and waited for.
    name: 'a renewal that was cut short before the clock is set back',
    services: ['cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'fault', service: 'cloud', fault: 'timeout', minutes: 50 },
      { kind: 'advance', minutes: 2 },
      { kind: 'offline', minutes: 26 },
      { kind: 'advance', minutes: 22 },
      { kind: 'jump', minutes: -59 },
      { kind: 'ill', place: 0, minutes: 1 },
      { kind: 'stop' },
      { kind: 'revoke', place: 0 },
    ],
  },
  {
    // The simulation did not know that a renewal that was cut short is asked about whatever was promised.
    name: 'a renewal for a person that is cut short while its service is left alone',
    services: ['cloud', 'cloud'],
    periodMinutes: 5,
    seed: 0,
    steps: [
      { kind: 'advance', minutes: 24 },
      { kind: 'revoke', place: 0 },
      { kind: 'fault', service: 'cloud', fault: 'retry-absurd', minutes: 25 },
      { kind: 'advance', minutes: 24 },
      { kind: 'death', calls: 1, how: 'hang' },
      { kind: 'person' },
      { kind: 'fault', service: 'cloud', fault: 'error-500', minutes: 1 },
      { kind: 'ill', place: 0, minutes: 1 },
      { kind: 'fault', service: 'cloud', fault: 'error-500', minutes: 1 },
    ],
  },
];

describe('what the simulation found', () => {
  it.each(FOUND)('$name', { timeout: 60_000 }, async (schedule) => {
    expect((await live(schedule)).violations).toEqual([]);
  });
});
