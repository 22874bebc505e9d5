import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OptionsDeps, Shared } from '../../lib/client/options-deps.ts';
import { createExportForm, type ExportForm } from '../../lib/client/options-transfer-export.ts';
import {
  createImportConnectionsForm,
  type ImportConnectionsForm,
} from '../../lib/client/options-transfer-import.ts';
import { createTransfer } from '../../lib/client/options-transfer.ts';
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
function readsBack(_procedure: string, { text }: { text: string }): Promise<{ kind: string }> {
  return Promise.resolve({ kind: parseFile(text).kind === 'open' ? 'good' : 'bad' });
}

async function exportedTable(): Promise<{ saved: string }> {
  const world = openWorld('#/settings');
  await world.store({ connections: [aConnection()] });
  const { records, messages } = world.model;
  const shared = { records, messages, now: () => 0, call: readsBack } as unknown as Shared;
  let saved = '';
  await createTransfer(shared, (_name, _type, text) => (saved = text)).exportCsv();
  return { saved };
}

describe('exporting in the clear', () => {
  it('offers what can be imported again, and a table, and says how many', async () => {
    const world = openWorld('#/settings');
    await world.store({ connections: [aConnection()] });
    const saved: string[][] = [];
    const { model } = world;
    const { records, messages } = model;
    const shared = { records, messages, now: () => 0, call: readsBack } as unknown as Shared;
    const transfer = createTransfer(shared, (...file) => saved.push(file));
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

  it('offers no file that could not be imported again, and says so', async () => {
    const world = openWorld('#/settings');
    await world.store({ connections: [aConnection({ name: '' })] });
    const { records, messages } = world.model;
    const shared = { records, messages, now: () => 0, call: readsBack } as unknown as Shared;
    const saved: string[][] = [];
    await createTransfer(shared, (...file) => saved.push(file)).exportJson();
    expect(saved).toEqual([]);
    expect(world.texts().join('')).toContain('Nothing was exported');
  });

  it('offers the flows that use what travels', async () => {
    const world = openWorld('#/settings');
    const { id } = aConnection();
    await world.store({ connections: [aConnection()] });
    const text = { name: 'Nightly', address: null, note: '', createdAt: 0, revision: 1 };
    await (await world.database()).put('flows', { id: 'f', ...text, connectionIds: [id] });
    const { records, messages } = world.model;
    const shared = { records, messages, now: () => 0, call: readsBack } as unknown as Shared;
    const saved: string[][] = [];
    await createTransfer(shared, (...file) => saved.push(file)).exportJson();
    expect(parseFile(saved[0]?.[2] ?? '')).toMatchObject({
      kind: 'open',
      file: { version: 2, flows: [{ name: 'Nightly', connections: [id] }] },
    });
  });
});

describe('exporting with secrets', () => {
  let form: ExportForm;
  const call = vi.fn();
  const done = vi.fn();

  beforeEach(() => {
    call.mockReset().mockResolvedValue({ text: 'sealed', connections: 1, withSecret: 1 });
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
