import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PopupPage } from '../../../components/popup/PopupPage.tsx';
import { absoluteText } from '../../../lib/client/moments.ts';
import { tell } from '../../../lib/client/translate.ts';
import type { Health } from '../../../lib/domain/health.ts';
import { authorization, connection, NOW } from '../../client/connections.ts';
import { changed, openPopupWorld, type PopupWorld, type Stored } from '../../client/popup-world.ts';
import { all, settled, the, type } from '../options/page.tsx';

const HOSTILE = '<img src=x onerror=alert(1)> \u202Egnirts';
const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;
let world: PopupWorld;

async function open(...what: Stored[]): Promise<void> {
  for (const stored of what) await world.store(stored);
  await world.start();
  document.body.innerHTML = '<div id="app"></div>';
  const app = document.getElementById('app');
  if (app !== null) render(<PopupPage model={world.model} />, app);
  await settled();
}

function many(count: number): Stored {
  return {
    connections: Array.from({ length: count }, (_, at) =>
      connection({ id: `c-${at}`, name: `Reports ${String(at).padStart(5, '0')}` }),
    ),
  };
}

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event;
}

function focused(): string | null {
  return document.activeElement?.getAttribute('aria-label') ?? null;
}

function summary(): string | null {
  return the('[role=status]', 'Summary').textContent;
}

beforeEach(() => {
  world = openPopupWorld();
});

afterEach(() => {
  const app = document.getElementById('app');
  if (app !== null) render(null, app);
});

describe('a row', () => {
  it('is named by its connection and described by owner, provider and health', async () => {
    await open({ connections: [connection({ name: 'Ads', health: BROKEN })] });
    const row = the('li', 'Ads');
    const described = (row.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described[0]).toBe('alice@example.com · Example');
    expect(described[1]).toMatch(/^Reconnect needed · access was revoked on /);
  });

  it('says its environment first where several are shown, and only there', async () => {
    const staged = connection({ id: 'c-2', name: 'Twin', environmentId: 'staging' });
    await open({ connections: [connection({ name: 'Ads' }), staged] });
    const owners = () => all('.popup-row-owner').map(({ textContent }) => textContent);
    expect(owners()).toEqual([
      'Production · alice@example.com · Example',
      'Staging · alice@example.com · Example',
    ]);
    await world.store({ settings: { environmentId: 'staging' } });
    world.announce(changed('settings'));
    await world.until(() => world.model.rows.value.length === 1);
    await settled();
    expect(owners()).toEqual(['alice@example.com · Example']);
  });

  const DAY = 86_400_000;
  it.each<[string, Health, string, number]>([
    [
      'it was checked',
      { kind: 'active', verifiedAt: NOW - 5 * 60_000 },
      'checked 5 min ago',
      NOW - 5 * 60_000,
    ],
    [
      'it ends',
      { kind: 'expiring', expiresAt: NOW + 3 * DAY, verifiedAt: NOW },
      'Expires in 3 days',
      NOW + 3 * DAY,
    ],
    [
      'it broke',
      { kind: 'reconnect', reason: 'revoked', since: NOW - DAY, verifiedAt: NOW - 2 * DAY },
      'access was revoked on 20 Nov',
      NOW - DAY,
    ],
    [
      'it was seen to work last',
      { kind: 'unverified', doubt: 'unreachable', since: NOW, verifiedAt: NOW - 3 * DAY },
      'Active as of 18 Nov',
      NOW - 3 * DAY,
    ],
  ])('says when %s in its words, and exactly for machines and on hover', async (...row) => {
    const [, health, words, at] = row;
    await open({ connections: [connection({ health, isMuted: true })] });
    expect([...document.querySelectorAll('time')].map((one) => one.textContent)).toEqual([words]);
    expect(the('time').getAttribute('datetime')).toBe(new Date(at).toISOString());
    expect(the('[id="health-0"]').textContent).toContain(tell({ key: 'muted' }));
    const button = the('.popup-row-open');
    button.dispatchEvent(new Event('pointerenter'));
    expect(button.title.split('\n').at(-1)).toContain(`${words} (${absoluteText(at)})`);
  });

  it.each<[string, Health]>([
    ['is not authorised', { kind: 'unauthorized' }],
    [
      'was never seen to work',
      { kind: 'unverified', doubt: 'unchecked', since: NOW, verifiedAt: null },
    ],
    [
      'lacks a permission',
      { kind: 'unverified', doubt: 'permission-missing', since: NOW, verifiedAt: NOW },
    ],
  ])('gives no moment where none is said: one that %s', async (_what, health) => {
    await open({ connections: [connection({ health })] });
    expect(document.querySelector('time')).toBeNull();
    const button = the('.popup-row-open');
    button.dispatchEvent(new Event('pointerenter'));
    expect(button.title.split('\n')).toHaveLength(3);
  });

  it.each([
    [BROKEN, 'Reconnect Ads'],
    [{ kind: 'expiring', expiresAt: NOW + 1000, verifiedAt: NOW }, 'Reconnect Ads'],
    [{ kind: 'unauthorized' }, 'Authorise Ads'],
  ] as const)('in health %j offers "%s"', async (health, name) => {
    await open({ connections: [connection({ name: 'Ads', health })] });
    the('button', name).click();
    await world.until(() => world.opened.length > 0);
    expect(world.opened[0]).toBe('#/connections/c-1?reconnect=1');
  });

  it.each([
    { kind: 'active', verifiedAt: NOW },
    { kind: 'unverified', doubt: 'offline', since: NOW, verifiedAt: NOW },
  ] as const)('in health %j needs no mending', async (health) => {
    await open({ connections: [connection({ name: 'Ads', health })] });
    expect(all('button', 'Reconnect Ads')).toEqual([]);
    expect(all('button', 'More for Ads').length).toBe(1);
  });

  it('whose sign-in window is open says so, and can be cancelled', async () => {
    const purpose = { kind: 'reconnect', connectionId: 'c-1' } as const;
    await open({
      connections: [connection({ name: 'Ads', health: BROKEN })],
      authorization: authorization({ purpose, state: { kind: 'waiting' } }),
    });
    expect(the('li', 'Ads').textContent).toContain('Waiting for the sign-in window…');
    the('button', 'Cancel reconnecting Ads').click();
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]?.procedure).toBe('cancelAuthorization');
  });

  it('shows what people and providers wrote as text, cut short', async () => {
    await open({
      connections: [
        connection({
          name: HOSTILE,
          identity: { id: 'x', label: 'y'.repeat(10_000), workspace: null },
          provider: { name: HOSTILE, text: '<b>', color: 'url(x)' },
        }),
      ],
    });
    expect(all('img, script').length).toBe(0);
    expect(the('li bdi[id]').textContent).toBe(HOSTILE);
    expect(document.body.innerHTML.length).toBeLessThan(10_000);
  });
});

