import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { countFacets, countOfStatus } from '../../lib/domain/facets.ts';
import { ALL, STATUS_CHOICES, type FlowsOf, type Query } from '../../lib/domain/query.ts';
import type { Outside } from '../../lib/domain/query-order.ts';
import { aConnection } from '../support/a-connection.ts';
import { select } from './select.ts';

const HEALTHS: readonly Connection['health'][] = [
  { kind: 'active', verifiedAt: 0 },
  { kind: 'unauthorized' },
  { kind: 'expiring', expiresAt: 9, verifiedAt: 0 },
  { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
];
const PROVIDERS = ['ads', 'mail', 'wiki'];

const connections = fc.array(
  fc
    .record({
      providerId: fc.constantFrom(...PROVIDERS),
      health: fc.constantFrom(...HEALTHS),
      sync: fc.constantFrom<Connection['sync']>({ kind: 'on' }, { kind: 'paused', since: 0 }),
      tags: fc.uniqueArray(fc.constantFrom('red', 'Blue', 'green')),
      name: fc.constantFrom('Reports', 'Other'),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
    })
    .map((some) =>
      aConnection({ ...some, provider: { name: some.providerId, text: '', color: '' } }),
    ),
  { maxLength: 12 },
);
const query: fc.Arbitrary<Query> = fc.record({
  text: fc.constantFrom('', 'report'),
  health: fc.constantFrom(null, 'active', 'reconnect', 'working', 'attention'),
  providerId: fc.constantFrom(null, ...PROVIDERS),
  tags: fc.uniqueArray(fc.constantFrom('red', 'blue', 'gone')),
  tagsMatch: fc.constantFrom('any', 'all'),
  sync: fc.constantFrom(null, 'on', 'paused'),
  flowId: fc.constantFrom(null, 'nightly', 'weekly', 'gone'),
  environmentId: fc.constant(null),
  sort: fc.constant('urgency'),
  descending: fc.constant(false),
  isGrouped: fc.constant(false),
});

/** Nightly uses a and b, Weekly b and c; nothing uses d. */
const FLOWS: Readonly<Record<string, ReturnType<FlowsOf>>> = {
  a: [{ id: 'nightly', name: 'Nightly' }],
  b: [
    { id: 'nightly', name: 'Nightly' },
    { id: 'weekly', name: 'Weekly' },
  ],
  c: [{ id: 'weekly', name: 'Weekly' }],
};
const flowsOf: FlowsOf = (id) => FLOWS[id] ?? [];
const outside: Outside = { flowsOf, environment: ({ environmentId }) => environmentId };

describe('the counts of choices', () => {
  it('are what choosing them would show', () => {
    fc.assert(
      fc.property(connections, query, (all, asked) => {
        const facets = countFacets(all, asked, flowsOf);
        const shown = (changes: Partial<Query>): number =>
          select(all, { ...asked, ...changes }, outside).length;
        for (const { id, count } of facets.providers) expect(count).toBe(shown({ providerId: id }));
        for (const health of STATUS_CHOICES)
          expect(countOfStatus(facets, health)).toBe(shown({ health }));
        expect(facets.sync).toEqual({
          on: shown({ sync: 'on' }),
          paused: shown({ sync: 'paused' }),
        });
        for (const { id, count } of facets.tags)
          expect(count).toBe(
            shown({ tags: asked.tagsMatch === 'all' ? [...asked.tags, id] : [id] }),
          );
        for (const { id, count } of facets.flows) expect(count).toBe(shown({ flowId: id }));
        const { ofAllProviders, ofAllHealth, ofAllSync, ofAllFlows } = facets;
        expect([ofAllProviders, ofAllHealth, ofAllSync, ofAllFlows]).toEqual([
          shown({ providerId: null }),
          shown({ health: null }),
          shown({ sync: null }),
          shown({ flowId: null }),
        ]);
      }),
    );
  });

  it('name the flows in use by name, with 0 where the other filters leave nothing', () => {
    const all = ['c', 'a', 'd'].map((id) => aConnection({ id, name: id }));
    expect(countFacets(all, ALL, flowsOf).flows).toEqual([
      { id: 'nightly', name: 'Nightly', count: 1 },
      { id: 'weekly', name: 'Weekly', count: 1 },
    ]);
    const { flows, ofAllFlows } = countFacets(all, { ...ALL, text: 'nowhere' }, flowsOf);
    expect([flows.map(({ count }) => count), ofAllFlows]).toEqual([[0, 0], 0]);
    expect(countFacets(all, ALL).flows).toEqual([]);
  });

  it('join tags that differ in case alone, and name what is in use by name', () => {
    const { tags, providers } = countFacets(
      [
        aConnection({ tags: ['Zoo', 'ads'] }),
        aConnection({
          tags: ['zoo'],
          providerId: 'a',
          provider: { name: 'A', text: '', color: '' },
        }),
      ],
      { ...ALL, text: 'nowhere' },
    );
    expect(tags).toEqual([
      { id: 'ads', name: 'ads', count: 0 },
      { id: 'zoo', name: 'Zoo', count: 0 },
    ]);
    expect(providers.map(({ id }) => id)).toEqual(['a', 'practice-keys']);
  });
});
