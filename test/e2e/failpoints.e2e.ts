/**
 * The worker is ended at every point where it matters, one run each, against a server that rotates
 * tokens and ends the whole grant when a spent one comes back. Afterwards the stored token or its
 * successor works, or the state says that it was interrupted: never that somebody revoked it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { failpoints, type Failpoint } from '../support/failpoints.ts';
import { connectByOauth, connection } from './support/connect.ts';
import { armed, endWorker } from './support/failpoint.ts';
import { expectTruth, JOURNEYS, wake, type Outcome } from './support/failpoint-journeys.ts';
import { failpointTable, outcomesIn, type FailpointRun } from './support/failpoint-table.ts';
import { useWorld } from './support/world.ts';
import { chanceOf } from '../support/chance.ts';
import { IS_DEEP } from '../support/deep.ts';
import { SEED } from '../support/seed.ts';

/** The server has rotated and nothing is stored; the code is spent and nothing is stored. */
const WORST = ['renew-answered', 'sign-in-exchanged'];
const SHARE = 6;
const OUTCOMES: readonly Outcome[] = ['goes on', 'interrupted', 'not finished', 'ended', 'told'];
/** What came of each point when all of them were run. */
const documented = outcomesIn(
  readFileSync(new URL('../../docs/failpoints.md', import.meta.url), 'utf8'),
);

const all = failpoints();
const chosen = IS_DEEP ? all : share(all, SEED);
if (!IS_DEEP) console.log(`failpoints: PATCHBAY_SEED=${SEED} of ${all.length} points`);

const world = useWorld();
const runs: FailpointRun[] = [];

afterAll(() => {
  const folder = fileURLToPath(new URL('../../.output/faults', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/failpoints.json`, JSON.stringify(runs, null, 2));
});

describe('the worker is ended', () => {
  it.each(chosen)('at $name', async ({ name, file }) => {
    const journey = JOURNEYS[name.split('-')[0] ?? ''];
    if (journey === undefined) throw new Error(`No journey passes ${name}.`);
    const { go, after } = await journey.prepare(world);
    const { reached } = await armed(world, name);
    await go(reached);
    await reached;
    await endWorker(world);
    await wake(world);
    const outcome: Outcome = await after();
    await expectTruth(world);
    expect(IS_DEEP ? OUTCOMES : [documented.get(name)]).toContain(outcome);
    runs.push({ name, file, journey: journey.title, outcome });
  });

  it('somewhere on a journey, whatever the point', () => {
    const strays = all.filter(({ name }) => JOURNEYS[name.split('-')[0] ?? ''] === undefined);
    expect(strays).toEqual([]);
  });

  it.each(IS_DEEP ? ['docs/failpoints.md'] : [])('as %s says', async (page) => {
    await expect(failpointTable(runs)).toMatchFileSnapshot(`../../${page}`);
  });
});

describe('a disk that is full when renewed tokens are to be saved', () => {
  async function renewOn(failures: number): Promise<Connection> {
    const { id } = await connectByOauth(world, 'alice');
    world.practice.control.expireAccessTokens('alice');
    const { reached } = await armed(world, `renew-sealed!${failures}`);
    await world.call('checkNow', { ids: [id] });
    await reached;
    await endWorker(world);
    return connection(world, id);
  }

  it('has room again soon, and nothing is lost [F23]', async () => {
    const { id, health } = await renewOn(2);
    expect(health.kind).toBe('active');
    world.practice.control.expireAccessTokens('alice');
    await world.call('checkNow', { ids: [id] });
    expect((await connection(world, id)).health.kind).toBe('active');
  });

  it.each(IS_DEEP ? ['no grant lives on that nobody holds'] : [])(
    'stays full, and %s',
    async () => {
      const { health } = await renewOn(9);
      expect(health).toMatchObject({ kind: 'reconnect', reason: 'interrupted' });
      expect(world.practice.control.liveGrants('alice')).toBe(0);
      await expectTruth(world);
    },
  );
});

/** The worst ones, and some that the seed chooses. */
function share(points: readonly Failpoint[], seed: number): Failpoint[] {
  const chance = chanceOf(seed);
  const worst = points.filter(({ name }) => WORST.includes(name));
  const others = points
    .filter(({ name }) => !WORST.includes(name))
    .map((point) => ({ point, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SHARE)
    .map(({ point }) => point);
  return [...worst, ...others];
}
