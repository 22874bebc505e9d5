import { beforeEach, describe, expect, it } from 'vitest';
import type { Health } from '../../../lib/domain/health.ts';
import type { Repair } from '../../../lib/domain/repair.ts';
import { commit } from '../../../lib/store/commit.ts';
import { connection, NOW } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, the } from './page.tsx';

const HOSTILE = '<img src=x onerror=alert(1)>';
const BROKEN: Health = { kind: 'reconnect', reason: 'key-rejected', since: NOW, verifiedAt: null };
let world: World;

async function open(hash: string, health: readonly Health[]): Promise<void> {
  world = openWorld(hash);
  await world.store({
    connections: health.map((one, at) =>
      connection({ id: `c-${at}`, name: `Reports ${at}`, health: one }),
    ),
  });
  await world.model.load();
  show(world);
  await settled();
}

/** Puts a queue where the background would have left it. */
async function keep(repair: Repair): Promise<void> {
  await commit(await world.database(), {
    also: async (tx) => {
      await tx.objectStore('kept').put(repair, 'repair');
    },
  });
  world.announce('repair');
  await expect.poll(() => world.model.repair.repair.value).toEqual(repair);
  await settled();
}

function buttons(): (string | null)[] {
  return all('main button').map((button) => button.textContent);
}

describe('over the list', () => {
  it('the queue is offered where several are broken', async () => {
    await open('', [BROKEN, BROKEN]);
    the('button', 'Reconnect all (2)').click();
    await settled();
    expect(world.hash.value).toBe('#/repair');
    expect(the('h1').textContent).toBe('Reconnect all');
  });

  it('one is mended in its row', async () => {
    await open('', [BROKEN]);
    expect(buttons().filter((text) => text?.startsWith('Reconnect all'))).toEqual([]);
  });
});

describe('the queue', () => {
  const [first, second, third] = ['c-0', 'c-1', 'c-2'] as const;
  const kept = { environmentId: null, continuesByItself: false };

  beforeEach(async () => {
    await open('#/repair', [BROKEN, BROKEN, BROKEN]);
  });

  it('says how many ask for the person before it begins', () => {
    expect(the('main').textContent).toContain('3 connections ask for you.');
    expect(buttons()).toEqual(['Start']);
  });

  it('is gone on with where one is under way', async () => {
    await keep({
      ...kept,
      items: [
        { id: first, outcome: { kind: 'mended' } },
        { id: second, outcome: { kind: 'waiting' } },
      ],
      currentId: second,
    });
    expect(the('main').textContent).toContain('2 of 2 is next');
    expect(buttons()).toEqual(['Continue', 'Start anew with all (3)']);
    the('button', 'Continue').click();
    await settled();
    expect(the('h2', 'Now: Reports 1')).toBeInstanceOf(HTMLElement);
    expect(the('input[type="password"]', 'API key').hasAttribute('required')).toBe(true);
  });

  it('sums up with the reason of what failed, as text, and a way to each', async () => {
    await keep({
      ...kept,
      items: [
        { id: first, outcome: { kind: 'failed', code: 'denied', detail: HOSTILE } },
        { id: second, outcome: { kind: 'skipped' } },
        { id: third, outcome: { kind: 'waiting' } },
      ],
      currentId: null,
    });
    // Of a time before this page: what there is to do now stands above it.
    expect(buttons()).toEqual(['Start', 'Start again with the 2 left']);
    expect(all('ul.repair-tally li').map((item) => item.textContent)).toEqual([
      '0 mended',
      '0 left for later',
      '1 skipped',
      '1 failed',
      '1 had no turn',
    ]);
    expect(the('a', 'Reports 0').getAttribute('href')).toBe('#/connections/c-0');
    expect(the('ul', 'Not mended').textContent).toContain(HOSTILE);
    expect(all('img')).toEqual([]);
    expect(all('details').map((one) => one.querySelector('summary')?.textContent)).toEqual([
      'Not mended (1)',
      'Had no turn (1)',
      'Skipped (1)',
    ]);
    expect(all('details[open]').length).toBe(2);
  });

  it('offers to start anew where the queue left other ones, however many they are', async () => {
    await keep({
      ...kept,
      items: ['elsewhere', 'away', first].map((id) => ({ id, outcome: { kind: 'later' } })),
      currentId: 'away',
    });
    world.answers.changeRepair = async () => {
      await keep({
        ...kept,
        items: ['elsewhere', 'away', first].map((id) => ({ id, outcome: { kind: 'later' } })),
        currentId: null,
      });
      return {};
    };
    the('button', 'Continue').click();
    await expect
      .poll(buttons)
      .toEqual(['Start again with the 3 left', 'Start anew with all (3)', 'Close']);
  });

  it('that ended a while ago is not what “Reconnect all” leads to, on the same page neither', async () => {
    const items = [{ id: first, outcome: { kind: 'mended' } }] as const;
    await keep({ ...kept, items, currentId: first });
    world.answers.changeRepair = async () => {
      await keep({ ...kept, items, currentId: null });
      return {};
    };
    the('button', 'Continue').click();
    await expect.poll(buttons).toEqual(['Start anew with all (3)', 'Close']);
    world.visit('#/connections');
    await settled();
    the('button', 'Reconnect all (3)').click();
    await settled();
    expect(buttons()).toEqual(['Start']);
    expect(the('section', 'The queue before').textContent).toContain('1 mended');
  });

  it('lists a hundred of a kind, and the rest on further pages', async () => {
    const many = Array.from({ length: 150 }, (_, at) => connection({ id: `m-${at}` }));
    await world.store({ connections: many });
    await keep({
      ...kept,
      items: many.map(({ id }) => ({ id, outcome: { kind: 'mended' } })),
      currentId: null,
    });
    expect(all('ul.repair-items li').length).toBe(100);
    the('button', 'Next').click();
    await settled();
    expect(all('ul.repair-items li').length).toBe(50);
  });

  it('with nothing broken there is nothing to do', async () => {
    await open('#/repair', [{ kind: 'active', verifiedAt: NOW }]);
    expect(the('main').textContent).toContain('Nothing asks to be reconnected');
    expect(buttons()).toEqual([]);
  });

  it('names apart what a new sign-in would not mend', async () => {
    const doubted = (doubt: 'misconfigured' | 'permission-missing'): Health => ({
      kind: 'unverified',
      doubt,
      since: NOW,
      verifiedAt: NOW,
    });
    await open('#/repair', [BROKEN, doubted('misconfigured'), doubted('permission-missing')]);
    const apart = the('ul', 'Not in this queue');
    expect(apart.textContent).toContain('Signing in again would not help.');
    expect(buttons()).toEqual(['Start', 'Allow access']);
  });
});