describe('the popup', () => {
  it('sums up', async () => {
    await open({
      connections: [
        connection({ id: 'c-1', health: BROKEN }),
        connection({ id: 'c-2', health: BROKEN }),
        connection({ id: 'c-3' }),
      ],
    });
    expect(summary()).toBe('2 need reconnecting · 1 active');
    the('button', 'Reconnect all (2)').click();
    await world.until(() => world.opened.length > 0);
    expect(world.opened[0]).toBe('#/repair');
  });

  it('offers to mend all only when there are several', async () => {
    await open({ connections: [connection({ health: BROKEN })] });
    expect(summary()).toBe('1 needs reconnecting');
    expect(
      all('button').filter((button) => button.textContent?.startsWith('Reconnect all')),
    ).toEqual([]);
  });

  it('says what it is for while there is nothing', async () => {
    await open();
    expect(the('main').textContent).toContain('tells you here when one breaks');
    the('main button', 'New connection').click();
    await world.until(() => world.opened.length === 2);
    expect(world.opened).toEqual(['#/new', 'closed']);
  });

  it('shows the way back from an empty environment', async () => {
    await open({ connections: [connection()], settings: { environmentId: 'staging' } });
    the('button', 'Show all environments').click();
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]?.input).toEqual({ environmentId: null });
  });

  it('holds few rows of many, and says how many there are', async () => {
    await open(many(300));
    const rows = all('li');
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('300');
  });

  it('finds nothing and offers to clear the search', async () => {
    await open(many(3));
    type(the('input', 'Search connections'), 'nothing like it');
    await settled();
    expect(all('li')).toEqual([]);
    the('button', 'Clear search').click();
    await settled();
    expect(all('li').length).toBe(3);
  });

  it('finds nothing only once it has looked at everything', async () => {
    await open(many(100));
    type(the('input', 'Search connections'), '00099');
    await settled();
    expect(world.model.records.isWhole.value).toBe(false);
    expect(all('h2')).toEqual([]);
    await world.until(() => all('li').length === 1);
    expect(the('li bdi[id]').textContent).toBe('Reports 00099');
  });

  it('says when the background does not answer, apart from what it shows', async () => {
    await open(many(1));
    world.model.actions.stopChecking();
    await settled();
    world.pass(10_000);
    await settled();
    expect(all('[role=alert]')).toEqual([]);
    world.answers.stopChecking = () => new Promise(() => undefined);
    world.model.actions.stopChecking();
    await settled();
    world.pass(10_000);
    await world.until(() => all('[role=alert]').length === 1);
    expect(all('li').length).toBe(1);
  });

  it('turns its check button into one that stops, with how far it has come', async () => {
    await open(many(2));
    world.announce({ kinds: ['checking'], checking: { done: 1, total: 2 } });
    await settled();
    the('button', 'Stop (1/2)').click();
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]?.procedure).toBe('stopChecking');
    world.announce({ kinds: ['checking'], checking: null });
    await settled();
    expect(all('button', 'Check now').length).toBe(1);
  });
});

