import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { planBelongings, type Belongings } from '../../lib/domain/transfer/belongings.ts';
import { carried, openFile } from '../../lib/domain/transfer/carry.ts';
import type {
  CarriedConnection,
  SecretConnection,
} from '../../lib/domain/transfer/connection-file.ts';
import {
  connectionsCsv,
  CSV_COLUMNS,
  type ConnectionsSpeech,
} from '../../lib/domain/transfer/connections-csv.ts';
import { guarded, joinedParts, splitParts, unguarded } from '../../lib/domain/transfer/csv.ts';
import {
  FILE_BYTES_MAX,
  FILE_CONNECTIONS_MAX,
  isTooLarge,
} from '../../lib/domain/transfer/file-limits.ts';
import { parseFile, type ParsedFile } from '../../lib/domain/transfer/parse-file.ts';
import { passphraseStrength } from '../../lib/domain/transfer/passphrase-strength.ts';
import { planImport, type ImportGround } from '../../lib/domain/transfer/plan-import.ts';
import {
  csvPlace,
  isConnectionsCsv,
  readConnectionsCsv,
} from '../../lib/domain/transfer/read-connections-csv.ts';
import { ParameterName } from '../../lib/providers/fields.ts';
import { readCsv } from '../support/read-csv.ts';
import { aConnection } from '../support/a-connection.ts';

const NOW = Date.UTC(2026, 10, 21);
const NOTHING: Belongings = { environments: [], tags: [], views: [] };

const words = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.floor(maxLength / 8) })
    .map((text) => text.trim())
    .filter((text) => text !== '' && text.length <= maxLength);

/** What a definition may call a parameter. */
const parameterName = fc.stringMatching(/^[a-z]{1,9}$/).filter((name) => v.is(ParameterName, name));

