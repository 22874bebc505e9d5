import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OptionsDeps, Shared } from '../../lib/client/options-deps.ts';
import { createExportForm, type ExportForm } from '../../lib/client/options-transfer-export.ts';
import {
  createImportConnectionsForm,
  type ImportConnectionsForm,
} from '../../lib/client/options-transfer-import.ts';
import { createTransfer, type Transfer } from '../../lib/client/options-transfer.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { parseFile } from '../../lib/domain/transfer/parse-file.ts';
import { aConnection } from '../support/a-connection.ts';
import { openWorld } from './options-world.ts';

type Call = OptionsDeps['call'];

const PASSPHRASE = 'correct horse battery';
const GOOD = {
  kind: 'good',
  exportedAt: 0,
  added: 1,
  withSecret: 1,
  present: 0,
  leftOut: { provider: 0, method: 0, parameter: 0 },
  missing: [],
  missingMore: 0,
  names: { added: ['New'], present: [], leftOut: [] },
  moved: 0,
  environments: 0,
  tags: 0,
  views: 0,
  flows: 0,
  noRoom: 0,
  origins: ['https://api.example.com/*'],
} as const;

/** What the background says of a file. */
function readsBack(_procedure: string, { text }: { text: string }): Promise<unknown> {
  const read = parseFile(text);
  return Promise.resolve(read.kind === 'open' ? { kind: 'good' } : read);
}

/** Exporting from a page with these connections; what it offers is kept. */
async function exporting(connection: Connection, call: unknown = readsBack) {
  const world = openWorld('#/settings');
  await world.store({ connections: [connection] });
  const { records, messages, router } = world.model;
  const shared = { records, messages, now: () => 0, call } as unknown as Shared;
  const saved: string[][] = [];
  const transfer = createTransfer(shared, router, (...file) => saved.push(file));
  return { world, transfer, saved };
}

async function exportedTable(): Promise<{ saved: string }> {
  const { transfer, saved } = await exporting(aConnection());
  await transfer.exportCsv();
  return { saved: saved[0]?.[2] ?? '' };
}

describe('exporting in the clear', () => {
  it('offers what can be imported again, and a table, and says how many', async () => {
    const { world, transfer, saved } = await exporting(aConnection());
    await transfer.exportJson();
    await transfer.exportCsv();
    expect(saved.map(([name]) => name)).toEqual([
      'patchbay-connections-1970-01-01.json',
      'patchbay-connections-1970-01-01.csv',
    ]);
    expect(parseFile(saved[0]?.[2] ?? '')).toMatchObject({ kind: 'open' });
    expect(saved[1]?.[2]).toMatch(/^\uFEFFName,Data source,/);
    expect(world.texts()).toContain('1 connection was exported.');
  });

  it.each<['exportJson' | 'exportCsv', string, Partial<Connection>, string]>([
    ['exportJson', 'name', { name: 'x'.repeat(501) }, 'Name: This is too long.'],
    ['exportJson', 'empty name', { name: '' }, 'Name: This must not be empty.'],
    ['exportCsv', 'note', { notes: 'x'.repeat(5001) }, 'Notes: This is too long.'],
    ['exportCsv', 'environment', { environmentId: 'x'.repeat(201) }, 'ID: This is too long.'],
    [
      'exportJson',
      'business account',
      { identity: { id: '1', label: 'x'.repeat(501), workspace: null } },
      'Business account: This is too long.',
    ],
  ])('%s says which %s keeps a file from being read back', async (act, _what, faulty, said) => {
    const { world, transfer, saved } = await exporting(aConnection({ id: 'one', ...faulty }));
    await transfer[act]();
    expect(saved).toEqual([]);
    expect(world.texts().join('')).toContain(said);
    expect(world.texts().join('')).not.toContain('60 MB');
  });

  it('names the connection whose field it is, and leads there', async () => {
    const faulty = aConnection({ id: 'one', name: 'Ledger', notes: 'x'.repeat(5001) });
    const { world, transfer } = await exporting(faulty);
    await transfer.exportJson();
    const [message] = world.model.messages.list.value;
    expect(message?.text).toBe(
      'Nothing was exported, because the connection “Ledger” could not be imported again. ' +
        'Notes: This is too long. Change that or delete the connection, then export again.',
    );
    expect(message?.action?.label).toBe('Open details');
    if (message !== undefined) world.model.messages.act(message);
    expect(world.model.router.list.value.opened?.id).toBe('one');
    expect(world.model.messages.list.value).toContain(message);
  });

  it('says it once, however often it is asked for, and not any more once it went well', async () => {
    let isFaulty = true;
    const { world, transfer } = await exporting(
      aConnection({ name: '' }),
      (...asked: Parameters<typeof readsBack>) =>
        isFaulty ? readsBack(...asked) : Promise.resolve({ kind: 'good' }),
    );
    for (let time = 0; time < 3; time += 1) await transfer.exportJson();
    expect(world.texts()).toHaveLength(1);
    isFaulty = false;
    await transfer.exportJson();
    expect(world.texts()).toEqual([expect.stringMatching(/^1 connection/)]);
  });

  it('counts what else could not be read back', async () => {
    const faulty = aConnection({ name: '', notes: 'x'.repeat(5001) });
    const { world, transfer } = await exporting(faulty);
    await transfer.exportJson();
    expect(world.texts().join('')).toContain('1 more field could not be imported again.');
  });

  it('says how much fits into a file where that is what is wrong', async () => {
    const tooMany = {
      kind: 'bad',
      code: 'transfer-invalid',
      issues: [{ path: 'connections', code: 'too-many', expected: null, received: null }],
      issuesLeftOut: 0,
    };
    const { world, transfer, saved } = await exporting(aConnection(), () =>
      Promise.resolve(tooMany),
    );
    await transfer.exportJson();
    expect(saved).toEqual([]);
    expect(world.texts().join('')).toContain('60 MB');
  });

  it('offers the flows that use what travels', async () => {
    const { world, transfer, saved } = await exporting(aConnection());
    const { id } = aConnection();
    const text = { name: 'Nightly', address: null, note: '', createdAt: 0, revision: 1 };
    await (await world.database()).put('flows', { id: 'f', ...text, connectionIds: [id] });
    await transfer.exportJson();
    expect(parseFile(saved[0]?.[2] ?? '')).toMatchObject({
      kind: 'open',
      file: { version: 2, flows: [{ name: 'Nightly', connections: [id] }] },
    });
  });
});

