import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Activity } from '../../../lib/domain/activity.ts';
import type { Connection } from '../../../lib/domain/connection.ts';
import { dayOf } from '../../../lib/domain/day-strip.ts';
import type { MethodSummary } from '../../../lib/rpc/procedures.ts';
import { connection, method, NOW, provider } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, show, the, type } from './page.tsx';

const DAY = 24 * 60 * 60 * 1000;
const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;

let world: World;

beforeEach(() => {
  document.body.innerHTML = '';
});

function line(at: number, more: Partial<Activity> = {}): Activity {
  return {
    at,
    happening: { kind: 'paused' },
    connectionIds: ['c-1'],
    count: 1,
    name: 'Orders',
    providerId: 'p',
    providerName: 'Shop',
    environmentId: 'production',
    ...more,
  };
}

async function open(
  hash: string,
  lines: readonly Activity[],
  changes: Partial<Connection> = {},
  lapses: MethodSummary['lapses'] = [],
): Promise<void> {
  const { methodId: id } = connection(changes);
  world = openWorld(hash, [
    provider({ id: connection().providerId, methods: [method({ id, lapses })] }),
  ]);
  await world.store({ connections: [connection(changes)] });
  const db = await world.database();
  await db.clear('activity');
  const tx = db.transaction('activity', 'readwrite');
  await Promise.all([...lines.map((one) => tx.store.add(one)), tx.done]);
  await world.model.load();
  world.announce('activity');
  show(world);
  await eventually(() => expect(document.querySelector('main, .panel')).not.toBeNull());
}

/** What is read from the store takes its time. */
async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 4000 });
}

const items = () => all('.activity-line').map((one) => one.textContent ?? '');
const press = (name: string) => the('button', name).click();

describe('the page', () => {
  it('lists by day, the newest first, a part at a time', async () => {
    await open(
      '#/activity',
      Array.from({ length: 102 }, (_, at) => line(NOW - (102 - at) * 60_000, { name: `N ${at}` })),
    );
    await eventually(() => expect(items()).toHaveLength(100));
    expect(items()[0]).toContain('N 101');
    press('Show older');
    await eventually(() => expect(items()).toHaveLength(102));
    expect(all('button', 'Show older')).toEqual([]);
  });

  it('follows what other contexts write, and says when there is nothing', async () => {
    await open('#/activity', []);
    await eventually(() => expect(the('.empty-state h2').textContent).toContain('Nothing'));
    await (await world.database()).add('activity', line(NOW));
    world.announce('activity');
    await eventually(() => expect(items()).toHaveLength(1));
  });

  it('keeps its filters in the address', async () => {
    await open('#/activity?what=health', [
      line(NOW),
      line(NOW, { happening: { kind: 'broke', reason: 'revoked' } }),
    ]);
    await eventually(() => expect(items()).toHaveLength(1));
    type(the('input[type="search"]'), 'nobody');
    expect(world.hash.value).toBe('#/activity?q=nobody&what=health');
    await eventually(() => expect(the('.empty-state h2').textContent).toBe('Nothing of that kind'));
  });
});

describe('the details of a connection', () => {
  it('show its days, in words too', async () => {
    await open('#/connections/c-1?tab=activity', [], { checkedAt: NOW });
    await (
      await world.database()
    ).put('strips', {
      connectionId: 'c-1',
      lastDay: dayOf(NOW),
      states: '11341',
    });
    world.announce('connections');
    await eventually(() =>
      expect(the('[role="img"]').getAttribute('aria-label')).toBe(
        'Last 90 days: 3 good, 1 in doubt, 1 broken, 85 not watched',
      ),
    );
    expect(all('.strip-day')).toHaveLength(90);
    const link = all('a', 'All activity of this connection')[0];
    expect(link?.getAttribute('href')).toBe('#/activity?connection=c-1');
  });

  it('mute and snooze, and say so honestly', async () => {
    await open('#/connections/c-1', [], { health: BROKEN, snoozedUntil: NOW + 3 * DAY });
    expect(the('.panel').textContent).toContain('Snoozed until');
    world.answers.snoozeConnections = () => ({ outcomes: [{ id: 'c-1', error: null }] });
    world.answers.muteConnections = () => ({ outcomes: [{ id: 'c-1', error: 'not-found' }] });
    press('End snooze');
    await eventually(() => expect(world.texts().join()).toContain('is not snoozed any more'));
    press('Mute notifications');
    await eventually(() => expect(world.texts()).toHaveLength(2));
    expect(world.calls.filter(({ procedure }) => /mute|snooze/i.test(procedure))).toEqual([
      { procedure: 'snoozeConnections', input: { ids: ['c-1'], until: null } },
      { procedure: 'muteConnections', input: { ids: ['c-1'], isMuted: true } },
    ]);
  });

  const rule = { afterS: (7 * DAY) / 1000, since: 'grant', when: null } as const;
  const lapses = [{ ...rule, source: 'https://shop.example/rule' }];

  it('name the likely cause of a break, with its source', async () => {
    const changes = { health: BROKEN, authorizedAt: NOW - 7 * DAY };
    await open('#/connections/c-1', [], changes, lapses);
    await eventually(() =>
      expect(the('.likely-cause').textContent).toContain('ends such access after 7 days'),
    );
    expect(the('.likely-cause a').getAttribute('href')).toBe('https://shop.example/rule');
  });

  it('name the rule by which it ends', async () => {
    const grantedAt = NOW - 6 * DAY;
    const health = { kind: 'expiring', expiresAt: NOW + DAY, verifiedAt: NOW } as const;
    const given = { scopesAsked: [], scopesGiven: null, accessEndsAt: null, isRenewable: true };
    await open('#/connections/c-1', [], { health, grant: { ...given, grantedAt } }, lapses);
    await eventually(() => expect(the('.panel').textContent).toContain('Its end is inferred'));
  });
});

it('quiet hours are chosen in the settings', async () => {
  await open('#/settings', []);
  const box = all('label', 'Quiet hours')[0]?.querySelector('input');
  box?.click();
  await eventually(() =>
    expect(world.calls.filter(({ procedure }) => procedure === 'saveSettings')).toEqual([
      // Nothing of the rest, which may have been changed meanwhile.
      { procedure: 'saveSettings', input: { quietHours: { isOn: true } } },
    ]),
  );
});
