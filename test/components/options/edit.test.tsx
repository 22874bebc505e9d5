import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../../lib/domain/errors.ts';
import { connection } from '../../client/connections.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, submit, the, type } from './page.tsx';

let world: World;

async function open(changes = {}): Promise<void> {
  world = openWorld();
  await world.store({
    connections: [
      connection({ tags: ['Red', 'a, b'], ...changes }),
      connection({ id: 'c-2', name: 'Ads', tags: ['Blue'] }),
    ],
  });
  await world.model.load();
  show(world);
  await settled();
  world.model.dialogs.edit(connection({ tags: ['Red', 'a, b'], ...changes }));
  await settled();
}

beforeEach(() => open());

afterEach(() => {
  render(null, the('#app'));
});

const field = (name: string): HTMLInputElement => the('dialog input', name) as HTMLInputElement;
const chips = (): (string | null)[] =>
  all('dialog .chip').map((chip) => chip.querySelector('bdi')?.textContent ?? null);

describe('"Edit {name}"', () => {
  it('has every field that can be changed, by name, and two ways out', () => {
    expect(the('dialog', 'Edit Reports').querySelectorAll('form')).toHaveLength(1);
    expect(all('dialog .form-row > label').map(({ textContent }) => textContent)).toEqual([
      'Name',
      'Environment',
      'Notes',
      'Last day',
      'New key',
    ]);
    expect(all('dialog footer button').map(({ textContent }) => textContent)).toEqual([
      'Go back',
      'Save',
    ]);
    expect([field('New key').value, field('New key').type]).toEqual(['', 'password']);
  });

  it('asks for neither key nor day where the person signs in', async () => {
    await open({ methodKind: 'oauth2', methodId: 'oauth' });
    expect(all('dialog .form-row > label').map(({ textContent }) => textContent)).toEqual([
      'Name',
      'Environment',
      'Notes',
    ]);
  });

  it('offers tags that there are, takes one by Enter without saving, and one off', async () => {
    const input = field('Add a tag');
    const list = document.getElementById(input.getAttribute('list') ?? '');
    expect([...(list?.querySelectorAll('option') ?? [])].map(({ value }) => value)).toEqual([
      'Blue',
    ]);
    type(input, 'Blue');
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settled();
    the('dialog button', 'Remove tag Red').click();
    await settled();
    expect([chips(), field('Add a tag').value]).toEqual([['a, b', 'Blue'], '']);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('editConnection');
    submit(the('dialog'));
    await expect.poll(() => all('dialog')).toEqual([]);
    expect(world.calls.at(-1)?.input).toEqual({ id: 'c-1', revision: 1, tags: ['a, b', 'Blue'] });
  });

  it('marks the first field with a mistake, describes it, and gives it the focus', async () => {
    type(field('Name'), ' ');
    field('New key').focus();
    submit(the('dialog'));
    await settled();
    const name = field('Name');
    const said = document.getElementById(name.getAttribute('aria-describedby') ?? '');
    expect([name.getAttribute('aria-invalid'), said?.textContent]).toEqual([
      'true',
      'Give it a name.',
    ]);
    expect(document.activeElement).toBe(name);
  });

  it('shows what somebody else changed beside what was typed', async () => {
    world.answers.editConnection = async () => {
      await world.store({
        connections: [connection({ name: 'Theirs', tags: [], environmentId: 'staging' })],
      });
      throw new PatchbayError('changed-meanwhile');
    };
    type(field('Name'), 'Mine');
    submit(the('dialog'));
    await expect
      .poll(() => all('dialog .field-notes .note').map(({ textContent }) => textContent))
      .toEqual([
        'Changed elsewhere to: Theirs',
        'Changed elsewhere to: Staging',
        'Emptied elsewhere.',
      ]);
    expect([field('Name').value, chips()]).toEqual(['Mine', []]);
    expect((the('dialog select') as HTMLSelectElement).value).toBe('staging');
  });

  it('says that the last day of the old key goes with it', async () => {
    await open({ statedEndAt: Date.UTC(2027, 0, 1) });
    expect(the('dialog').textContent).not.toContain('the last day of the old key');
    type(field('New key'), 'k');
    await settled();
    expect(the('dialog').textContent).toContain('the last day of the old key');
  });
});