describe('the strip of attempts', () => {
  it('says what happened and offers the next step', async () => {
    const state = { kind: 'failed', code: 'provider-trouble', detail: null } as const;
    await open({ authorization: authorization({ providerName: HOSTILE, state }) });
    const strip = the('section', 'Attempts to sign in');
    expect(strip.textContent).toContain('The provider has trouble at the moment');
    expect(all('img')).toEqual([]);
    the('button', 'Dismiss').click();
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]?.procedure).toBe('dismissAuthorization');
  });

  it('leaves a choice to the page that has room for it', async () => {
    const alice = { id: 'a', label: 'alice', workspace: null };
    const bob = { id: 'b', label: 'bob', workspace: null };
    await open({
      authorization: authorization({
        state: { kind: 'mismatch', connectionId: 'c-1', expected: alice, received: bob },
      }),
    });
    expect(the('section', 'Attempts to sign in').textContent).toContain('signed in as bob');
    the('button', 'Choose…').click();
    await world.until(() => world.opened.length > 0);
    expect([world.opened[0], world.calls]).toEqual(['#/connections', []]);
  });
});

describe('the focus in a list that changes', () => {
  const healthy = { kind: 'active', verifiedAt: NOW } as const;
  const ads = connection({ id: 'c-1', name: 'Ads', health: BROKEN });
  const wiki = connection({ id: 'c-2', name: 'Wiki', health: BROKEN });

  async function change(what: Stored, holds: () => boolean): Promise<void> {
    await world.store(what);
    world.announce(changed('connections'));
    await world.until(holds);
    await settled();
  }

  const names = () => world.model.rows.value.map(({ name }) => name);

  it('stays in the row of its connection, though its button went and the row moved', async () => {
    await open({ connections: [ads, wiki] });
    press('ArrowDown');
    expect(focused()).toBe('Reconnect Ads');
    await change(
      { connections: [{ ...ads, health: healthy }] },
      () => names().join(' ') === 'Wiki Ads',
    );
    expect(focused()).toBe('Open Ads');
    press('ArrowUp');
    await settled();
    expect(focused()).toBe('Reconnect Wiki');
  });

  it('goes to the row that took the place of one that is gone', async () => {
    await open({ connections: [ads, wiki] });
    press('ArrowDown');
    await settled();
    const db = await world.database();
    await db.delete('connections', ads.id);
    world.announce(changed('connections'));
    await world.until(() => names().join(' ') === 'Wiki');
    await settled();
    expect(focused()).toBe('Reconnect Wiki');
  });

  it('is not taken from wherever else the person put it', async () => {
    await open({ connections: [ads, wiki] });
    press('ArrowDown');
    (document.activeElement as HTMLElement).blur();
    await change({ connections: [{ ...ads, health: healthy }] }, () => names()[0] === 'Wiki');
    expect(document.activeElement).toBe(document.body);
  });
});

