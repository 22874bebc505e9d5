import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authorization, AuthorizationState } from '../../lib/domain/authorization.ts';
import type { Connection, ConnectionChange } from '../../lib/domain/connection.ts';
import type { Health } from '../../lib/domain/health.ts';
import {
  asksForRepair,
  beginRepair,
  beginWithLeft,
  currentOf,
  decideRepair,
  gainsFromRepair,
  isLeft,
  joinRepair,
  moveRepair,
  progressOf,
  rejoin,
  repairable,
  standsApart,
  stopRepair,
  tallyOf,
  type Repair,
  type RepairDecision,
} from '../../lib/domain/repair.ts';
import { authorization } from '../client/connections.ts';
import { aConnection } from '../support/a-connection.ts';

const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: 0 };
const WELL: Health = { kind: 'active', verifiedAt: 2 };
const IN_ALL = { environmentId: null, continuesByItself: false };

function broken(id: string, changes: Partial<Connection> = {}): Connection {
  return aConnection({ id, name: id, health: BROKEN, ...changes });
}

function signIn(id: string, changes: Partial<Connection> = {}): Connection {
  return broken(id, { methodKind: 'oauth2', methodId: 'oauth', ...changes });
}

function at(provider: string): Pick<Connection, 'providerId' | 'provider'> {
  return { providerId: provider, provider: { name: provider, text: '', color: '#000000' } };
}

function reconnecting(id: string, state: AuthorizationState): Authorization {
  return authorization({ purpose: { kind: 'reconnect', connectionId: id }, state });
}

function queueOf(...ids: string[]): Repair {
  const repair = beginRepair(
    ids.map((id) => broken(id)),
    IN_ALL,
  );
  if (repair === null) throw new Error('nothing is broken');
  return repair;
}

/** An empty queue, to go on counting with. */
const GONE: Repair = { ...IN_ALL, items: [], currentId: null };

/** The queue after a commit. */
function moved(
  repair: Repair,
  changes: readonly ConnectionChange[],
  attempt: Authorization | null,
): Repair {
  return moveRepair(repair, changes, attempt) ?? GONE;
}

/** The queue after an attempt at one of its connections. */
function tried(repair: Repair, id: string, state: AuthorizationState): Repair {
  return moved(repair, [], reconnecting(id, state));
}

function outcomes(repair: Repair | null): Record<string, string> {
  return Object.fromEntries((repair?.items ?? []).map(({ id, outcome }) => [id, outcome.kind]));
}

const FAILED = { kind: 'failed', code: 'denied', detail: 'no' } as const;

