/** Whatever stands in a file that is imported: an answer that says what is wrong with it, in time. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { openFile } from '../../lib/domain/transfer/carry.ts';
import { connectionsCsv, CSV_COLUMNS, csvMark } from '../../lib/domain/transfer/connections-csv.ts';
import { unguarded } from '../../lib/domain/transfer/csv.ts';
import {
  parseFile,
  parseSecretFile,
  type ParsedFile,
} from '../../lib/domain/transfer/parse-file.ts';
import { planBelongings } from '../../lib/domain/transfer/belongings.ts';
import { flowsMeant, planFlows } from '../../lib/domain/transfer/carry-flows.ts';
import { originsOf, sitesOf } from '../../lib/providers/origins.ts';
import { parseDefinition, type ParsedDefinition } from '../../lib/providers/parse-definition.ts';
import { importable } from '../classifier/run-row.ts';
import { CLOUD, KEYS } from '../engine/definitions.ts';
import { aConnection } from '../support/a-connection.ts';
import { readCsv } from '../support/read-csv.ts';
import { CAMPAIGN_MS, inputs } from './campaign.ts';
import { CANARIES, leaked } from './canary.ts';
import { inTime } from './in-time.ts';
import { asText, hostileText, mutated } from './mutations.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const BELONGINGS = {
  environments: [{ id: 'my-own', name: 'My own' }],
  tags: [{ name: 'ads', color: 'teal' as const }],
  views: [{ id: 'v-1', name: 'Mine', search: 'environment=my-own&q=x' }],
};
const open = openFile(
  [
    aConnection({
      tags: ['ads'],
      notes: 'Ask Bob',
      statedEndAt: NOW,
      params: { site: 'https://x.example' },
      accountChoice: { kind: 'only', accounts: [{ id: 'a', label: 'A' }] },
    }),
    aConnection({ id: 'second', identity: null, authorizedAt: null }),
  ],
  BELONGINGS,
  NOW,
  [
    {
      id: 'f-1',
      name: 'Nightly',
      address: 'https://n8n.example/workflow/7',
      note: 'Ask Ann',
      connectionIds: ['second'],
      createdAt: NOW,
      revision: 1,
    },
  ],
);
const sealed = {
  patchbay: 'connections-sealed',
  version: 1,
  exportedAt: NOW,
  kdf: { name: 'PBKDF2-SHA-256', iterations: 600_000, salt: 'AAAAAAAAAAAAAAAAAAAAAA==' },
  cipher: 'AES-256-GCM',
  proof: { iv: 'AAAAAAAAAAAAAAAA', sealed: 'AAAA' },
  iv: 'AAAAAAAAAAAAAAAA',
  sealed: 'AAAA',
};
const secrets = {
  ...open,
  connections: open.connections.map((one, at) => ({
    ...one,
    credential: [
      { kind: 'key', key: CANARIES.key },
      { kind: 'basic', user: 'alice', password: CANARIES.password },
    ][at],
  })),
};
const definitions = [
  CLOUD,
  KEYS,
  ...[...importable.values()].map((text) => JSON.parse(text) as unknown),
];

interface Issue {
  readonly path: string;
  readonly expected: string | null;
  readonly received: string | null;
}

/** A problem's words are for people: few, and in one line. */
function unfitToShow(issues: readonly Issue[]): string[] {
  const words = issues.map(({ path, expected, received }) => `${path}${expected}${received}`);
  const bent = words.filter((one) => /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u.test(one));
  return issues.length > 50 ? [...bent, 'too many'] : bent;
}

/** What is wrong with what was made of a file. What is called good can be planned and written out again. */
function flawsOfFile(parsed: ParsedFile): string[] {
  if (parsed.kind === 'bad') return unfitToShow(parsed.issues);
  if (parsed.kind === 'sealed') return [];
  const { flows = [] } = parsed.file;
  planBelongings(parsed.file, { environments: [], tags: [], views: [] }, flowsMeant(flows, []));
  const ids = flows.flatMap(({ connections }) => connections);
  planFlows(flows, [], new Map(ids.map((id) => [id, id])), new Set(ids));
  const again = parseFile(JSON.stringify(parsed.file));
  return JSON.stringify(again) === JSON.stringify(parsed)
    ? []
    : ['reads otherwise the second time'];
}

