import { render } from 'preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import type { Connection } from '../../lib/domain/connection.ts';
import { goingFrom } from '../../lib/domain/deletion.ts';
import { UNDER_VIEW_ONLY, type Rule } from '../../lib/rpc/view-only.ts';
import type { Kept, KeptName } from '../../lib/store/database.ts';
import { authorization, connection, NOW, provider } from '../client/connections.ts';
import { openWorld, type World } from '../client/options-world.ts';
import { openPopupWorld, type PopupWorld } from '../client/popup-world.ts';
import { all, settled, show, submit, the, type } from './options/page.tsx';

const LOCK = { wrongTries: 0, triedAt: 0 };
const BROKEN = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: null } as const;
const CONNECTION = connection({ name: 'Ads', health: BROKEN, methodKind: 'key', tags: ['Red'] });
const VIEW = { id: 'v-1', name: 'Red ones', search: 'tag=Red' };

async function keep<N extends KeptName>(
  world: World | PopupWorld,
  name: N,
  record: Kept[N],
): Promise<void> {
  await (await world.database()).put('kept', record, name);
}

async function openPage(hash: string, what: Connection = CONNECTION): Promise<World> {
  const world = openWorld(hash, [provider({ source: 'imported', connections: 0 })]);
  await keep(world, 'viewOnly', LOCK);
  await keep(world, 'views', [VIEW]);
  await keep(world, 'environments', [{ id: 'e-1', name: 'Sandbox' }]);
  await world.store({ connections: [what] });
  await world.model.load();
  show(world);
  await settled();
  return world;
}

async function openPopup(): Promise<PopupWorld> {
  const world = openPopupWorld();
  await keep(world, 'viewOnly', LOCK);
  await world.store({ connections: [CONNECTION], authorization: authorization() });
  await world.start();
  document.body.innerHTML = '<div id="app"></div>';
  render(<PopupPage model={world.model} />, the('#app'));
  await settled();
  return world;
}

const WAYS_OUT = ['Unlock changes', 'Delete the secrets and keep the list'];

/** Everything that takes a press, except for the ways out. */
function pressable(): HTMLElement[] {
  return all('button, [role=menuitem]').filter(
    (one) =>
      !one.hasAttribute('disabled') &&
      one.getAttribute('aria-disabled') !== 'true' &&
      !WAYS_OUT.includes(one.textContent ?? ''),
  );
}

/** Presses, chooses and submits whatever can be; each menu that opens too. @returns the dialogs seen */
async function useEverything(): Promise<string[]> {
  const seen: string[] = [];
  const done = new Set<Element>();
  const act = async (target: HTMLElement, how: () => void): Promise<void> => {
    done.add(target);
    how();
    await settled();
    // Tags may be looked at; what changes them is locked there.
    const tags = all('dialog', 'Tags');
    const others = all('dialog').filter((dialog) => !tags.includes(dialog));
    seen.push(...others.map((dialog) => dialog.textContent ?? ''));
  };
  for (let next = pressable(); next.length > 0; next = pressable().filter((one) => !done.has(one)))
    for (const button of next) await act(button, () => button.click());
  for (const field of all('select:not([disabled]), input[type=checkbox]:not([disabled])'))
    await act(field, () => field.dispatchEvent(new Event('change', { bubbles: true })));
  // A form whose button is disabled is not submitted by Enter either.
  for (const button of all('[type=submit]:not([disabled])'))
    await act(button, () => button.click());
  return seen;
}

/** What the background would have refused of what was asked. */
function refused({ calls }: World | PopupWorld): unknown[] {
  return calls.filter(({ procedure, input }) => {
    const rule = UNDER_VIEW_ONLY[procedure] as Rule | ((input: unknown) => Rule);
    return (typeof rule === 'function' ? rule(input) : rule) === 'refused';
  });
}

beforeAll(() => {
  // happy-dom has no popovers; whether a menu is over the page does not matter here.
  HTMLElement.prototype.showPopover ??= () => undefined;
});

afterEach(() => {
  render(null, the('#app'));
});