describe('by keyboard', () => {
  it('/ searches, arrows go into the list and out of it', async () => {
    await open({
      connections: [
        connection({ id: 'c-1', name: 'Ads', health: BROKEN }),
        connection({ id: 'c-2', name: 'Wiki' }),
      ],
    });
    press('/');
    expect(focused()).toBe('Search connections');
    press('ArrowDown');
    expect(focused()).toBe('Reconnect Ads');
    press('ArrowDown');
    await settled();
    expect(focused()).toBe('Open Wiki');
    press('ArrowRight');
    expect(focused()).toBe('More for Wiki');
    press('ArrowUp');
    await settled();
    press('ArrowUp');
    expect(focused()).toBe('Search connections');
  });

  it('arrows go into the list from wherever the focus is, but not from a choice', async () => {
    await open(many(3));
    for (const key of ['ArrowDown', 'ArrowUp']) {
      press(key);
      expect(focused()).toBe('Open Reports 00000');
      the('button', 'New connection').focus();
    }
    press('ArrowDown');
    expect(focused()).toBe('Open Reports 00000');
    the('select', 'Environment').focus();
    expect(press('ArrowDown').defaultPrevented).toBe(false);
    expect(focused()).toBe('Environment');
  });

  it('Enter in the search acts on the first hit, once', async () => {
    await open({
      connections: [
        connection({ id: 'c-1', name: 'Ads', health: BROKEN }),
        connection({ id: 'c-2', name: 'Wiki', health: BROKEN }),
      ],
    });
    press('/');
    type(the('input', 'Search connections'), 'wiki');
    await settled();
    press('Enter');
    press('Enter', { repeat: true });
    press('Enter', { isComposing: true });
    await settled();
    expect(world.opened).toEqual(['#/connections/c-2?reconnect=1', 'closed']);
    expect(focused()).toBe('Search connections');
  });

  it('Enter in the search waits until everything was looked at', async () => {
    await open(many(100));
    press('/');
    type(the('input', 'Search connections'), 'reports');
    press('Enter');
    expect(world.opened).toEqual([]);
    await world.until(() => world.opened.length > 0);
    expect(world.opened).toEqual(['#/connections/c-0', 'closed']);
  });

  it.each([
    ['something else was typed', () => type(the('input', 'Search connections'), 'reports 0')],
    ['the focus went elsewhere', () => the('button', 'New connection').focus()],
  ])('Enter in the search is forgotten where %s meanwhile', async (_what, leave) => {
    await open(many(100));
    press('/');
    type(the('input', 'Search connections'), 'reports');
    press('Enter');
    leave();
    await world.until(() => world.model.records.isWhole.value);
    await settled();
    expect(world.opened).toEqual([]);
  });

  it('another search, and another environment, begin at the first row and at the top', async () => {
    const { connections = [] } = many(60);
    const staged = [connection({ id: 'staged', name: 'Staged', environmentId: 'staging' })];
    await open({ connections: [...connections, ...staged] });
    const goDown = async (): Promise<void> => {
      press('ArrowDown');
      press('End');
      await settled();
      expect(focused()).not.toBe('Open Reports 00000');
      the('ul').scrollTop = 1000;
    };
    await goDown();
    press('/');
    type(the('input', 'Search connections'), 'reports');
    await world.until(() => world.model.records.isWhole.value);
    await settled();
    expect(the('ul').scrollTop).toBe(0);
    press('ArrowDown');
    expect(focused()).toBe('Open Reports 00000');
    await goDown();
    await world.store({ settings: { environmentId: 'production' } });
    world.announce(changed('settings'));
    await world.until(() => world.model.total.value === 60);
    await settled();
    expect(the('ul').scrollTop).toBe(0);
    press('/');
    press('ArrowDown');
    expect(focused()).toBe('Open Reports 00000');
  });

  it('Tab stops at one row alone', async () => {
    await open(many(5));
    const stops = all('li').filter((row) => row.querySelector('[tabindex="0"]') !== null);
    expect(stops.length).toBe(1);
  });

  it('Esc clears a search before it closes the popup', async () => {
    await open(many(2));
    press('/');
    type(the('input', 'Search connections'), 'x');
    expect(press('Escape').defaultPrevented).toBe(true);
    await settled();
    expect(world.model.text.value).toBe('');
    expect(press('Escape').defaultPrevented).toBe(false);
  });
});
