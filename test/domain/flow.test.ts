import { describe, expect, it } from 'vitest';
import {
  byName,
  dependents,
  findFlows,
  FLOW_ADDRESS_MAX,
  FLOW_CONNECTIONS_MAX,
  FLOW_NAME_MAX,
  flowAddress,
  flowProblem,
  flowsByConnection,
  FLOWS_MAX,
  flowState,
  mustFit,
  rewired,
  type Flow,
} from '../../lib/domain/flow.ts';
import type { HealthKind } from '../../lib/domain/health.ts';

function flow(changes: Partial<Flow> = {}): Flow {
  return {
    id: 'f-1',
    name: 'Nightly',
    address: null,
    note: '',
    connectionIds: [],
    createdAt: 0,
    revision: 1,
    ...changes,
  };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `c-${at}`);

describe('the address of a flow', () => {
  it.each([
    [' https://n8n.example/workflow/7?x=1#y ', 'https://n8n.example/workflow/7?x=1#y'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['HTTPS://Example.com', 'https://example.com/'],
  ])('%s is kept', (typed, kept) => {
    expect(flowAddress(typed)).toBe(kept);
  });

  it.each([
    '',
    'example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'chrome-extension://abc/options.html',
    'ftp://example.com',
    'https://user:password@example.com',
    'https://user@example.com',
    `https://example.com/${'x'.repeat(FLOW_ADDRESS_MAX)}`,
    `https://example.com/${'ü'.repeat(FLOW_ADDRESS_MAX / 2)}`,
  ])('%.40s is not', (typed) => {
    expect(flowAddress(typed)).toBeNull();
  });
});

it('what was typed is judged as a whole', () => {
  expect(flowProblem({ name: 'A', address: '' })).toBeNull();
  expect(flowProblem({ name: 'A', address: ' ' })).toBeNull();
  expect(flowProblem({ name: ' ', address: '' })).toBe('invalid-request');
  expect(flowProblem({ name: 'x'.repeat(FLOW_NAME_MAX + 1), address: '' })).toBe('invalid-request');
  expect(flowProblem({ name: 'A', address: 'x' })).toBe('flow-address-invalid');
});

describe('the register', () => {
  it('tells no two names apart by case or accent', () => {
    const others = [flow({ name: 'Café' })];
    expect(() => mustFit(others, 'CAFE')).toThrow('flow-name-taken');
    expect(() => mustFit(others, 'Cafe 2')).not.toThrow();
  });

  it('comes to an end', () => {
    const others = many(FLOWS_MAX).map((id) => flow({ id, name: id }));
    expect(() => mustFit(others, 'More')).toThrow('flows-full');
  });

  it('is sorted by name', () => {
    const names = byName(['b', 'Á', 'C'].map((name) => flow({ name }))).map(({ name }) => name);
    expect(names).toEqual(['Á', 'b', 'C']);
  });

  it('is turned round: the flows of each connection', () => {
    const [a, b] = [
      flow({ id: 'a', connectionIds: ['1', '2'] }),
      flow({ id: 'b', connectionIds: ['2'] }),
    ];
    expect([...flowsByConnection([a, b])]).toEqual([
      ['1', [a]],
      ['2', [a, b]],
    ]);
    expect(dependents([a, b], new Set(['1', '2']))).toEqual([a, b]);
    expect(dependents([a, b], new Set(['1']))).toEqual([a]);
    expect(dependents([a, b], new Set())).toEqual([]);
  });

  it('is searched in everything that a flow is known by', () => {
    const all = [
      flow({ id: 'a', name: 'Ärger', note: 'of Ann', address: 'https://n8n.example/' }),
      flow({ id: 'b', connectionIds: ['1'] }),
    ];
    const found = (typed: string) =>
      findFlows(all, typed, (id) => (id === '1' ? 'Reports' : '')).map(({ id }) => id);
    expect(found('')).toEqual(['a', 'b']);
    expect(found('ANN arger')).toEqual(['a']);
    expect(found('n8n')).toEqual(['a']);
    expect(found('report night')).toEqual(['b']);
    expect(found('nothing')).toEqual([]);
  });
});

describe('the connections of a flow', () => {
  it('come and go, each once; the same again is the same flow', () => {
    const before = flow({ connectionIds: ['1', '2'] });
    expect(rewired(before, ['2', '3'], ['1']).connectionIds).toEqual(['2', '3']);
    expect(rewired(before, ['1'])).toBe(before);
    expect(rewired(before, [], ['9'])).toBe(before);
  });

  it('come to an end; one that has more, from wherever, can still lose some', () => {
    const full = flow({ connectionIds: many(FLOW_CONNECTIONS_MAX) });
    expect(() => rewired(full, ['more'])).toThrow('flow-connections-full');
    expect(rewired(full, ['more'], ['c-0']).connectionIds.length).toBe(FLOW_CONNECTIONS_MAX);
    const over = flow({ connectionIds: many(FLOW_CONNECTIONS_MAX + 2) });
    expect(rewired(over, [], ['c-0']).connectionIds.length).toBe(FLOW_CONNECTIONS_MAX + 1);
  });

  it.each<[readonly (HealthKind | undefined)[], string]>([
    [[], 'unused'],
    [['active', 'unverified', 'expiring', 'unauthorized'], 'fine'],
    [['active', 'reconnect'], 'stopped'],
    [['active', undefined], 'stopped'],
  ])('of health %j: %s', (healths, state) => {
    const used = flow({ connectionIds: healths.map((_, at) => String(at)) });
    expect(flowState(used, (id) => healths[Number(id)])).toBe(state);
  });
});