describe('under view only', () => {
  it.each([
    ['#/connections/c-1', ['Rename Ads', 'Delete Ads', 'Reconnect Ads', 'New connection']],
    ['#/providers', ['Import provider', 'Connect Example', 'Remove Example']],
    ['#/settings', ['Rename Sandbox', 'Remove Sandbox', 'Add environment']],
  ])('%s asks for no change and opens no dialog, whatever is pressed', async (hash, locked) => {
    const world = await openPage(hash);
    for (const name of locked) {
      const button = the('button', name);
      expect([name, button.hasAttribute('disabled')]).toEqual([name, true]);
      expect(button.getAttribute('aria-describedby')).toBe('view-only-reason');
    }
    expect(the('#view-only-reason').textContent).toBe(
      'View only: changes are locked with a passphrase.',
    );
    expect(await useEverything()).toEqual([]);
    expect(refused(world)).toEqual([]);
    expect(world.calls.map(({ procedure }) => procedure)).toContain('listProviders');
  });

  it('shows every tag and how many carry it, and changes none', async () => {
    const world = await openPage('#/connections');
    the('button', 'Manage tags').click();
    await settled();
    expect(the('dialog', 'Tags').textContent).toContain('Red');
    for (const name of ['Rename tag Red', 'Delete tag Red', 'Add'])
      expect([name, the('dialog button', name).hasAttribute('disabled')]).toEqual([name, true]);
    expect(the('select', 'Colour of Red').hasAttribute('disabled')).toBe(true);
    expect(refused(world)).toEqual([]);
  });

  it('where its passphrase is forgotten, the secrets can go, for words that are typed', async () => {
    const world = await openPage('#/settings');
    the('button', 'Delete the secrets and keep the list').click();
    await settled();
    const submit = the('dialog [type=submit]');
    expect(submit.hasAttribute('disabled')).toBe(true);
    const words = the('dialog input') as HTMLInputElement;
    words.value = 'delete the secrets';
    words.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    expect(submit.hasAttribute('disabled')).toBe(false);
    submit.click();
    await settled();
    expect(world.calls.map(({ procedure }) => procedure)).toContain('forgetSecrets');
  });

  it('an organisation offers no way out', async () => {
    const world = await openPage('#/settings');
    await keep(world, 'managed', { viewOnly: true, organisation: 'Acme IT' });
    await world.model.records.load();
    await settled();
    expect(all('button').map(({ textContent }) => textContent)).not.toContain(
      'Delete the secrets and keep the list',
    );
  });

  it('details show everything, and let nothing of it be changed', async () => {
    await openPage('#/connections/c-1', connection({ ...CONNECTION, notes: 'Ask Bob' }));
    const notes = the('textarea', 'Notes');
    expect(notes.hasAttribute('readonly')).toBe(true);
    expect((notes as HTMLTextAreaElement).value).toBe('Ask Bob');
    for (const [selector, name] of [
      ['select', 'Move Ads'],
      ['input', 'Add a tag'],
      ['button', 'Remove tag Red'],
      ['input', 'Last day'],
    ] as const)
      expect([name, the(selector, name).hasAttribute('disabled')]).toEqual([name, true]);
    // Its own notes give way to the reason.
    const lastDay = the('input', 'Last day');
    expect(lastDay.getAttribute('aria-describedby')).toBe('view-only-reason');
  });

  it('the queue can be left, and nothing else of it done, when the lock comes meanwhile', async () => {
    const world = openWorld('#/repair');
    const health = { kind: 'unverified', since: NOW, verifiedAt: null } as const;
    const barred = { ...health, doubt: 'permission-missing' } as const;
    await world.store({
      connections: [CONNECTION, connection({ id: 'c-2', name: 'Barred', health: barred })],
    });
    await keep(world, 'repair', {
      environmentId: null,
      continuesByItself: false,
      items: [{ id: CONNECTION.id, outcome: { kind: 'waiting' } }],
      currentId: CONNECTION.id,
    });
    await world.model.load();
    show(world);
    await settled();
    expect(the('button', 'Allow access: Barred').hasAttribute('disabled')).toBe(false);
    await keep(world, 'viewOnly', LOCK);
    await world.model.records.load();
    await settled();
    expect(the('button', 'Allow access: Barred').hasAttribute('disabled')).toBe(true);
    await world.model.repair.resume();
    await settled();
    const asked = refused(world).length;
    expect(the('input[role=switch]').hasAttribute('disabled')).toBe(true);
    expect(the('main fieldset').hasAttribute('disabled')).toBe(true);
    await useEverything();
    expect(refused(world).length).toBe(asked);
    expect(world.calls).toContainEqual({ procedure: 'changeRepair', input: { kind: 'stop' } });
  });

  it('the popup asks for no change, and says the way to unlock', async () => {
    const world = await openPopup();
    for (const name of ['Reconnect Ads', 'New connection'])
      expect(the('button', name).hasAttribute('disabled')).toBe(true);
    the('button', 'Unlock changes').click();
    await world.until(() => world.opened.length > 1);
    expect(world.opened).toEqual(['#/settings', 'closed']);
    await useEverything();
    expect(refused(world)).toEqual([]);
    expect(world.calls.map(({ procedure }) => procedure)).toContain('checkNow');
    expect(world.opened.filter((hash) => /new|reconnect=1/.test(hash))).toEqual([]);
  });

  it('the keys of the popup reach what can be used in a row', async () => {
    await openPopup();
    the('button', 'Open Ads').focus();
    const press = (key: string): boolean =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })) ??
      false;
    press('ArrowRight');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('More for Ads');
    press('ArrowLeft');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Open Ads');
  });

  it('a menu names what cannot be chosen, and does not do it', async () => {
    const world = await openPage('#/connections');
    the('button', 'More for Ads').click();
    await settled();
    const items = all('[role=menuitem]').map((item) => [
      item.textContent,
      item.getAttribute('aria-disabled'),
    ]);
    expect(items).toContainEqual(['Pause sync', 'true']);
    expect(items).toContainEqual(['Copy evidence', null]);
    the('[role=menuitem]', 'Pause sync').click();
    await settled();
    expect(refused(world)).toEqual([]);
    expect(all('[role=menu]').length).toBe(1);
  });

  it('an Undo that is offered cannot be used', async () => {
    const world = await openPage('#/connections');
    const going = goingFrom(connection({ id: 'c-2' }), 'batch', false, NOW);
    await (await world.database()).put('deletions', going);
    await world.model.deletions.load();
    await settled();
    expect(the('button', 'Undo').hasAttribute('disabled')).toBe(true);
    const how = { key: 'z', ctrlKey: true, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', how));
    expect(refused(world)).toEqual([]);
    expect(all('button', 'Undo').length).toBe(1);
    expect(the('[role=status] button', 'Dismiss').hasAttribute('disabled')).toBe(false);
  });

  it('a dialog that has an address says that nothing can be done in it', async () => {
    const world = await openPage('#/connections/c-1?reconnect=1');
    const dialog = the('dialog', 'Reconnect Ads');
    expect(dialog.querySelector('[role=alert]')?.textContent).toContain('view only');
    expect(dialog.querySelector('fieldset')?.disabled).toBe(true);
    expect(dialog.querySelector('[type=submit]')?.hasAttribute('disabled')).toBe(true);
    expect(refused(world)).toEqual([]);
  });
});