/** Whatever the store may hold of what a file carries. */
const connections = fc.array(
  fc
    .record({
      id: fc.uuid(),
      name: words(200),
      params: fc.dictionary(parameterName, words(500), { maxKeys: 3 }),
      identity: fc.option(
        fc.record({ id: words(200), label: words(200), workspace: fc.option(words(200)) }),
      ),
      tags: fc.array(words(60), { maxLength: 4 }),
      environmentId: fc.constantFrom('production', 'staging', 'my-own'),
      createdAt: fc.nat(),
      authorizedAt: fc.option(fc.nat()),
      written: fc.record(
        {
          sync: fc.record({ kind: fc.constant('paused' as const), since: fc.nat() }),
          isMuted: fc.constant(true),
          snoozedUntil: fc.nat().map((later) => NOW + 1 + later),
          notes: fc.string({ unit: 'grapheme', maxLength: 200 }),
          statedEndAt: fc.nat(),
          accountChoice: fc.record({
            kind: fc.constantFrom('all-but', 'only'),
            accounts: fc.array(fc.record({ id: words(40), label: fc.string() }), { maxLength: 3 }),
          }),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ written, ...rest }) => aConnection({ ...rest, ...written })),
  { maxLength: 8 },
);

function fileOf(...given: readonly Connection[]): string {
  return JSON.stringify(openFile(given, NOTHING, NOW));
}

function codeOf(parsed: ParsedFile): string {
  return parsed.kind === 'bad' ? parsed.code : parsed.kind;
}

describe('a file of connections', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(connections, (given) => {
        expect(parseFile(fileOf(...given))).toEqual({
          kind: 'open',
          file: openFile(given, NOTHING, NOW),
        });
      }),
    );
  });

  it.each([
    ['nothing of later versions', {}, 1],
    ['a pause', { sync: { kind: 'paused', since: 7 } }, 3],
    ['a mute', { isMuted: true }, 3],
    ['a snooze', { snoozedUntil: NOW }, 3],
  ] as const)('with %s is of the oldest version that knows it', (_what, change, version) => {
    expect(openFile([aConnection(), aConnection(change)], NOTHING, NOW).version).toBe(version);
  });

  it.each([
    [10_000, 1],
    [10_001, 3],
  ])('of %d connections is of version %d: older readers stop at 10,000', (count, version) => {
    const many = Array.from({ length: count }, () => aConnection());
    expect(openFile(many, NOTHING, NOW).version).toBe(version);
  });

  it('brings no environment under the id that means all of them', () => {
    const environments = [{ id: 'all', name: 'Every' }];
    const file = openFile([], { ...NOTHING, environments }, NOW);
    expect(parseFile(JSON.stringify(file))).toMatchObject({
      kind: 'bad',
      issues: [{ path: 'environments.0.id', code: 'environment-all' }],
    });
  });

  it('of many thousands comes back whole', () => {
    const many = Array.from({ length: 12_000 }, (_, at) =>
      aConnection({ id: `c-${at}`, identity: { id: `${at}`, label: `${at}`, workspace: null } }),
    );
    const parsed = parseFile(fileOf(...many));
    const given = parsed.kind === 'open' ? parsed.file.connections : [];
    const known = { provider: aConnection().provider, methodKind: 'key', params: {} } as const;
    const ground = { existing: [], environmentOf: () => 'production', now: NOW };
    const { arrivals } = planImport(given, { ...ground, known: () => known });
    expect(arrivals.map(({ connection }) => connection.id)).toEqual(many.map(({ id }) => id));
  });

  it('holds nothing but what is named: no health, no grant, no evidence', () => {
    expect(Object.keys(carried(aConnection())).toSorted()).toEqual([
      'authorizedAt',
      'createdAt',
      'environment',
      'id',
      'identity',
      'method',
      'name',
      'params',
      'provider',
      'tags',
    ]);
  });

  it('is refused with a reason, whatever it is, and never throws', () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .jsonValue()
        .map((json) =>
          JSON.stringify({ patchbay: 'connections', version: 1, exportedAt: 1, connections: json }),
        ),
      fc.jsonValue().map((json) => JSON.stringify({ patchbay: 'connections-sealed', kdf: json })),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        expect([
          'open',
          'transfer-not-json',
          'transfer-foreign',
          'transfer-newer',
          'transfer-invalid',
        ]).toContain(codeOf(parseFile(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('that was cut anywhere is refused', () => {
    const whole = fileOf(aConnection());
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (at) => {
        expect(codeOf(parseFile(whole.slice(0, at)))).toBe('transfer-not-json');
      }),
    );
  });

  it.each([
    ['transfer-foreign', '{"openapi":"3.1.0"}'],
    ['transfer-foreign', '[]'],
    ['transfer-newer', '{"patchbay":"connections","version":4,"connections":"other"}'],
    ['transfer-invalid', '{"patchbay":"connections","version":0}'],
    ['transfer-too-large', ' '.repeat(FILE_BYTES_MAX + 1)],
  ])('is refused as %s', (code, text) => {
    expect(codeOf(parseFile(text))).toBe(code);
  });

  it('names the place of each mistake', () => {
    const file = openFile([aConnection({ id: 'a' }), aConnection({ id: 'b' })], NOTHING, NOW);
    const broken = file.connections.map((one, at) =>
      at === 0 ? one : { ...one, name: 7, tags: ['fine', ''], createdAt: undefined },
    );
    const parsed = parseFile(JSON.stringify({ ...file, connections: broken }));
    expect(parsed).toMatchObject({
      kind: 'bad',
      issues: [
        { path: 'connections.1.name', code: 'type' },
        { path: 'connections.1.tags.1', code: 'empty' },
        { path: 'connections.1.createdAt', code: 'missing' },
      ],
    });
  });

  it('in the clear may hold no secret, and the answer does not repeat it', () => {
    const file = openFile([aConnection()], NOTHING, NOW);
    const leaky = file.connections.map((one) => ({ ...one, credential: 'canary-secret' }));
    const parsed = parseFile(JSON.stringify({ ...file, connections: leaky }));
    expect(parsed).toMatchObject({
      issues: [{ path: 'connections.0.credential', code: 'unknown-field', received: null }],
    });
    expect(JSON.stringify(parsed)).not.toContain('canary-secret');
  });

  it('of more connections than can be is refused', () => {
    const file = openFile([], NOTHING, NOW);
    const one = carried(aConnection());
    const many = Array.from({ length: FILE_CONNECTIONS_MAX + 1 }, () => one);
    expect(parseFile(JSON.stringify({ ...file, connections: many }))).toMatchObject({
      issues: [{ path: 'connections', code: 'too-many' }],
    });
  });
});