describe('what belongs into the queue', () => {
  const kinds: Health[] = [
    WELL,
    BROKEN,
    { kind: 'unauthorized' },
    { kind: 'expiring', expiresAt: 9, verifiedAt: 0 },
    { kind: 'unverified', doubt: 'misconfigured', since: 0, verifiedAt: 0 },
    { kind: 'unverified', doubt: 'limited', since: 0, verifiedAt: 0 },
    { kind: 'unverified', doubt: 'permission-missing', since: 0, verifiedAt: 0 },
    { kind: 'unverified', doubt: 'offline', since: 0, verifiedAt: 0 },
  ];

  it('is what a new credential mends; what needs something else of the person stands apart', () => {
    const all = kinds.map((health, index) => aConnection({ id: String(index), health }));
    expect(all.filter(asksForRepair).map(({ id }) => id)).toEqual(['1']);
    expect(all.filter(standsApart).map(({ id }) => id)).toEqual(['4', '5', '6']);
  });

  it('is of one environment where one is chosen', () => {
    const all = [broken('a'), broken('b', { environmentId: 'staging' })];
    expect(repairable(all, 'staging').map(({ id }) => id)).toEqual(['b']);
  });

  it('of a selection is what was selected, whatever its health', () => {
    const some = [broken('a'), broken('b', { health: WELL })];
    const repair = beginRepair(some, { ...IN_ALL, isSelection: true });
    expect(outcomes(repair)).toEqual({ a: 'waiting', b: 'waiting' });
    expect(beginRepair([], { ...IN_ALL, isSelection: true })).toBeNull();
  });

  it('gains from it where it is broken, new, or about to end', () => {
    const ending: Health = { kind: 'expiring', expiresAt: 9, verifiedAt: 2 };
    const doubted: Health = { kind: 'unverified', doubt: 'offline', since: 1, verifiedAt: 0 };
    const healths: readonly Health[] = [BROKEN, ending, { kind: 'unauthorized' }, WELL, doubted];
    expect(healths.map((health) => gainsFromRepair(broken('a', { health })))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is nothing where nothing is broken', () => {
    expect(beginRepair([aConnection()], IN_ALL)).toBeNull();
  });
});

describe('the order', () => {
  const ids = (connections: readonly Connection[]): string[] =>
    repairable(connections, null).map(({ id }) => id);

  it('has sign-in windows first, one provider after the other, and each person together', () => {
    const alice = { id: '1', label: 'alice', workspace: null };
    const bob = { id: '2', label: 'bob', workspace: null };
    const connections = [
      broken('key', at('Alpha')),
      signIn('z-bob', { ...at('Zeta'), identity: bob }),
      signIn('z-alice-2', { ...at('Zeta'), identity: alice }),
      broken('z-key', { ...at('Zeta'), identity: alice }),
      signIn('m', { ...at('Mu'), identity: bob }),
      signIn('z-alice-1', { ...at('Zeta'), identity: alice }),
    ];
    expect(ids(connections)).toEqual(['m', 'z-alice-1', 'z-alice-2', 'z-bob', 'z-key', 'key']);
  });

  it('keeps the sites of one provider apart', () => {
    const site = (host: string) => ({ ...at('Git'), params: { site: host } });
    const connections = [
      signIn('1', site('https://b.example')),
      signIn('2', site('https://a.example')),
      signIn('3', site('https://b.example')),
    ];
    expect(ids(connections)).toEqual(['2', '1', '3']);
  });

  it('does not depend on the order that they come in, and leaves no provider twice', () => {
    const any = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{1,4}$/),
        provider: fc.constantFrom('A', 'B', 'C'),
        kind: fc.constantFrom('oauth2' as const, 'key' as const),
        label: fc.constantFrom('alice', 'bob'),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(any, (wishes) => {
        const connections = wishes.map(({ id, provider, kind, label }) =>
          broken(id, {
            ...at(provider),
            methodKind: kind,
            identity: { id: label, label, workspace: null },
          }),
        );
        const ordered = repairable(connections, null);
        expect(ids(connections.toReversed())).toEqual(ordered.map(({ id }) => id));
        const turns = ordered
          .map(({ providerId }) => providerId)
          .filter((id, index, all) => id !== all[index - 1]);
        expect(new Set(turns).size).toBe(turns.length);
      }),
    );
  });
});

