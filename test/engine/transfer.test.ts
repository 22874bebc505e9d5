import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { reveal, secret, type Credential } from '../../lib/domain/credential.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import type { Flow } from '../../lib/domain/flow.ts';
import type { Belongings } from '../../lib/domain/transfer/belongings.ts';
import { openFile } from '../../lib/domain/transfer/carry.ts';
import { deleteConnections, undoDeletion } from '../../lib/engine/delete.ts';
import { exportSecrets } from '../../lib/engine/export-secrets.ts';
import { finishDeletions } from '../../lib/engine/finish-deletions.ts';
import { importConnections, previewConnections } from '../../lib/engine/import-connections.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import { commit } from '../../lib/store/commit.ts';
import { aConnection } from '../support/a-connection.ts';
import { fakeWorld, type FakeWorld } from '../support/fake-ports.ts';
import { CLOUD, KEYS } from './definitions.ts';

const PASSPHRASE = 'correct horse battery';
const NOTHING: Belongings = { environments: [], tags: [], views: [] };
const BY_KEY = aConnection({ id: 'by-key', providerId: 'test-keys' });
const BY_SIGN_IN = aConnection({
  id: 'by-sign-in',
  providerId: 'test-cloud',
  methodId: 'oauth',
  methodKind: 'oauth2',
});
const KEY: Credential = { kind: 'key', key: secret('canary-key') };
const TOKENS: Credential = {
  kind: 'oauth2',
  accessToken: secret('canary-access'),
  refreshToken: secret('canary-refresh'),
  clientId: 'client',
  accessEndsAt: null,
  obtainedAt: 0,
};

/** Hosted by oneself: where, a parameter says. */
const SITED: ProviderInput = {
  ...KEYS,
  id: 'test-sited',
  params: [{ id: 'site', label: 'Site', kind: 'site', example: 'https://x.example' }],
  check: { url: '{site}/me', identity: { id: 'id', label: 'label' } },
};

let world: FakeWorld;

async function openWorld(): Promise<FakeWorld> {
  const fresh = await fakeWorld();
  for (const definition of [KEYS, CLOUD])
    await fresh.engine.providers.keep(JSON.stringify(definition));
  return fresh;
}

async function put(connection: Connection, credential: Credential): Promise<void> {
  await commit(world.db, {
    connections: new Map([[connection.id, () => connection]]),
    putSecrets: [await world.engine.vault.seal('credential', connection.id, credential)],
  });
}

/** A file of both connections from one browser, and another browser to take it. */
async function carriedOver(): Promise<string> {
  await put(BY_KEY, KEY);
  await put(BY_SIGN_IN, TOKENS);
  const { text } = await exportedFile();
  world = await openWorld();
  return text;
}

/** A file of all that is there. */
async function exportedFile(passphrase = PASSPHRASE) {
  const exported = await exportSecrets(world.engine, { passphrase });
  if (exported.kind === 'unreadable') throw new TypeError(`${exported.field}: ${exported.code}`);
  return exported;
}

async function everything(): Promise<{ connections: unknown[]; secrets: unknown[] }> {
  return {
    connections: await world.db.getAll('connections'),
    secrets: await world.db.getAll('secrets'),
  };
}

beforeEach(async () => {
  world = await openWorld();
});

