import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../../lib/domain/errors.ts';
import type { Output } from '../../../lib/rpc/procedures.ts';
import { authorization, connection, method, provider, signIn } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

type Seen = Output<'previewConnections'>;

let world: World;

beforeEach(async () => {
  world = openWorld('', [
    provider(),
    provider({
      id: 'hub',
      name: 'Hub',
      methods: [signIn(), method({ id: 'basic', kind: 'basic' })],
    }),
  ]);
  world.answers.connect = () => ({ authorizationId: 'a-1' });
  world.answers.reconnect = () => ({ authorizationId: 'a-1' });
  await world.model.load();
  await world.store({ connections: [connection()] });
  show(world);
});

describe('"New connection"', () => {
  beforeEach(async () => {
    world.visit('#/new');
    await settled();
  });

  it('lists the providers and leads to the fields of the one that is chosen', async () => {
    const dialog = the('dialog', 'New connection');
    type(the('input[type=search]', 'Search services'), 'exam');
    await settled();
    const choices = all('.provider-choice');
    expect(choices.map((choice) => choice.textContent)).toEqual(['ExExample']);
    choices[0]?.click();
    await settled();
    const key = the('input', 'API key');
    expect(dialog.contains(key)).toBe(true);
    expect([key.getAttribute('type'), key.getAttribute('autocomplete')]).toEqual([
      'password',
      'off',
    ]);
  });

  it('shows a secret only as long as the person looks', async () => {
    world.model.dialogs.close();
    world.visit('#/new?provider=example');
    await settled();
    const button = the('button', 'Show API key');
    button.click();
    await settled();
    expect(the('input', 'API key').getAttribute('type')).toBe('text');
    button.click();
    await settled();
    expect(the('input', 'API key').getAttribute('type')).toBe('password');
  });

  it('says in words that a key was refused, and keeps what was typed', async () => {
    world.model.dialogs.close();
    world.visit('#/new?provider=example');
    await settled();
    type(the('input', 'API key'), 'wrong');
    type(the('input', 'Name (optional)'), 'Mine');
    submit(the('dialog'));
    await expect
      .poll(() => world.calls.at(-1)?.input)
      .toMatchObject({ name: 'Mine', credential: { kind: 'key', key: 'wrong' } });
    const state = { kind: 'failed', code: 'credential-rejected', detail: 'Bad key' } as const;
    await world.store({ authorization: authorization({ state }) });
    await settled();
    expect(the('[role=alert]').textContent).toContain('did not accept it');
    expect(the('[role=alert] .their-words').textContent).toBe('Bad key');
    expect((the('input', 'API key') as HTMLInputElement).value).toBe('wrong');
    expect((the('input', 'Name (optional)') as HTMLInputElement).value).toBe('Mine');
  });

  it('lets the person choose the way, and shows the redirect address to register', async () => {
    world.model.dialogs.close();
    world.visit('#/new?provider=hub');
    await settled();
    expect(all('[type=radio]').length).toBe(2);
    expect(the('code.copyable').textContent).toBe('https://extension.example/example');
    the('button', 'Copy redirect address').click();
    await expect.poll(() => world.copied).toEqual(['https://extension.example/example']);
    expect(all('dialog [type=checkbox]').map((box) => (box as HTMLInputElement).checked)).toEqual([
      true,
      false,
    ]);
  });

  it('waits for the sign-in window and can be cancelled', async () => {
    world.model.dialogs.close();
    world.visit('#/new?provider=hub');
    await settled();
    type(the('input', 'Client id'), 'app');
    submit(the('dialog'));
    await world.store({
      authorization: authorization({ providerName: 'Hub', state: { kind: 'waiting' } }),
    });
    await expect
      .poll(() => the('[role=status]', 'Progress of signing in').textContent)
      .toBe('Waiting for the sign-in window of Hub…');
    the('dialog button', 'Cancel').click();
    await expect.poll(() => world.calls.at(-1)?.procedure).toBe('cancelAuthorization');
  });

  it('goes with Esc, back to the list', async () => {
    the('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    await settled();
    expect([all('dialog'), world.hash.value]).toEqual([[], '#/connections']);
  });
});

describe('"Reconnect {name}"', () => {
  it('takes a new key for the very connection', async () => {
    world.model.dialogs.reconnect(connection(), true);
    await settled();
    const dialog = the('dialog', 'Reconnect Reports');
    type(the('input', 'API key'), 'new');
    submit(dialog);
    await expect
      .poll(() => world.calls.at(-1))
      .toEqual({
        procedure: 'reconnect',
        input: {
          connectionId: 'c-1',
          credential: { kind: 'key', key: 'new' },
          client: null,
          chooseAccount: false,
        },
      });
  });

  it('offers the choices when somebody else has signed in', async () => {
    world.model.dialogs.reconnect(connection(), true);
    await settled();
    submit(the('dialog'));
    await expect.poll(() => world.calls.at(-1)?.procedure).toBe('reconnect');
    const identity = (label: string) => ({ id: label, label, workspace: null });
    await world.store({
      authorization: authorization({
        purpose: { kind: 'reconnect', connectionId: 'c-1' },
        state: {
          kind: 'mismatch',
          connectionId: 'c-1',
          expected: identity('alice'),
          received: identity('bob'),
        },
      }),
    });
    await settled();
    expect(all('dialog .choices button').map((button) => button.textContent)).toEqual([
      'Try again as alice',
      'Keep bob as a new connection',
      'Replace alice by bob',
      'Dismiss',
    ]);
    world.answers.chooseAuthorization = () => ({ connectionId: 'c-1' });
    the('dialog button', 'Replace alice by bob').click();
    await expect
      .poll(() => world.calls.at(-1)?.input)
      .toEqual({ authorizationId: 'a-1', choice: 'replace' });
    expect(all('dialog')).toEqual([]);
  });
});

describe('"Rename {name}"', () => {
  it('saves, or goes back', async () => {
    world.model.dialogs.rename(connection());
    await settled();
    expect(all('dialog footer button').map((button) => button.textContent)).toEqual([
      'Go back',
      'Save',
    ]);
    type(the('input', 'Name'), 'Numbers');
    submit(the('dialog', 'Rename Reports'));
    await expect.poll(() => all('dialog')).toEqual([]);
    expect(the('[role=status]', 'Messages').textContent).toContain('Renamed to Numbers.');
  });

  it('shows the name that somebody gave meanwhile', async () => {
    world.model.dialogs.rename(connection());
    await settled();
    world.answers.renameConnection = () => {
      throw new PatchbayError('changed-meanwhile');
    };
    await world.store({ connections: [connection({ name: 'Theirs', revision: 2 })] });
    type(the('input', 'Name'), 'Mine');
    submit(the('dialog'));
    await expect.poll(() => the('dialog .note strong').textContent).toBe('Theirs');
    expect((the('input', 'Name') as HTMLInputElement).value).toBe('Mine');
  });
});

describe('"Delete {n} connections"', () => {
  it('says what goes and what stays, and offers to revoke only what can be', async () => {
    world.answers.listProviders = () => ({
      providers: [provider({ methods: [method(), signIn({ canRevoke: true })] })],
    });
    world.announce('providers');
    world.model.dialogs.remove([
      connection({ methodKind: 'oauth2', methodId: 'oauth' }),
      connection({ id: 'c-2', name: 'Other' }),
    ]);
    await settled();
    const dialog = the('dialog', 'Delete 2 connections');
    expect(dialog.textContent).toContain('Nothing is deleted at the source');
    expect(dialog.textContent).toContain('You can undo this for 30 seconds');
    expect(dialog.textContent).toContain('Also revoke access at Example');
    world.answers.deleteConnections = () => ({ deleted: 2, batchId: 'batch', missing: [] });
    the('dialog [type=checkbox]').click();
    the('dialog button', 'Delete').click();
    await expect
      .poll(() => world.calls.at(-1)?.input)
      .toEqual({ ids: ['c-1', 'c-2'], revoke: true });
  });

  it('names the environments where there are several, and where a credential outlives it', async () => {
    const twins = [
      connection(),
      connection({ id: 'c-2', environmentId: 'staging' }),
      connection({
        id: 'c-3',
        providerId: 'gone',
        provider: { ...connection().provider, name: 'Gone' },
      }),
      connection({ id: 'c-4', health: { kind: 'unauthorized' } }),
    ];
    await world.store({ connections: twins });
    world.model.dialogs.remove(twins.slice(0, 3));
    await settled();
    const dialog = the('dialog', 'Delete 3 connections');
    expect(all('dialog ul[aria-label="What is deleted"] li').map((one) => one.textContent)).toEqual(
      [
        'Reports · Example · alice@example.com · Production',
        'Reports · Example · alice@example.com · Staging',
        'Reports · Gone · alice@example.com · Production',
      ],
    );
    expect(dialog.textContent).toContain('stays valid until you end it there');
    expect(all('dialog .note li').map((one) => one.innerHTML)).toEqual([
      expect.stringContaining('href="https://example.com/docs"'),
      '<bdi>Gone</bdi>',
    ]);
    world.model.dialogs.remove(twins.slice(3));
    await settled();
    expect(the('dialog', 'Delete 1 connection').textContent).not.toContain('stays valid');
    world.model.dialogs.rename(twins[1] ?? connection());
    await settled();
    expect(the('dialog', 'Rename Reports').textContent).toContain('Staging');
  });
});

describe('the names of what is deleted', () => {
  it('stand 200 on a page where there are many', async () => {
    const many = Array.from({ length: 250 }, (_, at) =>
      connection({ id: `m-${at}`, name: `Name ${at}` }),
    );
    world.model.dialogs.remove(many);
    await settled();
    const rest = the('dialog details') as HTMLDetailsElement;
    rest.open = true;
    rest.dispatchEvent(new Event('toggle'));
    await settled();
    const names = () => all('dialog details li').map((one) => one.textContent?.split(' · ')[0]);
    expect([names().length, names()[0]]).toEqual([200, 'Name 8']);
    the('dialog button', 'Next').click();
    await settled();
    expect([names().length, names().at(-1)]).toEqual([42, 'Name 249']);
    expect(the('dialog .pager').textContent).toContain('201–242 of 242');
  });
});

describe('"Import provider"', () => {
  beforeEach(async () => {
    world.visit('#/providers');
    await settled();
    the('button', 'Import provider').click();
    await settled();
  });

  it('shows each mistake with its place and reason', async () => {
    world.answers.previewProvider = () => ({
      kind: 'bad',
      code: 'definition-invalid',
      issues: [
        { path: 'check.url', code: 'url-insecure', expected: null, received: 'http://x.example' },
        { path: '', code: 'not-known-here', expected: 'Object', received: '<b>' },
      ],
      issuesLeftOut: 3,
    });
    type(the('textarea', 'Definition'), '{}');
    await settled();
    the('button', 'Look at it').click();
    await expect.poll(() => all('table').length).toBe(1);
    const rows = all('table tbody tr').map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      [
        'check.url',
        'The address must begin with https://; http:// is for this computer alone.',
        'http://x.example',
      ],
      ['The whole file', 'not-known-hereExpected: Object', '<b>'],
    ]);
    expect(the('dialog').textContent).toContain('and 3 more');
    expect((the('dialog button', 'Import') as HTMLButtonElement).disabled).toBe(true);
  });

  it('shows the hosts that a good one will ask for, before it is kept', async () => {
    world.answers.previewProvider = () => ({
      kind: 'good',
      provider: provider({ name: 'Fresh', hosts: ['api.fresh.example'] }),
      replaces: true,
    });
    type(the('textarea', 'Definition'), '{}');
    await settled();
    the('button', 'Look at it').click();
    await expect
      .poll(() => all('dialog .chip').map((chip) => chip.textContent))
      .toEqual(['api.fresh.example']);
    the('dialog button', 'Replace').click();
    await expect.poll(() => all('dialog')).toEqual([]);
    expect(world.calls.map(({ procedure }) => procedure)).toContain('importProvider');
  });
});

