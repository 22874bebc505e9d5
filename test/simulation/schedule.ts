/** Random schedules of what can go wrong, and one of them run through. */
import * as fc from 'fast-check';
import { FAULTS, SERVICES, type ServiceName } from './providers.ts';
import { chanceOf } from '../support/chance.ts';
import { MINUTE, simWorld, type SimWorld, type Tally } from './world.ts';

const minutes = (max: number) => fc.integer({ min: 1, max });
const place = fc.nat(7);

/** One thing that happens. */
export const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('advance'), minutes: minutes(40) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('fault'),
      service: fc.constantFrom(...SERVICES),
      fault: fc.constantFrom(...FAULTS),
      minutes: minutes(120),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ill'), place, minutes: minutes(200) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('offline'), minutes: minutes(90) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep'), minutes: minutes(600) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump'),
      minutes: fc.integer({ min: -1_500, max: 1_500 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke'), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end-access'), place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('death'),
      calls: fc.integer({ min: 1, max: 60 }),
      how: fc.constantFrom('before', 'after', 'hang'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('person') }) },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export interface Schedule {
  readonly services: readonly ServiceName[];
  readonly periodMinutes: number;
  readonly seed: number;
  readonly steps: readonly Step[];
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  services: fc.array(fc.constantFrom('cloud', 'cloud', 'keys', 'keys', 'meter'), {
    minLength: 1,
    maxLength: 7,
  }),
  periodMinutes: fc.constantFrom(5, 15, 60),
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 3, maxLength: 16 }),
});

/** Lives through a schedule, and then long enough that everything that ended must have been seen. */
export async function live(one: Schedule): Promise<{ violations: string[]; tally: Tally }> {
  const { services, periodMinutes, seed, steps } = one;
  const world = await simWorld({ services, periodMinutes, chance: chanceOf(seed) });
  try {
    for (const [at, each] of steps.entries()) {
      await take(world, each);
      await world.inspect(`step ${at + 1} (${each.kind})`);
      if (world.violations.length > 0) break;
    }
    if (world.violations.length === 0) await settle(world);
    return { violations: world.violations, tally: world.tally };
  } finally {
    world.close();
  }
}

/** More than any schedule of these reaches: promises of a day, each clock set back by another. */
const ROUNDS_MAX = 100;

async function settle(world: SimWorld): Promise<void> {
  const isOver = (): boolean =>
    world.violations.length > 0 ||
    world.watched.every(({ grant, isSeen }) => grant.endedAt === null || isSeen);
  // As far as the last obstacle reaches, and a period on: by steps, to see when. What is late by then
  // is found by looking.
  for (let round = 0; round < ROUNDS_MAX && !isOver(); round++) {
    await world.advance(6 * 60 * MINUTE);
    await world.inspect('at the end');
  }
  if (!isOver()) world.violations.push('an end was never seen');
}

async function take(world: SimWorld, each: Step): Promise<void> {
  switch (each.kind) {
    case 'advance':
      return world.advance(each.minutes * MINUTE);
    case 'fault':
      return world.fault(each.service, each.fault, each.minutes * MINUTE);
    case 'ill':
      return world.ill(each.place, each.minutes * MINUTE);
    case 'offline':
      return world.offline(each.minutes * MINUTE);
    case 'sleep':
      return world.sleep(each.minutes * MINUTE);
    case 'jump':
      return world.jump(each.minutes * MINUTE);
    case 'revoke':
      return world.revoke(each.place);
    case 'end-access':
      return world.endAccess(each.place);
    case 'death':
      return world.armDeath({ calls: each.calls, how: each.how });
    case 'stop':
      return world.stopWorker();
    case 'person':
      return world.personChecks();
  }
}
