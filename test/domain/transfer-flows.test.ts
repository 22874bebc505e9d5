import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOW_CONNECTIONS_MAX, FLOWS_MAX, type Flow } from '../../lib/domain/flow.ts';
import { searchKey } from '../../lib/domain/query.ts';
import { planBelongings, type Belongings } from '../../lib/domain/transfer/belongings.ts';
import { carriedFlows, flowsMeant, planFlows } from '../../lib/domain/transfer/carry-flows.ts';
import { openFile } from '../../lib/domain/transfer/carry.ts';
import type { CarriedFlow } from '../../lib/domain/transfer/connection-file.ts';
import { parseFile } from '../../lib/domain/transfer/parse-file.ts';
import { aConnection } from '../support/a-connection.ts';

const NOTHING: Belongings = { environments: [], tags: [], views: [] };

function flow(changes: Partial<Flow> = {}): Flow {
  const text = { name: 'Nightly', address: null, note: '' };
  return { id: 'f-1', ...text, connectionIds: ['a'], createdAt: 1, revision: 4, ...changes };
}

function carried(changes: Partial<CarriedFlow> = {}): CarriedFlow {
  const text = { name: 'Nightly', address: null, note: '' };
  return { id: 'f-1', ...text, connections: ['a'], createdAt: 1, ...changes };
}

/** Every connection of a file is here under its own id, but `gone`. */
const all = new Map(['a', 'b', 'c'].map((id) => [id, id]));
/** Which of them arrive. */
const none: ReadonlySet<string> = new Set();
const every: ReadonlySet<string> = new Set(all.keys());

describe('a file', () => {
  const both = [aConnection({ id: 'a' }), aConnection({ id: 'b' })];

  it('carries the flows that use what it carries, and of what they use that alone', () => {
    const flows = [
      flow({
        address: 'https://n8n.example/7',
        note: 'Ask Ann',
        connectionIds: ['gone', 'b', 'a'],
      }),
      flow({ id: 'f-2', name: 'Of another', connectionIds: ['gone'] }),
      flow({ id: 'f-3', name: 'Unused', connectionIds: [] }),
    ];
    const file = openFile(both, NOTHING, 0, flows);
    expect([file.version, file.flows]).toEqual([
      2,
      [carried({ address: 'https://n8n.example/7', note: 'Ask Ann', connections: ['b', 'a'] })],
    ]);
    expect(parseFile(JSON.stringify(file))).toEqual({ kind: 'open', file });
  });

  it('without flows is as those were that knew none, for older readers too', () => {
    const file = openFile(both, NOTHING, 0, [flow({ connectionIds: ['gone'] })]);
    expect(file).toEqual(openFile(both, NOTHING, 0));
    expect([file.version, 'flows' in file]).toEqual([1, false]);
    expect(parseFile(JSON.stringify(file))).toMatchObject({ kind: 'open' });
  });

  it('has its addresses read as they are kept', () => {
    const file = openFile(both, NOTHING, 0, [flow({ address: 'https://X.example' })]);
    expect(parseFile(JSON.stringify(file))).toMatchObject({
      file: { flows: [{ address: 'https://x.example/' }] },
    });
  });

  it.each([
    ['an address that nobody may open', { address: 'javascript:alert(1)' }, 'flows.0.address'],
    ['a password in an address', { address: 'https://a:b@x.example' }, 'flows.0.address'],
    ['an empty name', { name: ' ' }, 'flows.0.name'],
    ['an id that is none', { id: 'credential:x' }, 'flows.0.id'],
    ['a field for a secret', { token: 'canary' }, 'flows.0.token'],
  ])('with %s is refused', (_what, changes, path) => {
    const file = openFile(both, NOTHING, 0, [flow()]);
    const parsed = parseFile(JSON.stringify({ ...file, flows: [{ ...carried(), ...changes }] }));
    expect(parsed).toMatchObject({ kind: 'bad', code: 'transfer-invalid', issues: [{ path }] });
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });
});