describe('the organisation', () => {
  it.each([
    ['Acme <b>IT</b>', 'View only: Acme <b>IT</b> has locked changes in Patchbay.'],
    [null, 'View only: your organisation has locked changes in Patchbay.'],
  ])('%j is named, and offers no way to unlock', async (organisation, text) => {
    const world = openWorld('#/settings');
    await keep(world, 'managed', { viewOnly: true, organisation });
    await world.model.load();
    show(world);
    await settled();
    expect(the('#view-only-reason').textContent).toBe(text);
    expect(all('button', 'Unlock changes')).toEqual([]);
    expect(all('button', 'Lock changes')).toEqual([]);
  });
});

describe('locking in Settings', () => {
  it('asks twice, says what is wrong, and locks what is open', async () => {
    const world = openWorld('#/settings');
    world.answers.lockChanges = async () => {
      await keep(world, 'viewOnly', LOCK);
      await world.model.records.load();
      return {};
    };
    await world.model.load();
    show(world);
    expect(the('section', 'View only').textContent).toContain('This is a role, not encryption');
    the('button', 'Lock changes').click();
    await settled();
    const dialog = the('dialog', 'Lock changes');
    type(the('dialog input', 'Passphrase'), 'correct horse');
    type(the('dialog input', 'Passphrase again'), 'correct hose');
    await settled();
    submit(dialog);
    await settled();
    expect(dialog.querySelector('[role=alert]')?.textContent).toBe(
      'The two passphrases are not the same. Type the second one again.',
    );
    type(the('dialog input', 'Passphrase again'), 'correct horse');
    await settled();
    submit(dialog);
    await vi.waitUntil(() => all('dialog').length === 0);
    expect(all('button', 'Unlock changes').length).toBe(2);
    expect(the('button', 'Add environment').hasAttribute('disabled')).toBe(true);
  });
});
