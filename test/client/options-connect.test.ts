import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectForm } from '../../lib/client/options-connect.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { authorization, connection, method, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

const GITLAB = provider({
  id: 'gitlab',
  name: 'GitLab',
  params: [
    {
      id: 'site',
      label: 'Address',
      kind: 'site',
      example: 'https://gitlab.example.com',
      default: 'https://gitlab.com',
    },
  ],
  methods: [signIn({ origins: [] }), method({ id: 'token', kind: 'bearer', origins: [] })],
});

let world: World;

async function openForm(hash = '#/new?provider=example'): Promise<ConnectForm> {
  world = openWorld(hash, [provider(), GITLAB]);
  world.answers.connect = () => ({ authorizationId: 'a-1' });
  await world.model.load();
  const dialog = world.model.dialogs.open.value;
  if (dialog?.kind !== 'new') throw new Error('the dialog is not open');
  return dialog.form;
}

let form: ConnectForm;

beforeEach(async () => {
  form = await openForm();
});

describe('a new connection', () => {
  it('is found by any word of its provider', async () => {
    form = await openForm('#/new');
    form.search.value = 'git';
    expect(form.found.value.map(({ name }) => name)).toEqual(['GitLab']);
  });

  it('asks for hosts in the click, before anything else is done', () => {
    form.secrets.key.value = 'k';
    form.submit();
    expect(world.order.slice(1)).toEqual(['ask for https://api.example.com/*']);
  });

  it('sends what was typed once the hosts are allowed', async () => {
    form.secrets.key.value = 'secret-key';
    form.name.value = '  Reports ';
    form.tags.value = 'a, b,, A';
    form.submit();
    await expect
      .poll(() => world.calls.at(-1))
      .toEqual({
        procedure: 'connect',
        input: {
          providerId: 'example',
          methodId: 'key',
          params: {},
          name: 'Reports',
          environmentId: 'production',
          tags: ['A', 'b'],
          scopes: [],
          credential: { kind: 'key', key: 'secret-key' },
          client: null,
        },
      });
  });

  it('does nothing without permission, says so, and keeps what was typed', async () => {
    world.permission.isGiven = false;
    form.secrets.key.value = 'k';
    form.submit();
    await expect
      .poll(() => form.attempt.problem.value)
      .toEqual({ code: 'permission-missing', detail: null });
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('connect');
    expect(form.secrets.key.value).toBe('k');
  });

  it('keeps what was typed when the background refuses', async () => {
    world.answers.connect = () => {
      throw new PatchbayError('parameter-invalid', 'site');
    };
    form.name.value = 'Kept';
    form.submit();
    await expect
      .poll(() => form.attempt.problem.value)
      .toEqual({ code: 'parameter-invalid', detail: 'site' });
    expect([form.name.value, form.attempt.isBusy.value]).toEqual(['Kept', false]);
  });

  it('asks for the site that the person named, and for the preset one where none was named', async () => {
    form = await openForm('#/new?provider=gitlab');
    form.chooseMethod('token');
    form.submit();
    expect(world.order.at(-1)).toBe('ask for https://gitlab.com/*');
    form = await openForm('#/new?provider=gitlab');
    form.params.value = { site: 'https://git.example.com/base' };
    form.submit();
    expect(world.order.at(-1)).toBe('ask for https://git.example.com/*');
  });

  it('asks for the preset scopes, and for what the person made of them', async () => {
    form = await openForm('#/new?provider=gitlab');
    expect([...form.scopes.value]).toEqual(['read']);
    form.toggleScope('write');
    form.toggleScope('read');
    form.secrets.clientId.value = 'app';
    form.submit();
    await expect
      .poll(() => world.calls.at(-1)?.input)
      .toMatchObject({
        scopes: ['write'],
        credential: null,
        client: { clientId: 'app', clientSecret: null },
      });
  });

  it('never carries a secret over to another provider', () => {
    form.secrets.key.value = 'k';
    form.chooseProvider(null);
    form.chooseProvider('gitlab');
    expect(form.secrets.key.value).toBe('');
  });

  it('knows the kept client of the preset site alone', async () => {
    const kept = signIn({
      client: { own: true, secret: 'none', keptId: 'app', redirectUrl: 'https://x.example/' },
    });
    world = openWorld('#/new?provider=gitlab', [{ ...GITLAB, methods: [kept] }]);
    await world.model.load();
    const dialog = world.model.dialogs.open.value;
    if (dialog?.kind !== 'new') throw new Error('the dialog is not open');
    expect(dialog.form.hasClient.value).toBe(true);
    dialog.form.params.value = { site: 'https://git.example.com' };
    expect(dialog.form.hasClient.value).toBe(false);
  });
});

describe('what becomes of it', () => {
  beforeEach(async () => {
    form.secrets.key.value = 'k';
    form.submit();
    await vi.waitUntil(() => form.attempt.id.value === 'a-1');
  });

  it('is awaited until its record says more', async () => {
    expect(form.attempt.isBusy.value).toBe(true);
    await world.store({ authorization: authorization() });
    expect(form.attempt.isBusy.value).toBe(true);
  });

  it('shows why it failed, with the words of the provider, and can be tried again', async () => {
    const state = { kind: 'failed', code: 'credential-rejected', detail: 'Bad key' } as const;
    await world.store({ authorization: authorization({ state }) });
    expect(form.attempt.problem.value).toEqual({ code: 'credential-rejected', detail: 'Bad key' });
    expect([form.attempt.isBusy.value, form.secrets.key.value]).toEqual([false, 'k']);
    form.submit();
    await expect.poll(() => world.order.slice(-2)).toEqual(['dismissAuthorization', 'connect']);
  });

  it('closes the dialog when it worked, says so, and opens the connection', async () => {
    await world.store({ connections: [connection()] });
    await world.store({ authorization: authorization() });
    const state = { kind: 'done', connectionId: 'c-1' } as const;
    await world.store({ authorization: authorization({ state }) });
    expect(world.model.dialogs.open.value).toBeNull();
    expect(world.texts()).toEqual(['Connected to Example.']);
    expect(world.hash.value).toBe('#/connections/c-1');
    expect(form.secrets.key.value).toBe('');
  });

  it('goes on in the strip when the dialog is closed meanwhile', async () => {
    await world.store({ authorization: authorization() });
    expect(world.model.attempts.list.value).toEqual([]);
    world.model.dialogs.close();
    expect(world.model.attempts.list.value.map(({ id }) => id)).toEqual(['a-1']);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('dismissAuthorization');
  });

  it('is forgotten with the dialog when it failed', async () => {
    await world.store({ authorization: authorization({ state: { kind: 'cancelled' } }) });
    world.model.dialogs.close();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'dismissAuthorization',
      input: { authorizationId: 'a-1' },
    });
  });
});