describe('what is too large', () => {
  it.each([
    ['a file as large as one may be', 'x'.repeat(FILE_BYTES_MAX), false],
    ['one letter more', 'x'.repeat(FILE_BYTES_MAX + 1), true],
    ['fewer letters that take more bytes', 'é'.repeat(FILE_BYTES_MAX / 2 + 1), true],
    ['what no message can carry', '"'.repeat(FILE_BYTES_MAX / 2 + 2_000_000), true],
  ])('%s', (_what, text, expected) => {
    expect(isTooLarge(text)).toBe(expected);
  });
});

describe('what an import does', () => {
  const ground = (existing: readonly Connection[] = []): ImportGround => ({
    existing,
    environmentOf: planBelongings(NOTHING, NOTHING).environmentOf,
    now: NOW,
    known: ({ provider, params }) =>
      provider === 'practice-keys'
        ? { provider: aConnection().provider, methodKind: 'key', params }
        : 'provider',
  });
  const withKey = (one: CarriedConnection): SecretConnection => ({
    ...one,
    credential: { kind: 'key', key: 'canary-key' },
  });

  it('brings a connection without its secret as one to authorise', () => {
    const { arrivals } = planImport([carried(aConnection())], ground());
    expect(arrivals).toMatchObject([
      {
        credential: null,
        connection: {
          health: { kind: 'unauthorized' },
          authorizedAt: null,
          nextCheckAt: null,
          identity: { id: 'practice-alice' },
        },
      },
    ]);
  });

  it('brings one with its key as due now, and vouches for nothing', () => {
    const { arrivals } = planImport([withKey(carried(aConnection()))], ground());
    expect(arrivals).toMatchObject([
      {
        credential: { kind: 'key' },
        connection: {
          health: { kind: 'unverified', doubt: 'unchecked', verifiedAt: null },
          nextCheckAt: NOW,
        },
      },
    ]);
  });

  it('brings notes along, and the stated end only with the key that it is the end of', () => {
    const one = carried(aConnection({ notes: 'Ask Mira.', statedEndAt: NOW + 1 }));
    const [bare] = planImport([one], ground()).arrivals;
    const [whole] = planImport([withKey(one)], ground()).arrivals;
    expect(bare?.connection.notes).toBe('Ask Mira.');
    expect(bare?.connection).not.toHaveProperty('statedEndAt');
    expect(whole?.connection).toMatchObject({ notes: 'Ask Mira.', statedEndAt: NOW + 1 });
  });

  it('gives a fresh profile everything that a file holds, so that it exports the same', () => {
    const belongings: Belongings = {
      environments: [{ id: 'my-own', name: 'Mine' }],
      tags: [{ name: 'Red', color: 'red' }],
      views: [{ id: 'v', name: 'Mine', search: 'environment=my-own' }],
    };
    fc.assert(
      fc.property(connections, (given) => {
        const file = openFile(given, belongings, NOW);
        const { kept, environmentOf } = planBelongings(file, NOTHING);
        const { arrivals, moved } = planImport(file.connections, { ...ground(), environmentOf });
        const there = arrivals.map(({ connection }) => connection);
        // Without its key nothing was authorised here, and no key has an end.
        const bare = file.connections.map(({ statedEndAt: _end, ...one }) => ({
          ...one,
          authorizedAt: null,
        }));
        expect(openFile(there, kept, NOW)).toEqual({ ...file, connections: bare });
        expect(moved).toBe(0);
      }),
    );
  });

  it('leaves a secret that does not fit the method behind', () => {
    const odd: SecretConnection = {
      ...carried(aConnection()),
      credential: { kind: 'bearer', token: 'x' },
    };
    expect(planImport([odd], ground()).arrivals).toMatchObject([
      { credential: null, connection: { health: { kind: 'unauthorized' } } },
    ]);
  });

  it('doubles nothing when it is done twice', () => {
    fc.assert(
      fc.property(connections, (given) => {
        const file = given.map(carried);
        const first = planImport(file, ground());
        const second = planImport(file, ground(first.arrivals.map(({ connection }) => connection)));
        expect(second.arrivals).toEqual([]);
        expect(second.present).toHaveLength(given.length);
      }),
    );
  });

  it.each([
    ['another id', { id: 'other' }, 1],
    ['another environment', { id: 'other', environmentId: 'staging' }, 0],
    ['another site', { id: 'other', params: { site: 'https://b.example' } }, 0],
    ['nobody known', { id: 'other', identity: null }, 0],
  ])('knows one with %s again, or takes it for new', (_what, change, present) => {
    const plan = planImport([carried(aConnection(change))], ground([aConnection()]));
    expect(plan.present).toHaveLength(present);
    expect(plan.arrivals).toHaveLength(1 - present);
  });

  it('counts what it leaves out, and what comes to another environment', () => {
    const plan = planImport(
      [
        carried(aConnection({ id: 'a', name: 'Stranger', providerId: 'gone' })),
        carried(aConnection({ id: 'b', environmentId: 'not-here' })),
      ],
      ground(),
    );
    expect(plan).toMatchObject({
      leftOut: [{ name: 'Stranger', provider: 'gone', misfit: 'provider' }],
      moved: 1,
      arrivals: [{ connection: { id: 'b', environmentId: 'production' } }],
    });
  });
});