describe('"Import connections"', () => {
  const good: Seen = {
    kind: 'good',
    exportedAt: 0,
    added: 1,
    withSecret: 0,
    present: 120,
    leftOut: { provider: 3, method: 1, parameter: 0 },
    missing: [{ provider: 'acme-crm', count: 3 }],
    missingMore: 0,
    names: { added: ['Mine'], present: ['Here'], leftOut: ['Theirs', 'Other'] },
    moved: 0,
    environments: 0,
    tags: 0,
    views: 0,
    flows: 0,
    noRoom: 0,
    origins: [],
  };

  async function choose(preview: Seen): Promise<HTMLElement> {
    world.answers.previewConnections = () => preview;
    world.visit('#/settings');
    await settled();
    the('button', 'Import connections…').click();
    await settled();
    const field = the('dialog').querySelector<HTMLInputElement>('input[type=file]');
    Object.defineProperty(field, 'files', { value: [new File(['{}'], 'mine.json')] });
    field?.dispatchEvent(new Event('change'));
    await settled();
    await settled();
    return the('[role=status]', 'What the file brings');
  }

  it('says how large a file may be, which providers are missing, and who is meant', async () => {
    const result = await choose(good);
    expect(the('dialog').textContent).toContain('60 MB at most');
    expect(result.textContent).toContain('its way to authorise');
    expect(the('ul', 'Missing providers').textContent).toBe('acme-crm 3 connections');
    expect(result.querySelector('details')?.open).toBe(false);
    expect(the('section', 'New').textContent).toBe('NewMine');
    expect(the('section', 'Here already').textContent).toBe('Here alreadyHereand 119 more');
    expect(the('section', 'Left out').textContent).toBe('Left outTheirsOtherand 2 more');
  });

  it('speaks of ids of connections, not of those of definitions', async () => {
    const issue = {
      path: 'connections.0.id',
      code: 'connection-id',
      expected: null,
      received: '=',
    };
    await choose({ kind: 'bad', code: 'transfer-invalid', issues: [issue], issuesLeftOut: 0 });
    expect(the('table', 'Mistakes').textContent).toContain(
      'letters, digits, dashes and underscores',
    );
  });
});