describe('what an outcome does', () => {
  it('mended, and the next has its turn', () => {
    const after = tried(queueOf('a', 'b'), 'a', { kind: 'done', connectionId: 'a' });
    expect(outcomes(after)).toEqual({ a: 'mended', b: 'waiting' });
    expect(progressOf(after)).toEqual({ at: 2, total: 2 });
  });

  it('mended by the person counts as that, although the check in the same commit says well too', () => {
    const change = { before: broken('a'), after: broken('a', { health: WELL }) };
    const attempt = reconnecting('a', { kind: 'done', connectionId: 'a' });
    expect(outcomes(moved(queueOf('a', 'b'), [change], attempt))).toEqual({
      a: 'mended',
      b: 'waiting',
    });
  });

  it('cancelled by the person: later', () => {
    const after = tried(queueOf('a', 'b'), 'a', { kind: 'cancelled' });
    expect(outcomes(after)).toEqual({ a: 'later', b: 'waiting' });
    expect(after.currentId).toBe('b');
  });

  it('failed keeps its turn, so that its reason is read and it can be tried again', () => {
    const failed = tried(queueOf('a', 'b'), 'a', FAILED);
    expect(currentOf(failed)).toEqual({ id: 'a', outcome: FAILED });
    expect(decideRepair(failed, 'a', 'next').currentId).toBe('b');
    const again = tried(failed, 'a', { kind: 'done', connectionId: 'a' });
    expect(outcomes(again)).toEqual({ a: 'mended', b: 'waiting' });
  });

  it.each([
    ['abandoned', { kind: 'abandoned' }],
    ['another window was open', { kind: 'failed', code: 'window-busy', detail: null }],
    ['the browser went', { kind: 'failed', code: 'interrupted', detail: null }],
    ['waits for the window', { kind: 'waiting' }],
    [
      'waits for a choice',
      {
        kind: 'mismatch',
        connectionId: 'a',
        expected: { id: '1', label: 'alice', workspace: null },
        received: { id: '2', label: 'bob', workspace: null },
      },
    ],
  ] as const)('%s: nothing moves', (_name, state) => {
    const repair = queueOf('a', 'b');
    expect(tried(repair, 'a', state)).toBe(repair);
  });

  it('kept as a connection of its own: this one is left for later', () => {
    const after = tried(queueOf('a', 'b'), 'a', { kind: 'done', connectionId: 'new' });
    expect(outcomes(after)).toEqual({ a: 'later', b: 'waiting' });
  });

  it('of an attempt elsewhere counts only where it mended', () => {
    const repair = queueOf('a', 'b');
    expect(tried(repair, 'b', { kind: 'cancelled' })).toBe(repair);
    expect(tried(repair, 'b', FAILED)).toBe(repair);
    const mended = tried(repair, 'b', { kind: 'done', connectionId: 'b' });
    expect(outcomes(mended)).toEqual({ a: 'waiting', b: 'mended' });
    expect(mended.currentId).toBe('a');
  });

  it('healed by itself leaves, deleted is gone', () => {
    const repair = queueOf('a', 'b', 'c');
    const healed = moved(
      repair,
      [{ before: broken('a'), after: broken('a', { health: WELL }) }],
      null,
    );
    expect(outcomes(healed)).toEqual({ a: 'healed', b: 'waiting', c: 'waiting' });
    const gone = moved(healed, [{ before: broken('b'), after: null }], null);
    expect(outcomes(gone)).toEqual({ a: 'healed', c: 'waiting' });
    expect(gone.currentId).toBe('c');
  });

  it('new or about to end, and selected: heals when it works', () => {
    for (const health of [
      { kind: 'unauthorized' },
      { kind: 'expiring', expiresAt: 9, verifiedAt: 2 },
    ] as const) {
      const before = broken('a', { health });
      const queue = beginRepair([before], { ...IN_ALL, isSelection: true });
      const change = { before, after: broken('a', { health: WELL }) };
      expect(queue && outcomes(moved(queue, [change], null))).toEqual({ a: 'healed' });
    }
  });

  it('is gone itself with the last of what it held, mended or not', () => {
    const mended = tried(queueOf('a', 'b'), 'a', { kind: 'done', connectionId: 'a' });
    const deleted = ['a', 'b'].map((id) => ({ before: aConnection({ id }), after: null }));
    expect(moveRepair(mended, deleted, null)).toBeNull();
  });

  it('a rename moves nothing', () => {
    const repair = queueOf('a');
    const renamed = { before: broken('a'), after: broken('a', { name: 'other' }) };
    expect(moved(repair, [renamed], null)).toBe(repair);
  });

  it('a second click, after it was decided, decides nothing about the next', () => {
    const once = decideRepair(queueOf('a', 'b'), 'a', 'skip');
    expect(decideRepair(once, 'a', 'skip')).toBe(once);
    expect(decideRepair(once, 'b', 'next')).toBe(once);
  });
});

