import { render } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { NOTHING_WRONG, type NetworkTruth } from '../../lib/domain/network.ts';
import { authorization, connection, NOW } from '../client/connections.ts';
import { openWorld } from '../client/options-world.ts';
import { openPopupWorld } from '../client/popup-world.ts';
import { all, settled, show, the } from './options/page.tsx';

const MINUTE = 60_000;
const ADS = connection({ name: 'Ads', health: { kind: 'active', verifiedAt: NOW - 5 * MINUTE } });
const DOWN = { kind: 'unreachable', since: NOW, tries: 1, retryAt: NOW } as const;
const TROUBLE = { key: ADS.providerId, name: '<b>Hub</b>', count: 12, since: NOW } as const;

afterEach(() => {
  const app = document.getElementById('app');
  if (app !== null) render(null, app);
});

const said = (): string => the('[role=status]', 'Network').textContent;

async function onPopup(truth: Partial<NetworkTruth>, connections = [ADS]): Promise<string> {
  const world = openPopupWorld();
  await (await world.database()).put('kept', { ...NOTHING_WRONG, ...truth }, 'network');
  await world.store({ connections });
  await world.start();
  document.body.innerHTML = '<div id="app"></div>';
  render(<PopupPage model={world.model} />, the('#app'));
  await settled();
  return said();
}

describe('the popup', () => {
  it('says nothing where nothing is wrong', async () => {
    expect(await onPopup({})).toBe('');
  });

  it('says once that nobody answers, with the age of what it shows, and of no provider', async () => {
    expect(await onPopup({ down: DOWN, providers: [TROUBLE] })).toBe(
      'No provider answers: you seem to be offline, or behind a sign-in page of the network. Showing what was last known, 5 min ago.',
    );
    expect(the('li', 'Ads').textContent).toContain('Active');
  });

  it('says once that a provider lets many down, its name as text', async () => {
    expect(await onPopup({ providers: [TROUBLE] })).toMatch(
      /^<b>Hub<\/b> has trouble: 12 connections could not be checked since \d\d:\d\d\.$/,
    );
  });

  it('says nothing of a provider of which there is no connection any more', async () => {
    expect(await onPopup({ providers: [{ ...TROUBLE, key: 'gone' }] })).toBe('');
  });

  it.each([
    [61 * MINUTE, 'ahead by about 61 minutes'],
    [-61 * MINUTE, 'behind by about 61 minutes'],
  ])('says that the clock is off by %i ms', async (clockOffMs, words) => {
    expect(await onPopup({ clockOffMs })).toContain(`This computer’s clock is ${words}`);
  });

  it('has nothing to say of the network where there is nothing to ask', async () => {
    expect(await onPopup({ down: DOWN }, [])).toBe('');
  });

  it('says of a row that it waits behind another window', async () => {
    const world = openPopupWorld();
    const purpose = { kind: 'reconnect', connectionId: ADS.id } as const;
    const state = { kind: 'queued' } as const;
    await world.store({ connections: [ADS], authorization: authorization({ purpose, state }) });
    await world.start();
    document.body.innerHTML = '<div id="app"></div>';
    render(<PopupPage model={world.model} />, the('#app'));
    await settled();
    expect(the('li', 'Ads').textContent).toContain('Waiting for the other sign-in window');
    the('button', 'Cancel reconnecting Ads').click();
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]?.procedure).toBe('cancelAuthorization');
  });
});

describe('the options page', () => {
  it('says the same over its list, and follows', async () => {
    const world = openWorld('#/connections');
    await world.store({ connections: [ADS] });
    await (await world.database()).put('kept', { ...NOTHING_WRONG, down: DOWN }, 'network');
    await world.model.load();
    show(world);
    await settled();
    expect(said()).toContain('No provider answers');
    await (await world.database()).delete('kept', 'network');
    world.announce('network');
    await expect.poll(said).toBe('');
  });

  it('lets what waits behind another window be cancelled', async () => {
    const world = openWorld('#/connections');
    await world.store({
      connections: [ADS],
      authorization: authorization({ state: { kind: 'queued' } }),
    });
    await world.model.load();
    show(world);
    await settled();
    const strip = all('.attempt');
    expect(strip.map((one) => one.textContent).join()).toContain('other sign-in window');
    the('.attempt button', 'Cancel').click();
    await expect.poll(() => world.calls.at(-1)?.procedure).toBe('cancelAuthorization');
  });
});
