import { beforeEach, describe, expect, it } from 'vitest';
import type { Authorization } from '../../lib/domain/authorization.ts';
import { authorization, connection, method, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const ALICE = { id: 'u-1', label: 'alice', workspace: null };
const BOB = { id: 'u-2', label: 'bob', workspace: null };
const MISMATCH = authorization({
  methodId: 'oauth',
  purpose: { kind: 'reconnect', connectionId: 'c-1' },
  state: { kind: 'mismatch', connectionId: 'c-1', expected: ALICE, received: BOB },
});

let world: World;

function procedures(): string[] {
  return world.calls.map(({ procedure }) => procedure);
}

async function show(attempt: Authorization): Promise<void> {
  await world.store({
    connections: [connection({ methodId: attempt.methodId })],
    authorization: attempt,
  });
}

beforeEach(async () => {
  world = openWorld('', [provider({ methods: [method(), signIn()] })]);
  world.answers.reconnect = () => ({ authorizationId: 'a-2' });
  world.answers.chooseAuthorization = () => ({ connectionId: 'c-1' });
  await world.model.load();
});

describe('the strip of attempts', () => {
  it('leaves out what ended well', async () => {
    await show(authorization({ state: { kind: 'done', connectionId: 'c-1' } }));
    expect(world.model.attempts.list.value).toEqual([]);
  });

  it('says it when an attempt that ran elsewhere ended well', async () => {
    await show(authorization());
    await show(authorization({ state: { kind: 'done', connectionId: 'c-1' } }));
    expect(world.texts()).toEqual(['Connected to Example.']);
  });

  it('lets the person cancel and dismiss', async () => {
    await show(authorization());
    world.model.attempts.cancel(authorization());
    world.model.attempts.dismiss(authorization());
    await expect
      .poll(() => procedures().slice(-2))
      .toEqual(['cancelAuthorization', 'dismissAuthorization']);
  });

  it('after a mismatch asks anew which account is meant', async () => {
    await show(MISMATCH);
    world.model.attempts.tryAgain(MISMATCH);
    expect(world.order.at(-1)).toBe('ask for https://api.example.com/*');
    await expect
      .poll(() => world.calls.at(-1))
      .toEqual({
        procedure: 'reconnect',
        input: { connectionId: 'c-1', credential: null, client: null, chooseAccount: true },
      });
    expect(procedures()).toContain('dismissAuthorization');
  });

  it('asks for a key again in the dialog', async () => {
    const failed = authorization({
      purpose: { kind: 'reconnect', connectionId: 'c-1' },
      state: { kind: 'failed', code: 'credential-rejected', detail: null },
    });
    await show(failed);
    world.model.attempts.tryAgain(failed);
    expect(world.model.dialogs.open.value?.kind).toBe('reconnect');
    expect(procedures()).not.toContain('reconnect');
  });

  it('opens the form with everything that was chosen for a connection that did not come about', async () => {
    const cancelled = authorization({
      name: 'Ads',
      environmentId: 'staging',
      tags: ['x', 'y'],
      state: { kind: 'cancelled' },
    });
    await show(cancelled);
    world.model.attempts.tryAgain(cancelled);
    const dialog = world.model.dialogs.open.value;
    if (dialog?.kind !== 'new') throw new Error('the dialog is not open');
    const { form } = dialog;
    expect([form.name.value, form.environmentId.value, form.tags.value]).toEqual([
      'Ads',
      'staging',
      'x, y',
    ]);
    expect(form.provider.value?.id).toBe('example');
  });

  it.each([
    ['reconnect', { kind: 'reconnect', connectionId: 'c-1' }, 'reconnect'],
    ['connect', { kind: 'connect' }, 'dismissAuthorization'],
  ] as const)(
    'asks in the click for the address a tab comes back to: %s',
    async (_, purpose, end) => {
      const failed = authorization({
        methodId: 'oauth',
        purpose,
        state: { kind: 'failed', code: 'window-missing', detail: null },
      });
      await show(failed);
      world.model.attempts.tryInTab(failed);
      expect(world.order.at(-1)).toBe(
        'ask for https://api.example.com/* https://extension.example/*',
      );
      await expect.poll(procedures).toContain(end);
      expect(world.calls).toContainEqual({
        procedure: 'saveSettings',
        input: { signsInInTab: true },
      });
    },
  );

  it('changes nothing where that address is not permitted', async () => {
    const failed = authorization({
      methodId: 'oauth',
      purpose: { kind: 'reconnect', connectionId: 'c-1' },
      state: { kind: 'failed', code: 'window-missing', detail: null },
    });
    await show(failed);
    world.permission.isGiven = false;
    world.model.attempts.tryInTab(failed);
    await expect.poll(() => world.texts().join()).toContain('Allow that one address');
    expect(procedures()).not.toContain('saveSettings');
    expect(procedures()).not.toContain('dismissAuthorization');
  });

  it.each(['keep-both', 'replace'] as const)('carries out the choice %s', async (choice) => {
    await show(MISMATCH);
    world.model.attempts.choose(MISMATCH, choice);
    await expect
      .poll(() => world.calls.at(-1))
      .toEqual({ procedure: 'chooseAuthorization', input: { authorizationId: 'a-1', choice } });
    await expect.poll(() => world.texts()).toHaveLength(1);
  });
});

describe('reconnecting', () => {
  it('starts with the click where a sign-in window is all that it takes', async () => {
    await show(authorization({ methodId: 'oauth', state: { kind: 'cancelled' } }));
    world.model.dialogs.reconnect(connection({ methodId: 'oauth', methodKind: 'oauth2' }), true);
    expect(world.order.at(-1)).toBe('ask for https://api.example.com/*');
    await expect
      .poll(() => world.calls.at(-1)?.input)
      .toMatchObject({ connectionId: 'c-1', chooseAccount: false });
  });

  it('waits for the new key of the others', () => {
    world.model.dialogs.reconnect(connection(), true);
    expect(procedures()).not.toContain('reconnect');
  });

  it('opens by its address, and closes when that is left', async () => {
    await show(authorization({ state: { kind: 'cancelled' } }));
    world.visit('#/connections/c-1?reconnect=1');
    expect(world.model.dialogs.open.value?.kind).toBe('reconnect');
    world.visit('#/connections');
    expect(world.model.dialogs.open.value).toBeNull();
  });

  it('leaves the details open and the address without the dialog when it is closed', async () => {
    await show(authorization({ state: { kind: 'cancelled' } }));
    world.visit('#/connections/c-1?reconnect=1');
    world.model.dialogs.close();
    expect(world.hash.value).toBe('#/connections/c-1');
  });

  it('says once that it worked', async () => {
    const running = authorization({
      id: 'a-2',
      purpose: { kind: 'reconnect', connectionId: 'c-1' },
    });
    world.model.dialogs.reconnect(connection({ methodId: 'oauth', methodKind: 'oauth2' }), true);
    await expect.poll(() => world.calls.at(-1)?.procedure).toBe('reconnect');
    await show(running);
    await show({ ...running, state: { kind: 'done', connectionId: 'c-1' } });
    expect(world.texts()).toEqual(['Reports is connected again.']);
    expect(world.model.dialogs.open.value).toBeNull();
  });

  it('asks for the client when the kept one does not serve', async () => {
    await show(MISMATCH);
    world.model.dialogs.reconnect(connection({ methodId: 'oauth', methodKind: 'oauth2' }), true);
    const dialog = world.model.dialogs.open.value;
    if (dialog?.kind !== 'reconnect') throw new Error('the dialog is not open');
    expect(dialog.form.asksForClient.value).toBe(false);
    await expect.poll(() => dialog.form.attempt.id.value).toBe('a-2');
    const state = { kind: 'failed', code: 'client-rejected', detail: null } as const;
    await world.store({ authorization: authorization({ id: 'a-2', state }) });
    expect(dialog.form.asksForClient.value).toBe(true);
  });
});
