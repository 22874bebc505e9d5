import { describe, expect, it } from 'vitest';
import { createRouter, hashOf, parseRoute, START, type Route } from '../../lib/client/route.ts';
import { ALL } from '../../lib/domain/query.ts';

describe('an address of the options page', () => {
  const routes: readonly [string, Route][] = [
    ['#/connections', START],
    ['#/new', { kind: 'new', providerId: null }],
    ['#/new?provider=git-hub', { kind: 'new', providerId: 'git-hub' }],
    ['#/providers', { kind: 'providers' }],
    ['#/flows', { kind: 'flows', connectionId: null }],
    ['#/flows?connection=c%2F1', { kind: 'flows', connectionId: 'c/1' }],
    ['#/repair', { kind: 'repair', environmentId: null }],
    ['#/repair?environment=staging', { kind: 'repair', environmentId: 'staging' }],
    ['#/settings', { kind: 'settings' }],
    [
      '#/connections?q=a+%26+b&status=reconnect&provider=slack&sort=name&order=desc',
      {
        kind: 'connections',
        query: {
          ...ALL,
          text: 'a & b',
          health: 'reconnect',
          providerId: 'slack',
          sort: 'name',
          descending: true,
        },
        opened: null,
      },
    ],
    [
      '#/connections?status=attention',
      { kind: 'connections', query: { ...ALL, health: 'attention' }, opened: null },
    ],
    [
      '#/connections?environment=staging&sync=paused&flow=f-1&tag=red&tag=a+b&tags=all',
      {
        kind: 'connections',
        query: {
          ...ALL,
          environmentId: 'staging',
          sync: 'paused',
          flowId: 'f-1',
          tags: ['red', 'a b'],
          tagsMatch: 'all',
        },
        opened: null,
      },
    ],
    [
      '#/connections/a%2Fb?tab=activity&reconnect=1',
      {
        kind: 'connections',
        query: ALL,
        opened: { id: 'a/b', tab: 'activity', isReconnecting: true },
      },
    ],
  ];

  it.each(routes)('%s names its route and is named by it', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(hashOf(route)).toBe(hash);
  });

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/connections?sync=asleep&tag=&tags=none',
    '#/connections?status=melted&sort=colour&order=sideways',
    '#/connections/%E0%A4%A',
  ])('%j shows the whole list', (hash) => {
    expect(parseRoute(hash)).toEqual(START);
  });
});

describe('the router', () => {
  function open(hash: string) {
    const steps: string[] = [];
    const bar = { now: hash, listener: () => undefined as void };
    const router = createRouter({
      hash: () => bar.now,
      push: (next) => {
        steps.push(`push ${next}`);
        bar.now = next;
      },
      replace: (next) => {
        steps.push(`replace ${next}`);
        bar.now = next;
      },
      onChange: (listener) => {
        bar.listener = listener;
      },
    });
    return { router, bar, steps };
  }

  it('starts where the address says', () => {
    expect(open('#/settings').router.route.value).toEqual({ kind: 'settings' });
  });

  it('follows the address when a person goes back', () => {
    const { router, bar } = open('#/connections');
    bar.now = '#/providers';
    bar.listener();
    expect(router.route.value).toEqual({ kind: 'providers' });
  });

  it('makes a step in the history, or none', () => {
    const { router, steps } = open('#/connections');
    router.go({ kind: 'settings' });
    router.replace({ kind: 'providers' });
    expect(steps).toEqual(['push #/settings', 'replace #/providers']);
  });

  it('has the filters of the activity in the address, and passes over what makes no sense', () => {
    const hash = '#/activity?q=ads&what=health&connection=c-1&provider=p&environment=staging';
    expect(hashOf(parseRoute(hash))).toBe(hash);
    expect(hashOf(parseRoute('#/activity?what=nonsense'))).toBe('#/activity');
  });

  it('remembers the list behind a dialog, with its filters', () => {
    const { router } = open('#/connections?q=ads');
    router.go({ kind: 'new', providerId: null });
    expect(router.list.value.query.text).toBe('ads');
  });
});
