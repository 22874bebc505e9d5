import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportForm } from '../../lib/client/options-import.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { provider } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;
let form: ImportForm;

function file(text: string, size = text.length) {
  return { name: 'example.json', size, text: vi.fn(() => Promise.resolve(text)) };
}

beforeEach(async () => {
  world = openWorld('#/providers', [provider({ id: 'github', source: 'catalogue' })]);
  await world.model.load();
  world.model.dialogs.importProvider();
  const dialog = world.model.dialogs.open.value;
  if (dialog?.kind !== 'import') throw new Error('the dialog is not open');
  form = dialog.form;
  world.answers.previewProvider = () => ({
    kind: 'good',
    provider: provider({ id: 'fresh', name: 'Fresh' }),
    replaces: false,
  });
});

describe('importing a definition', () => {
  it('shows what is good before it is kept', async () => {
    await form.readFile(file('{}'));
    expect(form.state.value).toMatchObject({ kind: 'good', replaces: false, text: '{}' });
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('importProvider');
  });

  it('keeps exactly what was looked at, says so, and closes', async () => {
    await form.readFile(file('{"looked":"at"}'));
    await form.keep();
    expect(world.calls.at(-1)).toEqual({
      procedure: 'importProvider',
      input: { text: '{"looked":"at"}' },
    });
    expect([world.model.dialogs.open.value, world.texts()]).toEqual([
      null,
      ['Fresh can be connected to now.'],
    ]);
  });

  it('refuses five megabytes before reading them', async () => {
    const huge = file('{}', 5 * 1024 * 1024);
    await form.readFile(huge);
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'definition-too-large' });
    expect(huge.text).not.toHaveBeenCalled();
  });

  it('refuses too long a text that was pasted', async () => {
    form.pasted.value = 'x'.repeat(256 * 1024 + 1);
    await form.readPasted();
    expect(form.state.value).toMatchObject({ code: 'definition-too-large' });
  });

  it('lists what is wrong', async () => {
    const issue = { path: 'name', code: 'missing', expected: null, received: null };
    world.answers.previewProvider = () => ({
      kind: 'bad',
      code: 'definition-invalid',
      issues: [issue],
      issuesLeftOut: 0,
    });
    await form.readFile(file('{}'));
    expect(form.state.value).toMatchObject({ kind: 'bad', issues: [issue] });
    await form.keep();
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('importProvider');
  });

  it('says at once that a built-in provider has the id', async () => {
    world.answers.previewProvider = () => ({
      kind: 'good',
      provider: provider({ id: 'github' }),
      replaces: false,
    });
    await form.readFile(file('{}'));
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'provider-taken' });
  });

  it('shows the file chosen last, whichever is read first', async () => {
    let answerFirst = (_text: string): void => undefined;
    const slow = {
      name: 'slow.json',
      size: 2,
      text: () =>
        new Promise<string>((resolve) => {
          answerFirst = resolve;
        }),
    };
    const first = form.readFile(slow);
    await form.readFile(file('second'));
    answerFirst('first');
    await first;
    expect(form.state.value).toMatchObject({ text: 'second' });
  });

  it('says it when keeping failed', async () => {
    world.answers.importProvider = () => {
      throw new PatchbayError('storage-full');
    };
    await form.readFile(file('{}'));
    await form.keep();
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'storage-full' });
  });
});

describe('removing a provider', () => {
  it('that is in use is refused with the number of its connections', async () => {
    await world.model.actions.removeProvider(provider({ connections: 2 }));
    expect(world.texts()).toEqual(['2 connections use this provider. Delete them first.']);
    expect(world.calls.map(({ procedure }) => procedure)).not.toContain('removeProvider');
  });

  it('that nobody uses is done and said', async () => {
    await world.model.actions.removeProvider(provider());
    expect(world.texts()).toEqual(['Example was removed.']);
  });
});