describe('importing flows', () => {
  it('brings what uses something that is here, as it was written down', () => {
    const given = carried({
      address: 'https://x.example/',
      note: 'N',
      connections: ['a', 'gone'],
    });
    expect(planFlows([given], [], all, none)).toEqual({
      written: [flow({ address: 'https://x.example/', note: 'N', revision: 1 })],
      noRoom: 0,
    });
    expect(planFlows([carried({ connections: ['gone'] })], [], all, none).written).toEqual([]);
  });

  it('gives one that is here what arrives, and leaves alone what was detached', () => {
    const here = [flow({ id: 'mine', name: 'NIGHTLY', connectionIds: ['x'] })];
    const given = carried({ connections: ['a', 'b'] });
    expect(planFlows([given], here, all, new Set(['b'])).written).toEqual([
      flow({ id: 'mine', name: 'NIGHTLY', connectionIds: ['x', 'b'] }),
    ]);
    expect(planFlows([given], here, all, none).written).toEqual([]);
  });

  it('follows a connection that is here under another id', () => {
    const twin = new Map([['a', 'twin']]);
    expect(planFlows([carried()], [], twin, none).written).toEqual([
      flow({ connectionIds: ['twin'], revision: 1 }),
    ]);
  });

  it('counts what has no room', () => {
    const full = Array.from({ length: FLOWS_MAX }, (_, at) => flow({ id: `${at}`, name: `${at}` }));
    expect(planFlows([carried()], full, all, none)).toEqual({ written: [], noRoom: 1 });
    const ids = Array.from({ length: FLOW_CONNECTIONS_MAX }, (_, at) => `c-${at}`);
    const here = [flow({ connectionIds: ids })];
    expect(planFlows([carried()], here, all, every)).toEqual({ written: [], noRoom: 1 });
  });

  it('is of a view too that finds by a flow', () => {
    const here = [flow({ id: 'mine', name: 'nightly' })];
    const views = [{ id: 'v', name: 'V', search: 'status=active&flow=f-1' }];
    const meant = flowsMeant([carried()], here);
    expect(planBelongings({ ...NOTHING, views }, NOTHING, meant).kept.views).toEqual([
      { id: 'v', name: 'V', search: 'status=active&flow=mine' },
    ]);
    expect(planBelongings({ ...NOTHING, views }, NOTHING).kept.views).toEqual(views);
  });

  // Few of each, so that ids and names meet.
  const connections = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'gone'));
  const id = fc.constantFrom('f-1', 'f-2', 'f-3');
  const name = fc.constantFrom('Alpha', 'ALPHA', 'beta', 'Béta', 'gamma');
  const given = fc.array(
    fc.record({ id, name, connections }).map((some) => carried(some)),
    { maxLength: 6 },
  );
  const stored = given.map((some) => planFlows(some, [], all, none).written);

  it('twice changes nothing the second time, whatever is in the file and here', () => {
    fc.assert(
      fc.property(given, stored, fc.boolean(), (file, here, isFresh) => {
        const { written } = planFlows(file, here, all, isFresh ? every : none);
        const after = [...here.filter((one) => !written.some((w) => w.id === one.id)), ...written];
        expect(new Set(after.map((one) => searchKey(one.name))).size).toBe(after.length);
        expect(planFlows(file, after, all, none)).toEqual({ written: [], noRoom: 0 });
        // Nothing that was here has lost anything.
        for (const one of here)
          expect(after.find((other) => other.id === one.id)).toEqual({
            ...one,
            connectionIds: expect.arrayContaining([...one.connectionIds]),
          });
      }),
    );
  });

  it('into nothing gives back what was exported', () => {
    fc.assert(
      fc.property(stored, (flows) => {
        const file = carriedFlows(
          flows,
          ['a', 'b', 'c'].map((one) => aConnection({ id: one })),
        );
        expect(planFlows(file, [], all, every).written).toEqual(flows);
      }),
    );
  });
});