describe('the table for spreadsheets', () => {
  const speech: ConnectionsSpeech = {
    heading: (column) => column,
    tell: (words) => ['key' in words ? words.key : words.plural, ...(words.args ?? [])].join(' '),
    environment: (id) => (id === 'production' ? 'Production' : `Shelf ${id}`),
    flows: () => 2,
  };
  const csvOf = (...given: readonly Connection[]) => connectionsCsv(given, speech, NOW);
  const csv = (connection: Partial<Connection>) => csvOf(aConnection(connection));

  it('quotes as RFC 4180 says', () => {
    expect(csv({ name: 'a "b", c\nd' })).toContain('\r\n"a ""b"", c\nd",');
    expect(csv({}).split('\r\n')[0]).toBe(`\uFEFF${CSV_COLUMNS.join(',')},Patchbay 1: 1`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t=1', "'\t'=1"],
    ['\tx', "'\tx"],
    ['＝1', "'＝1"],
    ['x;=1+1', "x;'=1+1"],
    ['x; ＠1', "x;' ＠1"],
    ["'t Hooft; a-b", "'t Hooft; a-b"],
  ])('makes %j harmless', (name, written) => {
    expect(csv({ name })).toContain(`\r\n${written},`);
  });

  it('says how each is, in words and days that are the same everywhere', () => {
    const health = { kind: 'reconnect', reason: 'revoked', since: NOW, verifiedAt: 0 } as const;
    const sync = { kind: 'paused', since: NOW } as const;
    const [, row = []] = readCsv(csv({ health, sync, environmentId: 'own', checkedAt: NOW }));
    const day = '2026-11-21T00:00:00.000Z';
    const cells = Object.fromEntries(CSV_COLUMNS.map((column, at) => [column, row[at]]));
    expect(cells).toMatchObject({
      environment: 'Shelf own',
      status: 'health_reconnect',
      reason: `rejection_revoked ${day}`,
      accounts: 'accounts_none',
      sync: 'sync_resting',
      flows: '2',
      checked: day,
      paused: day,
    });
    const ending = { kind: 'expiring', expiresAt: NOW, verifiedAt: 0 } as const;
    expect(csv({ health: ending })).toContain(`,health_expiring,${day},`);
  });

  /** Whatever a person or a provider may have written, the dangerous above all. */
  const hostile = fc
    .array(
      fc.oneof(fc.constantFrom(...`=+-@＝＋－＠'";,\t\r\n \\x`), fc.string({ maxLength: 3 })),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join(''));

  it('begins no cell with a formula, whatever separates cells', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const part of guarded(text).split(/[;\t\r\n]/))
          expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
        expect(guarded(text)).not.toMatch(/^[\t\r\n]/);
        expect(unguarded(guarded(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps several texts of one cell apart', () => {
    const part = hostile.map((text) => text.trim()).filter((text) => text !== '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        expect(splitParts(joinedParts(parts))).toEqual(parts);
      }),
    );
  });

  it('has as many cells in each line, whatever stands in them', () => {
    fc.assert(
      fc.property(connections, (given) => {
        const rows = readCsv(csvOf(...given));
        expect(rows.map((row) => row.length)).toEqual(
          Array.from({ length: given.length + 1 }, () => CSV_COLUMNS.length + 1),
        );
        expect(rows.flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
      }),
    );
  });

  it('is read as what JSON would have been, without what it does not carry', () => {
    fc.assert(
      fc.property(connections, (given) => {
        const text = csvOf(...given);
        expect(isConnectionsCsv(text)).toBe(true);
        const read = readConnectionsCsv(text);
        const parsed = parseFile(read.kind === 'json' ? read.text : '');
        const own = [...new Set(given.map((one) => one.environmentId))].filter(
          (id) => id === 'my-own',
        );
        const bare = given.map(({ statedEndAt: _end, accountChoice: _choice, ...one }) => one);
        const expected = openFile(bare, NOTHING, 0).connections.map(({ notes, ...one }) =>
          notes === undefined || notes === '' ? one : { ...one, notes },
        );
        expect(parsed).toMatchObject({
          kind: 'open',
          file: {
            environments: own.map((id) => ({ id, name: 'Shelf my-own' })),
            connections: expected,
          },
        });
      }),
    );
  });

  it('that was cut anywhere is refused', () => {
    const whole = csvOf(aConnection({ notes: 'a\r\n"b"' }), aConnection({ id: 'b' }));
    for (let at = 0; at < whole.length - 2; at++) {
      const part = whole.slice(0, at);
      const read = isConnectionsCsv(part) ? readConnectionsCsv(part) : parseFile(part);
      expect(read.kind).toBe('bad');
    }
  });

  it('that a newer version wrote is refused', () => {
    const newer = csv({}).replace('Patchbay 1: 1', 'Patchbay 2: 1');
    expect(readConnectionsCsv(newer)).toMatchObject({ kind: 'bad', code: 'transfer-newer' });
  });

  it.each([
    ['a line too few', 'csv-lines', (text: string) => text.replace(/\r\n[^\r]*\r\n$/, '\r\n')],
    ['a line twice', 'csv-lines', (text: string) => text.replace(',2\r\n', ',1\r\n')],
    ['a count beyond belief', 'csv-lines', (text: string) => text.replace(': 2', ': 999999999')],
    ['a cell too many', 'csv-cells', (text: string) => text.replace(',2\r\n', ',2,\r\n')],
    ['half a quotation', 'csv-quotation', (text: string) => text.replace(',2\r\n', ',"2\r\n')],
  ])('with %s is refused', (_what, code, change) => {
    const whole = csvOf(aConnection({ id: 'a' }), aConnection({ id: 'b' }));
    expect(readConnectionsCsv(change(whole))).toMatchObject({ kind: 'bad', issues: [{ code }] });
  });

  it('says in which line and column something is wrong', () => {
    const text = csvOf(
      aConnection({ id: 'a', notes: 'two\nlines' }),
      aConnection({ id: 'b', createdAt: NOW }),
    );
    const read = readConnectionsCsv(text.replace(new Date(NOW).toISOString(), 'yesterday'));
    if (read.kind === 'bad') throw new Error(read.code);
    const parsed = parseFile(read.text);
    const path = parsed.kind === 'bad' ? (parsed.issues[0]?.path ?? '') : '';
    expect(csvPlace(path, read.lines)).toEqual({ line: 4, column: 'created' });
  });
});

describe('the strength of a passphrase', () => {
  it.each([
    ['', 'too-short'],
    ['elevencharz', 'too-short'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['correct horse', 'fair'],
    ['correct horse battery staple', 'strong'],
  ])('%j is %s', (passphrase, strength) => {
    expect(passphraseStrength(passphrase)).toBe(strength);
  });
});
