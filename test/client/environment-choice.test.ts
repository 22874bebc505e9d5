import { describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { DEFAULT_SETTINGS } from '../../lib/domain/settings.ts';
import { connection } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;

/** What anybody chooses is kept, and announced as the background does. */
async function keep(environmentId: string | null): Promise<void> {
  await (await world.database()).put('kept', { ...DEFAULT_SETTINGS, environmentId }, 'settings');
  world.announce('settings', 'connections');
}

async function open(hash = '', environmentId: string | null = null): Promise<void> {
  world = openWorld(hash);
  await keep(environmentId);
  world.answers.saveSettings = async (input) => {
    await keep(input.environmentId ?? null);
    return {};
  };
  await world.model.load();
  await world.store({
    connections: ['development', 'staging', 'production'].map((id) =>
      connection({ id, name: id, environmentId: id }),
    ),
  });
}

const shown = (): string | null => world.model.list.environmentId.value;
const names = (): string[] => world.model.list.rows.value.map(({ name }) => name);

describe('an environment that is chosen in the list', () => {
  it('is kept in the settings and in the address; "Back" leads to what was shown before', async () => {
    await open();
    await world.model.environment.choose('staging');
    expect(world.calls.at(-1)).toEqual({
      procedure: 'saveSettings',
      input: { environmentId: 'staging' },
    });
    expect([names(), world.hash.value]).toEqual([['staging'], '#/connections?environment=staging']);
    expect(world.replaced).toEqual(['#/connections?environment=all']);
    world.visit('#/connections?environment=all');
    expect(names()).toHaveLength(3);
  });

  it('may be all of them, by a name of its own that later choices do not change', async () => {
    await open('#/connections?environment=staging', 'staging');
    await world.model.environment.choose(null);
    expect([shown(), world.hash.value]).toEqual([null, '#/connections?environment=all']);
    await open('#/connections?environment=all', 'staging');
    expect([shown(), names().length]).toEqual([null, 3]);
    expect(world.model.list.idsToCheck()).toHaveLength(3);
  });

  it('stays in the address however fast the next choice comes', async () => {
    await open();
    const first = world.model.environment.choose('staging');
    await Promise.all([first, world.model.environment.choose('production')]);
    expect([shown(), world.hash.value]).toEqual([
      'production',
      '#/connections?environment=production',
    ]);
  });

  it('is shown though it could not be kept, which is said', async () => {
    await open();
    world.answers.saveSettings = () => {
      throw new PatchbayError('storage-full');
    };
    await world.model.environment.choose('staging');
    expect([shown(), world.texts().length]).toEqual(['staging', 1]);
  });
});

describe('an environment that is chosen elsewhere', () => {
  it('takes the place of what the address names, without a step in the history', async () => {
    await open();
    await world.model.environment.choose('staging');
    await keep('production');
    await expect.poll(shown).toBe('production');
    expect([names(), world.hash.value]).toEqual([['production'], '#/connections']);
    expect(world.replaced.at(-1)).toBe('#/connections');
  });

  it('does so also where the settings were the usual ones until then', async () => {
    await open('#/connections?environment=staging');
    await keep('production');
    await expect.poll(shown).toBe('production');
    expect(world.hash.value).toBe('#/connections');
  });

  it('does so behind other pages too, which stay', async () => {
    await open('#/connections?q=st&environment=staging', 'staging');
    world.model.router.go({ kind: 'settings' });
    await keep('production');
    await expect.poll(shown).toBe('production');
    expect([world.hash.value, world.model.list.query.value.text]).toEqual(['#/settings', 'st']);
  });

  it('leaves an address that was opened since', async () => {
    await open('#/connections?environment=staging', 'production');
    expect([shown(), world.calls.map(({ procedure }) => procedure)]).toEqual([
      'staging',
      ['listProviders'],
    ]);
    await world.model.load();
    expect(shown()).toBe('staging');
  });
});

describe('a new connection begins where the list is', () => {
  const begun = (): string | null => {
    const dialog = world.model.dialogs.open.value;
    return dialog?.kind === 'new' ? dialog.form.environmentId.value : null;
  };

  it.each([
    ['#/connections?environment=staging', 'development', 'staging'],
    ['#/connections', 'development', 'development'],
    ['#/connections?environment=all', 'development', 'production'],
  ])('at %s while the settings say %s', async (hash, kept, expected) => {
    await open(hash, kept);
    world.model.router.go({ kind: 'new', providerId: null });
    expect(begun()).toBe(expected);
  });

  it('also where the page is opened for it', async () => {
    await open('#/new', 'staging');
    expect(begun()).toBe('staging');
  });
});

it('a match in another environment is counted, and can be shown', async () => {
  await open('#/connections?environment=staging&q=production');
  expect([names(), world.model.list.elsewhere.value]).toEqual([[], 1]);
  await world.model.environment.choose(null);
  expect([names(), world.model.list.elsewhere.value]).toEqual([['production'], 0]);
});

it('clearing the filters leaves the environment', async () => {
  await open('#/connections?environment=staging&q=nothing');
  world.model.list.clearFilters();
  expect([names(), world.hash.value]).toEqual([['staging'], '#/connections?environment=staging']);
});