describe('a sealed file', () => {
  it('holds nothing that can be read', async () => {
    await put(BY_KEY, KEY);
    const { text, connections, withSecret } = await exportedFile();
    expect({ connections, withSecret }).toEqual({ connections: 1, withSecret: 1 });
    expect(text).not.toMatch(/canary|alice|test-keys/);
    expect(JSON.parse(text)).toMatchObject({
      patchbay: 'connections-sealed',
      kdf: { iterations: 600_000 },
    });
  });

  it.each([
    ['a note', { ...BY_KEY, notes: 'x'.repeat(5001) }, KEY, 'notes', 'too-long'],
    ['a key', BY_KEY, { ...KEY, key: secret('x'.repeat(16_385)) }, 'credential.key', 'too-long'],
  ] as const)(
    'is not made of %s that could not be read back: whose it is, is said',
    async (_what, connection, credential, field, code) => {
      await put(BY_SIGN_IN, TOKENS);
      await put(connection, credential);
      expect(await exportSecrets(world.engine, { passphrase: PASSPHRASE })).toEqual({
        kind: 'unreadable',
        of: 'connection',
        id: BY_KEY.id,
        name: BY_KEY.name,
        field,
        code,
        more: 0,
      });
    },
  );

  it('brings keys with it, and sign-ins without their tokens', async () => {
    const text = await carriedOver();
    const done = await importConnections(world.engine, { text, passphrase: PASSPHRASE });
    expect(done).toEqual({ added: 2, present: 0, leftOut: 0 });
    const sealed = await world.engine.vault.open('credential', 'by-key');
    expect(sealed?.kind === 'key' && reveal(sealed.key)).toBe('canary-key');
    expect(await world.db.getAllKeys('secrets')).toEqual(['credential:by-key']);
    expect(await world.db.get('connections', 'by-sign-in')).toMatchObject({
      health: { kind: 'unauthorized' },
      nextCheckAt: null,
    });
    expect(world.wakesAt).toBe(world.now + 1_000);
  });

  it('brings back what was deleted a moment ago, and its key stays', async () => {
    await put(BY_KEY, KEY);
    const { text } = await exportedFile();
    const { batchId } = await deleteConnections(world.engine, { ids: ['by-key'], revoke: false });
    expect(await importConnections(world.engine, { text, passphrase: PASSPHRASE })).toMatchObject({
      added: 1,
    });
    expect(await undoDeletion(world.engine, { batchId })).toEqual({ restored: 0 });
    world.now += UNDO_MS;
    await finishDeletions(world.engine);
    const sealed = await world.engine.vault.open('credential', 'by-key');
    expect(sealed?.kind === 'key' && reveal(sealed.key)).toBe('canary-key');
  });

  it('is checked at once where it brought its key', async () => {
    const text = await carriedOver();
    await importConnections(world.engine, { text, passphrase: PASSPHRASE });
    await openSweeper(world.engine).sweep();
    expect(world.sent.map(({ headers }) => new Headers(headers).get('X-Api-Key'))).toEqual([
      'canary-key',
    ]);
    expect(await world.db.get('connections', 'by-key')).toMatchObject({
      health: { kind: 'active' },
    });
  });

  it('doubles nothing when it is imported twice', async () => {
    const text = await carriedOver();
    const file = { text, passphrase: PASSPHRASE };
    await importConnections(world.engine, file);
    const before = await everything();
    expect(await importConnections(world.engine, file)).toEqual({
      added: 0,
      present: 2,
      leftOut: 0,
    });
    expect(await everything()).toEqual(before);
  });

  it('knows nothing of accounts until its first check, of a service without a list either', async () => {
    const text = await carriedOver();
    await importConnections(world.engine, { text, passphrase: PASSPHRASE });
    const accounts = async () => (await world.db.get('connections', 'by-key'))?.accounts;
    expect(await accounts()).toEqual({ kind: 'loading' });
    await openSweeper(world.engine).sweep();
    expect(await accounts()).toMatchObject({ kind: 'none', isUnlisted: true });
  });

  it('that was cut anywhere, or that a newer version wrote, is refused whole', async () => {
    const text = await carriedOver();
    const codeOf = async (changed: string): Promise<string> => {
      const seen = await previewConnections(world.engine, {
        text: changed,
        passphrase: PASSPHRASE,
      });
      return seen.kind === 'bad' ? seen.code : seen.kind;
    };
    for (const part of [0, 0.01, 0.5, 0.99, 1])
      expect(await codeOf(text.slice(0, Math.floor(part * (text.length - 1))))).toBe(
        'transfer-not-json',
      );
    const file = JSON.parse(text) as Sealed;
    const newer = JSON.stringify({ ...file, version: 99 });
    expect(await codeOf(newer)).toBe('transfer-newer');
    await expect(
      importConnections(world.engine, { text: newer, passphrase: PASSPHRASE }),
    ).rejects.toMatchObject({ code: 'transfer-newer' });
    expect(await everything()).toEqual({ connections: [], secrets: [] });
  });

  it('asks for its passphrase, and says when it is a wrong one', async () => {
    const text = await carriedOver();
    expect(await previewConnections(world.engine, { text, passphrase: null })).toEqual({
      kind: 'locked',
    });
    const wrong = { text, passphrase: 'correct horse battery staple' };
    expect(await previewConnections(world.engine, wrong)).toMatchObject({
      kind: 'bad',
      code: 'transfer-passphrase-wrong',
    });
    await expect(importConnections(world.engine, wrong)).rejects.toMatchObject({
      code: 'transfer-passphrase-wrong',
    });
    expect(await world.db.count('connections')).toBe(0);
  });

  it('takes the same letters, however they are composed', async () => {
    await put(BY_KEY, KEY);
    const { text } = await exportedFile('caf\u00E9 caf\u00E9 caf\u00E9');
    const opened = { text, passphrase: 'cafe\u0301 cafe\u0301 cafe\u0301' };
    expect(await previewConnections(world.engine, opened)).toMatchObject({ kind: 'good' });
  });

  it.each([
    ['its date', (file: Sealed) => ({ ...file, exportedAt: file.exportedAt + 1 })],
    ['its content', (file: Sealed) => ({ ...file, sealed: swapped(file.sealed) })],
    ['its end', (file: Sealed) => ({ ...file, sealed: file.sealed.slice(0, -8) })],
  ])('that was changed in %s is refused whole', async (_what, change) => {
    const text = JSON.stringify(change(JSON.parse(await carriedOver()) as Sealed));
    await expect(
      importConnections(world.engine, { text, passphrase: PASSPHRASE }),
    ).rejects.toMatchObject({ code: 'transfer-damaged' });
    expect(await world.db.count('connections')).toBe(0);
    expect(await world.db.count('secrets')).toBe(0);
  });

  it('that asks for a cheaper or an endless derivation is refused', async () => {
    const file = JSON.parse(await carriedOver()) as Sealed;
    for (const iterations of [1_000, 1e12]) {
      const text = JSON.stringify({ ...file, kdf: { ...file.kdf, iterations } });
      expect(
        await previewConnections(world.engine, { text, passphrase: PASSPHRASE }),
      ).toMatchObject({
        code: 'transfer-invalid',
        issues: [{ path: 'kdf.iterations', code: 'range' }],
      });
    }
  });
});