describe('going on and starting again', () => {
  it('takes what broke since along, and what broke again', () => {
    const mended = tried(queueOf('a', 'b'), 'a', { kind: 'done', connectionId: 'a' });
    const on = rejoin(mended, [broken('a'), broken('b'), broken('c')]);
    expect(on.items.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(outcomes(on)).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting' });
    expect(on.currentId).toBe('b');
  });

  it('what is selected joins at its end, and gets another turn where it had one', () => {
    const some = decideRepair(queueOf('a', 'b', 'c'), 'a', 'skip');
    const joined = joinRepair(some, [broken('d'), broken('c'), broken('a')]);
    expect(joined.items.map(({ id }) => id)).toEqual(['b', 'c', 'a', 'd']);
    expect(outcomes(joined)).toEqual({ a: 'waiting', b: 'waiting', c: 'waiting', d: 'waiting' });
    expect(joined.currentId).toBe('b');
    const failed = tried(some, 'b', FAILED);
    expect(outcomes(joinRepair(failed, [broken('b')]))).toEqual(outcomes(failed));
  });

  it('a stopped queue has nobody’s turn, and starts again with all but what was skipped', () => {
    const some = decideRepair(queueOf('a', 'b', 'c', 'd'), 'a', 'skip');
    const stopped = stopRepair(decideRepair(tried(some, 'b', FAILED), 'b', 'next'));
    expect(progressOf(stopped)).toEqual({ at: 4, total: 4 });
    expect(tallyOf(stopped)).toEqual({
      waiting: 2,
      mended: 0,
      healed: 0,
      later: 0,
      skipped: 1,
      failed: 1,
    });
    const again = beginWithLeft(
      stopped,
      ['a', 'b', 'c'].map((id) => broken(id)),
    );
    expect(outcomes(again)).toEqual({ b: 'waiting', c: 'waiting' });
  });

  it('with nothing left there is nothing to start', () => {
    const skipped = decideRepair(queueOf('a'), 'a', 'skip');
    expect(skipped.currentId).toBeNull();
    expect(beginWithLeft(skipped, [broken('a')])).toBeNull();
  });
});

describe('whatever happens', () => {
  const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyId = fc.constantFrom(...IDS, 'stranger');
  type Step = (repair: Repair) => Repair;
  const decisions = fc.tuple(anyId, fc.constantFrom<RepairDecision>('later', 'skip', 'next')).map(
    ([id, decision]): Step =>
      (repair) =>
        decideRepair(repair, id, decision),
  );
  const attempts = fc
    .tuple(
      anyId,
      fc.constantFrom<AuthorizationState>(
        FAILED,
        { kind: 'waiting' },
        { kind: 'cancelled' },
        { kind: 'abandoned' },
        { kind: 'done', connectionId: 'a' },
        { kind: 'done', connectionId: 'b' },
      ),
    )
    .map(
      ([id, state]): Step =>
        (repair) =>
          tried(repair, id, state),
    );
  const healings = anyId.map(
    (id): Step =>
      (repair) =>
        moved(repair, [{ before: broken(id), after: broken(id, { health: WELL }) }], null),
  );
  const deletions = anyId.map(
    (id): Step =>
      (repair) =>
        moved(repair, [{ before: broken(id), after: null }], null),
  );
  const returns = fc.subarray(IDS).map(
    (ids): Step =>
      (repair) =>
        rejoin(
          repair,
          ids.map((id) => broken(id)),
        ),
  );
  const steps = fc.array(fc.oneof(decisions, attempts, healings, deletions, returns));

  it('nobody is in the queue twice, and whose turn it is waits or has just failed', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const after = all.reduce((repair, step) => step(repair), queueOf(...IDS));
        const ids = after.items.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const current = currentOf(after);
        expect(current === null).toBe(after.currentId === null);
        expect(['waiting', 'failed', undefined]).toContain(current?.outcome.kind);
        expect(Object.values(tallyOf(after)).reduce((sum, n) => sum + n, 0)).toBe(ids.length);
      }),
    );
  });

  it('has ended exactly when nobody waits and nothing has just failed', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const after = all.reduce((repair, step) => step(repair), queueOf(...IDS));
        expect(after.currentId === null).toBe(
          tallyOf(after).waiting === 0 && currentOf(after)?.outcome.kind !== 'failed',
        );
      }),
    );
  });

  it('as many decisions as there are connections come to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<RepairDecision>('later', 'skip')), (all) => {
        const after = all.reduce(
          (repair, decision) => decideRepair(repair, repair.currentId ?? '', decision),
          queueOf(...IDS),
        );
        expect(tallyOf(after).waiting).toBe(Math.max(0, IDS.length - all.length));
      }),
    );
  });

  it('starting again holds what is left and still broken, and nothing else', () => {
    fc.assert(
      fc.property(steps, fc.subarray(IDS), (all, still) => {
        const after = all.reduce((repair, step) => step(repair), queueOf(...IDS));
        const again = beginWithLeft(
          after,
          still.map((id) => broken(id)),
        );
        const wanted = after.items.filter((item) => isLeft(item) && still.includes(item.id));
        expect(Object.keys(outcomes(again)).sort()).toEqual(wanted.map(({ id }) => id).sort());
      }),
    );
  });
});