describe('exporting with secrets', () => {
  /** The dialog, submitted, where the background answers so. */
  async function submitted(answer: unknown) {
    const page = await exporting(aConnection({ id: 'one' }), () => Promise.resolve(answer));
    page.transfer.openExport();
    const form = exportForm(page.transfer);
    form.passphrase.value = form.again.value = PASSPHRASE;
    await form.submit();
    return page;
  }

  function exportForm({ dialog }: Transfer): ExportForm {
    if (dialog.value?.kind !== 'export') throw new TypeError('no dialog');
    return dialog.value.form;
  }

  it('offers the sealed file', async () => {
    const sealed = { kind: 'sealed', text: 'sealed', connections: 1, withSecret: 1 };
    const { saved, transfer } = await submitted(sealed);
    expect(saved.map(([name]) => name)).toEqual(['patchbay-connections-1970-01-01-sealed.json']);
    expect(transfer.dialog.value).toBeNull();
  });

  it('offers none where a field could not be read back, and says whose it is', async () => {
    const whose = { of: 'connection', id: 'one', name: 'Ledger' };
    const what = { field: 'credential.key', code: 'too-long', more: 0 };
    const { saved, transfer, world } = await submitted({ kind: 'unreadable', ...whose, ...what });
    expect(saved).toEqual([]);
    expect(transfer.dialog.value).toBeNull();
    expect(world.texts().join('')).toMatch(/“Ledger” .* Key: This is too long\./);
  });

  let form: ExportForm;
  const call = vi.fn();
  const done = vi.fn();

  beforeEach(() => {
    call
      .mockReset()
      .mockResolvedValue({ kind: 'sealed', text: 'sealed', connections: 1, withSecret: 1 });
    done.mockReset();
    form = createExportForm({ call: call as Call }, done);
    form.passphrase.value = PASSPHRASE;
  });

  it('waits for a passphrase that is long enough and typed twice alike', async () => {
    await form.submit();
    expect([form.canSubmit.value, form.differs.value]).toEqual([false, false]);
    form.again.value = 'correct house';
    await form.submit();
    expect([form.canSubmit.value, form.differs.value]).toEqual([false, true]);
    form.passphrase.value = form.again.value = 'too short';
    await form.submit();
    expect(call).not.toHaveBeenCalled();
  });

  it('hands the sealed file on', async () => {
    form.again.value = PASSPHRASE;
    await form.submit();
    expect(call).toHaveBeenCalledWith('exportSecrets', { passphrase: PASSPHRASE });
    expect(done).toHaveBeenCalledOnce();
  });

  it('that was left gives nothing, and forgets the passphrase', async () => {
    form.again.value = PASSPHRASE;
    const submitted = form.submit();
    form.leave();
    await submitted;
    expect([done.mock.calls.length, form.passphrase.value, form.again.value]).toEqual([0, '', '']);
  });

  it('says it when it failed, and keeps what was typed', async () => {
    call.mockRejectedValue(new PatchbayError('vault-broken'));
    form.again.value = PASSPHRASE;
    await form.submit();
    expect([form.problem.value, form.passphrase.value]).toEqual(['vault-broken', PASSPHRASE]);
  });
});