interface Sealed {
  readonly exportedAt: number;
  readonly kdf: object;
  readonly sealed: string;
}

function swapped(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}

describe('a file in the clear', () => {
  const text = JSON.stringify(openFile([BY_KEY, BY_SIGN_IN], NOTHING, 0));

  it('is looked at before anything is written', async () => {
    expect(await previewConnections(world.engine, { text, passphrase: null })).toEqual({
      kind: 'good',
      exportedAt: 0,
      added: 2,
      withSecret: 0,
      present: 0,
      leftOut: { provider: 0, method: 0, parameter: 0 },
      missing: [],
      missingMore: 0,
      names: { added: [BY_KEY.name, BY_SIGN_IN.name], present: [], leftOut: [] },
      moved: 0,
      environments: 0,
      tags: 0,
      views: 0,
      flows: 0,
      noRoom: 0,
      origins: [],
    });
    expect(await world.db.count('connections')).toBe(0);
  });

  it('gives a tag once, however often it stands there', async () => {
    const tagged = openFile([{ ...BY_KEY, tags: ['Red', 'blue', 'red'] }], NOTHING, 0);
    await importConnections(world.engine, { text: JSON.stringify(tagged), passphrase: null });
    expect((await world.db.get('connections', 'by-key'))?.tags).toEqual(['red', 'blue']);
  });

  it('doubles nothing, and leaves what is here as it is', async () => {
    await put({ ...BY_KEY, name: 'Mine' }, KEY);
    const both = { text, passphrase: null };
    const imports = await Promise.all([
      importConnections(world.engine, both),
      importConnections(world.engine, both),
    ]);
    expect(imports).toEqual([
      { added: 1, present: 1, leftOut: 0 },
      { added: 0, present: 2, leftOut: 0 },
    ]);
    expect(await world.db.get('connections', 'by-key')).toMatchObject({ name: 'Mine' });
    expect(await world.engine.vault.open('credential', 'by-key')).not.toBeNull();
  });

  it('leaves out what is not defined here, or does not fit, and tells why', async () => {
    await world.engine.providers.keep(JSON.stringify(SITED));
    const strangers = [
      { ...BY_KEY, id: 'a', name: 'A', providerId: 'rare' },
      { ...BY_KEY, id: 'b', name: 'B', providerId: 'gone' },
      { ...BY_KEY, id: 'c', name: 'C', providerId: 'gone' },
      { ...BY_KEY, id: 'd', name: 'D', methodId: 'gone' },
      { ...BY_KEY, id: 'e', name: 'E', providerId: SITED.id, params: { site: 'nowhere' } },
    ];
    const strange = JSON.stringify(openFile(strangers, NOTHING, 0));
    const wish = { text: strange, passphrase: null };
    expect(await previewConnections(world.engine, wish)).toMatchObject({
      added: 0,
      leftOut: { provider: 3, method: 1, parameter: 1 },
      missing: [
        { provider: 'gone', count: 2 },
        { provider: 'rare', count: 1 },
      ],
      missingMore: 0,
      names: { leftOut: ['A', 'B', 'C', 'D', 'E'] },
    });
    expect(await importConnections(world.engine, wish)).toEqual({
      added: 0,
      present: 0,
      leftOut: 5,
    });
  });

  it('tells no more names than can be looked at, and counts them all', async () => {
    const many = Array.from({ length: 300 }, (_, at) => {
      const providerId = at < 150 ? 'test-keys' : `gone-${at}`;
      return { ...BY_KEY, id: `c-${at}`, identity: null, providerId };
    });
    const large = JSON.stringify(openFile(many, NOTHING, 0));
    const seen = await previewConnections(world.engine, { text: large, passphrase: null });
    if (seen.kind !== 'good') throw new Error(seen.kind);
    expect([seen.added, seen.leftOut.provider, seen.missingMore]).toEqual([150, 150, 50]);
    const lists = [seen.names.added, seen.names.leftOut, seen.missing];
    expect(lists.map(({ length }) => length)).toEqual([100, 100, 100]);
  });

  it('is said to be imported in the activity, without its secrets too', async () => {
    await importConnections(world.engine, { text, passphrase: null });
    const lines = await world.db.getAll('activity');
    expect(lines.map(({ happening }) => happening.kind)).toEqual(['imported', 'imported']);
  });

  it('leaves what was paused, muted or snoozed as it was', async () => {
    const quiet = {
      ...BY_KEY,
      sync: { kind: 'paused', since: 5 },
      isMuted: true,
      snoozedUntil: world.now + 1,
    } as const;
    const file = openFile([quiet, { ...BY_SIGN_IN, snoozedUntil: world.now }], NOTHING, 0);
    await importConnections(world.engine, { text: JSON.stringify(file), passphrase: null });
    expect(await world.db.get('connections', 'by-key')).toMatchObject({
      sync: quiet.sync,
      isMuted: true,
      snoozedUntil: quiet.snoozedUntil,
    });
    // A snooze that is over is none.
    expect(await world.db.get('connections', 'by-sign-in')).not.toHaveProperty('snoozedUntil');
  });

  it('with a mistake is refused whole', async () => {
    const file = openFile([BY_KEY, BY_SIGN_IN], NOTHING, 0);
    const [first, second] = file.connections;
    const broken = JSON.stringify({ ...file, connections: [first, { ...second, name: '' }] });
    await expect(
      importConnections(world.engine, { text: broken, passphrase: null }),
    ).rejects.toMatchObject({ code: 'transfer-invalid', detail: 'connections.1.name' });
    expect(await world.db.count('connections')).toBe(0);
  });

  it('brings environments, tags and views along, in the same step', async () => {
    const mine = { ...BY_KEY, environmentId: 'own', tags: ['Red'] };
    const whole = JSON.stringify(openFile([mine], BESIDE, 0));
    await world.db.put('kept', [{ id: 'here', name: 'clients' }], 'environments');
    const wish = { text: whole, passphrase: null };
    expect(await previewConnections(world.engine, wish)).toMatchObject({
      added: 1,
      moved: 0,
      environments: 0,
      tags: 1,
      views: 1,
    });
    await importConnections(world.engine, wish);
    expect(await world.db.get('connections', 'by-key')).toMatchObject({ environmentId: 'here' });
    const before = await Promise.all(['environments', 'tags', 'views'].map(keptHere));
    expect(before).toEqual([[{ id: 'here', name: 'clients' }], BESIDE.tags, [viewHere]]);
    expect(await importConnections(world.engine, wish)).toMatchObject({ added: 0, present: 1 });
    expect(await Promise.all(['environments', 'tags', 'views'].map(keptHere))).toEqual(before);
  });

  it('brings the flows that use its connections, in the same step, once', async () => {
    const nightly = flow('f-1', 'Nightly', ['by-key', 'by-sign-in']);
    const views = [{ id: 'v', name: 'Mine', search: 'flow=f-1' }];
    const file = openFile([BY_KEY, BY_SIGN_IN], { ...NOTHING, views }, 0, [nightly]);
    const wish = { text: JSON.stringify(file), passphrase: null };
    expect(await previewConnections(world.engine, wish)).toMatchObject({ added: 2, flows: 1 });
    expect(await world.db.count('flows')).toBe(0);
    await importConnections(world.engine, wish);
    expect(await world.db.getAll('flows')).toEqual([{ ...nightly, revision: 1 }]);
    expect(world.changes.flatMap(({ kinds }) => kinds)).toContain('flows');
    expect(await previewConnections(world.engine, wish)).toMatchObject({ added: 0, flows: 0 });
    await importConnections(world.engine, wish);
    expect(await world.db.getAll('flows')).toEqual([{ ...nightly, revision: 1 }]);
  });

  it('gives a flow of the same name what arrives, and its views find by that one', async () => {
    await put({ ...BY_KEY, id: 'other-id' }, KEY);
    const mine = flow('mine', 'nightly', []);
    await world.db.put('flows', mine);
    const flows = [
      flow('f-1', 'Nightly', ['by-key', 'by-sign-in']),
      flow('f-2', 'Weekly', ['by-key']),
    ];
    const views = [{ id: 'v', name: 'Mine', search: 'flow=f-1' }];
    const file = openFile([BY_KEY, BY_SIGN_IN], { ...NOTHING, views }, 0, flows);
    const wish = { text: JSON.stringify(file), passphrase: null };
    expect(await previewConnections(world.engine, wish)).toMatchObject({ present: 1, flows: 2 });
    await importConnections(world.engine, wish);
    // The key is here under another id, and was not attached to the flow that is here.
    expect(await world.db.getAll('flows')).toEqual([
      { ...flows[1], connectionIds: ['other-id'], revision: 1 },
      { ...mine, connectionIds: ['by-sign-in'] },
    ]);
    expect(await keptHere('views')).toEqual([{ id: 'v', name: 'Mine', search: 'flow=mine' }]);
  });

  it('puts no flow in the place of one that cannot be read', async () => {
    const damaged = { id: 'f-1', connectionIds: 7 } as unknown as Flow;
    await world.db.put('flows', damaged);
    const file = openFile([BY_KEY], NOTHING, 0, [flow('f-1', 'Nightly', ['by-key'])]);
    await importConnections(world.engine, { text: JSON.stringify(file), passphrase: null });
    expect(await world.db.getAll('flows')).toEqual([damaged]);
  });

  it('that was sealed has its flows too', async () => {
    await world.db.put('flows', flow('f-1', 'Nightly', ['by-key']));
    const text = await carriedOver();
    expect(JSON.parse(text)).toMatchObject({ version: 2 });
    await importConnections(world.engine, { text, passphrase: PASSPHRASE });
    expect(await world.db.getAll('flows')).toMatchObject([{ connectionIds: ['by-key'] }]);
  });

  it('with a mistake beside the connections brings nothing at all', async () => {
    const file = openFile([BY_KEY], BESIDE, 0);
    const broken = JSON.stringify({ ...file, views: [{ id: 'v', name: ' ', search: '' }] });
    await expect(
      importConnections(world.engine, { text: broken, passphrase: null }),
    ).rejects.toMatchObject({ code: 'transfer-invalid', detail: 'views.0.name' });
    expect([await world.db.count('connections'), await keptHere('tags')]).toEqual([0, undefined]);
  });
});

const BESIDE: Belongings = {
  environments: [{ id: 'own', name: 'Clients' }],
  tags: [{ name: 'Red', color: 'red' }],
  views: [{ id: 'v', name: 'Broken', search: 'environment=own' }],
};
const viewHere = { id: 'v', name: 'Broken', search: 'environment=here' };

function flow(id: string, name: string, connectionIds: string[]): Flow {
  return { id, name, address: null, note: '', connectionIds, createdAt: 0, revision: 3 };
}

function keptHere(name: string): Promise<unknown> {
  return world.db.get('kept', name as 'tags');
}
