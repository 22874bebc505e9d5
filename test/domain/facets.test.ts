import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { countFacets } from '../../lib/domain/facets.ts';
import { ALL, STATUS_CHOICES, type Query } from '../../lib/domain/query.ts';
import { aConnection } from '../support/a-connection.ts';
import { select } from './select.ts';

const HEALTHS: readonly Connection['health'][] = [
  { kind: 'active', verifiedAt: 0 },
  { kind: 'unauthorized' },
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
    })
    .map((some) =>
      aConnection({ ...some, provider: { name: some.providerId, text: '', color: '' } }),
    ),
  { maxLength: 12 },
);
const query: fc.Arbitrary<Query> = fc.record({
  text: fc.constantFrom('', 'report'),
  health: fc.constantFrom(null, 'active', 'reconnect'),
  providerId: fc.constantFrom(null, ...PROVIDERS),
  tags: fc.uniqueArray(fc.constantFrom('red', 'blue', 'gone')),
  tagsMatch: fc.constantFrom('any', 'all'),
  sync: fc.constantFrom(null, 'on', 'paused'),
  environmentId: fc.constant(null),
  sort: fc.constant('urgency'),
  descending: fc.constant(false),
  isGrouped: fc.constant(false),
});

describe('the counts of choices', () => {
  it('are what choosing them would show', () => {
    fc.assert(
      fc.property(connections, query, (all, asked) => {
        const facets = countFacets(all, asked);
        const shown = (changes: Partial<Query>): number =>
          select(all, { ...asked, ...changes }).length;
        for (const { id, count } of facets.providers) expect(count).toBe(shown({ providerId: id }));
        for (const kind of STATUS_CHOICES)
          expect(facets.health[kind]).toBe(shown({ health: kind }));
        expect(facets.sync).toEqual({
          on: shown({ sync: 'on' }),
          paused: shown({ sync: 'paused' }),
        });
        for (const { id, count } of facets.tags)
          expect(count).toBe(
            shown({ tags: asked.tagsMatch === 'all' ? [...asked.tags, id] : [id] }),
          );
        expect([facets.ofAllProviders, facets.ofAllHealth, facets.ofAllSync]).toEqual([
          shown({ providerId: null }),
          shown({ health: null }),
          shown({ sync: null }),
        ]);
      }),
    );
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