describe('importing', () => {
  let form: ImportConnectionsForm;
  let order: unknown[];
  let preview: unknown;
  const done = vi.fn();

  function file(text: string, size = text.length) {
    return { name: 'connections.json', size, text: vi.fn(() => Promise.resolve(text)) };
  }

  beforeEach(() => {
    order = [];
    preview = GOOD;
    done.mockReset();
    const call = (procedure: string, input: unknown) => {
      order.push([procedure, input]);
      if (preview instanceof Error) return Promise.reject(preview);
      return Promise.resolve(procedure === 'previewConnections' ? preview : { added: 1 });
    };
    const powers = {
      requestOrigins(origins: readonly string[]) {
        order.push(origins);
        return Promise.resolve(false);
      },
      copyText: () => Promise.resolve(),
    };
    form = createImportConnectionsForm({ call: call as unknown as Call, powers }, done);
  });

  it('asks for the hosts in the click, and imports what was looked at though they are refused', async () => {
    await form.readFile(file('looked at'));
    order = [];
    await form.confirm();
    expect(order).toEqual([
      GOOD.origins,
      ['importConnections', { text: 'looked at', passphrase: null }],
    ]);
    expect(done).toHaveBeenCalledOnce();
  });

  it('opens a sealed file with the passphrase that opened its preview', async () => {
    preview = { kind: 'locked' };
    await form.readFile(file('sealed'));
    expect(form.state.value).toEqual({ kind: 'locked', isWrong: false });
    preview = { kind: 'bad', code: 'transfer-passphrase-wrong', issues: [], issuesLeftOut: 0 };
    form.passphrase.value = 'wrong';
    await form.unlock();
    expect(form.state.value).toEqual({ kind: 'locked', isWrong: true });
    preview = GOOD;
    form.passphrase.value = PASSPHRASE;
    await form.unlock();
    form.passphrase.value = 'typed on';
    await form.confirm();
    expect(order.at(-1)).toEqual(['importConnections', { text: 'sealed', passphrase: PASSPHRASE }]);
  });

  it('looks at a table as at the JSON that it would have been', async () => {
    const { saved } = await exportedTable();
    await form.readFile({ ...file(saved), name: 'connections.csv' });
    const [, { text }] = order[0] as [string, { text: string }];
    expect(JSON.parse(text)).toMatchObject({ connections: [{ id: aConnection().id }] });
    await form.confirm();
    expect(order.at(-1)).toEqual(['importConnections', { text, passphrase: null }]);
  });

  it('says in which line and column of a table a mistake stands', async () => {
    const { saved } = await exportedTable();
    const issue = { path: 'connections.0.identity.id', code: 'empty' };
    preview = { kind: 'bad', code: 'transfer-invalid', issues: [issue], issuesLeftOut: 0 };
    await form.readFile(file(saved));
    expect(form.state.value).toMatchObject({ issues: [{ path: 'Line 2: Business account ID' }] });
    order = [];
    await form.readFile(file(saved.slice(0, -5)));
    expect(form.state.value).toMatchObject({ kind: 'bad', issues: [{ path: 'Line 2' }] });
    expect(order).toEqual([]);
  });

  it('says it of a table that is none of ours', async () => {
    await form.readFile({ ...file('a,b'), name: 'Accounts.CSV' });
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'transfer-csv-foreign' });
  });

  it('refuses a file that is too large before reading it', async () => {
    const huge = file('{}', 61 * 1024 * 1024);
    await form.readFile(huge);
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'transfer-too-large' });
    expect(huge.text).not.toHaveBeenCalled();
  });

  it('shows the file chosen last, whichever is read first', async () => {
    let answerFirst = (_text: string): void => undefined;
    const slow = { ...file('slow'), text: () => new Promise<string>((ok) => (answerFirst = ok)) };
    const first = form.readFile(slow);
    await form.readFile(file('second'));
    answerFirst('first');
    await first;
    await form.confirm();
    expect(order.at(-1)).toEqual(['importConnections', { text: 'second', passphrase: null }]);
  });

  it('imports where only environments, tags or views are new', async () => {
    preview = { ...GOOD, added: 0, views: 1 };
    await form.readFile(file('{}'));
    await form.confirm();
    expect(done).toHaveBeenCalledOnce();
  });

  it('imports nothing where nothing is new', async () => {
    preview = { ...GOOD, added: 0 };
    await form.readFile(file('{}'));
    await form.confirm();
    expect(done).not.toHaveBeenCalled();
  });

  it('says it when the background refuses', async () => {
    preview = new PatchbayError('storage-full');
    await form.readFile(file('{}'));
    expect(form.state.value).toMatchObject({ kind: 'bad', code: 'storage-full' });
  });
});