/** The same of a definition: what is called good sends no secret in the clear. */
function flawsOfDefinition(parsed: ParsedDefinition): string[] {
  if (parsed.kind === 'bad') return unfitToShow(parsed.issues);
  const { provider } = parsed;
  const params = Object.fromEntries(provider.params.map(({ id }) => [id, 'https://x.example']));
  sitesOf(provider, params);
  return provider.methods.flatMap(({ id }) =>
    originsOf(provider, id, params).filter((one) => !isAllowed(one)),
  );
}

describe('a file of connections', () => {
  it(
    'may hold anything [E8 F17]',
    () => {
      const texts = asText(mutated(fc.constantFrom<unknown>(open, sealed)));
      inTime(() => {
        fc.assert(
          fc.property(texts, (text) => {
            expect(flawsOfFile(parseFile(text))).toEqual([]);
          }),
          inputs(),
        );
      }, CAMPAIGN_MS);
    },
    CAMPAIGN_MS,
  );

  it(
    'may hold anything once it is unsealed, and no secret of it is in the words [E8]',
    () => {
      inTime(() => {
        fc.assert(
          fc.property(asText(mutated(fc.constant(secrets))), (text) => {
            const parsed = parseSecretFile(text);
            const words = parsed.kind === 'bad' ? parsed : null;
            expect(leaked(words, [CANARIES.key, CANARIES.password])).toEqual([]);
          }),
          inputs(500),
        );
      }, CAMPAIGN_MS);
    },
    CAMPAIGN_MS,
  );
});

describe('a definition of a provider', () => {
  it(
    'may hold anything [E8 F17]',
    () => {
      const texts = asText(mutated(fc.constantFrom(...definitions)));
      inTime(() => {
        fc.assert(
          fc.property(texts, (text) => {
            expect(flawsOfDefinition(parseDefinition(text))).toEqual([]);
          }),
          inputs(),
        );
      }, CAMPAIGN_MS);
    },
    CAMPAIGN_MS,
  );
});

/** A secret goes over TLS, or stays on this machine. */
function isAllowed(pattern: string): boolean {
  return pattern.startsWith('https://') || /^http:\/\/(localhost|127\.|\[::1\])/.test(pattern);
}

describe('a table of connections', () => {
  const texts = fc.record({
    name: hostileText,
    notes: hostileText,
    label: hostileText,
    tags: fc.array(hostileText, { maxLength: 3 }),
    param: hostileText,
    at: fc.constantFrom(0, 1, NOW, 8.64e15, -8.64e15),
  });

  it(
    'is read by a spreadsheet as it was meant, and runs nothing',
    () => {
      inTime(() => {
        fc.assert(
          fc.property(texts, ({ name, notes, label, tags, param, at }) => {
            const identity = { id: label, label, workspace: null };
            const given: Connection = aConnection({
              name,
              notes,
              tags,
              identity,
              createdAt: at,
              params: { p: param },
            });
            const speech = {
              heading: (column: string) => column,
              tell: () => '',
              environment: () => '',
              flows: () => 0,
            };
            const csv = connectionsCsv([given], speech, NOW);
            const [head, row = [], ...rest] = readCsv(csv);
            expect(head).toEqual([...CSV_COLUMNS, csvMark(1)]);
            expect(rest).toEqual([]);
            expect(row).toHaveLength(CSV_COLUMNS.length + 1);
            expect(row.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell))).toEqual([]);
            expect(unguarded(row[0] ?? '')).toBe(name);
          }),
          inputs(800),
        );
      }, CAMPAIGN_MS);
    },
    CAMPAIGN_MS,
  );
});
