import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_ENVIRONMENTS } from '../../lib/domain/environment.ts';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { findTag, TAG_COLORS, tagKey } from '../../lib/domain/tag.ts';
import { planBelongings, type Belongings } from '../../lib/domain/transfer/belongings.ts';
import { openFile } from '../../lib/domain/transfer/carry.ts';
import { parseFile } from '../../lib/domain/transfer/parse-file.ts';
import { planImport, type ImportGround } from '../../lib/domain/transfer/plan-import.ts';
import { aConnection } from '../support/a-connection.ts';

const NOTHING: Belongings = { environments: [], tags: [], views: [] };

// Few of each, so that ids and names meet.
const id = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'staging');
const word = fc.constantFrom('Alpha', 'ALPHA', 'beta', 'Béta', 'gamma', 'delta');

/** Whatever a file may hold, of whoever wrote it. */
const given: fc.Arbitrary<Belongings> = fc.record({
  environments: fc.array(fc.record({ id, name: word }), { maxLength: 6 }),
  tags: fc.array(fc.record({ name: word, color: fc.option(fc.constantFrom(...TAG_COLORS)) }), {
    maxLength: 6,
  }),
  views: fc.array(
    fc.record({
      id,
      name: word,
      search: fc.oneof(
        fc.constant('q=x'),
        id.map((one) => `q=x&environment=${one}`),
      ),
    }),
    { maxLength: 6 },
  ),
});

/** Whatever may be kept here: what importing into nothing leaves. */
const kept = given.map((file) => planBelongings(file, NOTHING).kept);

describe('what travels beside connections', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(kept, (here) => {
        const file = openFile([], here, 0);
        expect(parseFile(JSON.stringify(file))).toEqual({ kind: 'open', file });
        expect(file).toMatchObject(here);
      }),
    );
  });

  it('stands in a fresh profile as it did in the other', () => {
    fc.assert(
      fc.property(kept, (here) => {
        const { kept: there, noRoom } = planBelongings(openFile([], here, 0), NOTHING);
        expect(there).toEqual(here);
        expect(noRoom).toBe(0);
      }),
    );
  });

  it('changes nothing when it is imported again', () => {
    fc.assert(
      fc.property(given, kept, (file, here) => {
        const once = planBelongings(file, here);
        const twice = planBelongings(file, once.kept);
        expect(twice.kept).toEqual(once.kept);
        expect(twice.added).toEqual({ environments: 0, tags: 0, views: 0 });
      }),
    );
  });

  it('overwrites nothing and doubles nothing', () => {
    fc.assert(
      fc.property(given, kept, (file, here) => {
        const { kept: after } = planBelongings(file, here);
        expect(after.environments.slice(0, here.environments.length)).toEqual(here.environments);
        expect(after.views).toEqual(expect.arrayContaining([...here.views]));
        const colored = here.tags.filter(({ color }) => color !== null);
        expect(colored.map(({ name }) => findTag(after.tags, name))).toEqual(colored);
        for (const keys of [
          after.environments.map((one) => one.id),
          after.views.map((one) => one.id),
          after.tags.map(({ name }) => tagKey(name)),
        ])
          expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('leads every environment of the file to one that is there afterwards', () => {
    fc.assert(
      fc.property(given, kept, (file, here) => {
        const { kept: after, environmentOf } = planBelongings(file, here);
        const ids = [...BUILT_IN_ENVIRONMENTS, ...after.environments].map((one) => one.id);
        for (const one of file.environments) expect(ids).toContain(environmentOf(one.id));
      }),
    );
  });

  it('knows an environment by its name, and views follow it', () => {
    const { kept: after, environmentOf } = planBelongings(
      {
        ...NOTHING,
        environments: [{ id: 'theirs', name: 'Clients' }],
        views: [
          { id: 'a', name: 'All', search: 'environment=all' },
          { id: 'v', name: 'Red', search: 'status=reconnect&environment=theirs' },
        ],
      },
      { ...NOTHING, environments: [{ id: 'mine', name: 'clients' }] },
    );
    expect(environmentOf('theirs')).toBe('mine');
    expect(after.environments).toEqual([{ id: 'mine', name: 'clients' }]);
    expect(after.views).toEqual([
      { id: 'a', name: 'All', search: 'environment=all' },
      { id: 'v', name: 'Red', search: 'status=reconnect&environment=mine' },
    ]);
  });

  it('gives a tag without a colour the one that it has there', () => {
    const file: Belongings = { ...NOTHING, tags: [{ name: 'RED', color: 'red' }] };
    const plan = planBelongings(file, { ...NOTHING, tags: [{ name: 'Red', color: null }] });
    expect([plan.kept.tags, plan.added.tags]).toEqual([[{ name: 'Red', color: 'red' }], 1]);
  });

  it('counts what has no room here', () => {
    const views: SavedView[] = Array.from({ length: 50 }, (_, at) => ({
      id: `v${at}`,
      name: `View ${at}`,
      search: '',
    }));
    const more = { ...NOTHING, views: [{ id: 'more', name: 'More', search: '' }] };
    expect(planBelongings(more, { ...NOTHING, views })).toMatchObject({
      noRoom: 1,
      added: { views: 0 },
    });
  });

  it('refuses what does not belong, by its place', () => {
    const file = openFile([], NOTHING, 0);
    const odd = {
      ...file,
      tags: [{ name: 'a', color: 'gold' }],
      views: [{ id: 'v', name: 'V', search: '', secret: 'canary' }],
    };
    const parsed = parseFile(JSON.stringify(odd));
    expect(parsed).toMatchObject({
      kind: 'bad',
      issues: [{ path: 'tags.0.color' }, { path: 'views.0.secret', code: 'unknown-field' }],
    });
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });
});

describe('a connection that refers to it', () => {
  const ground = (environmentOf: ImportGround['environmentOf']): ImportGround => ({
    existing: [],
    environmentOf,
    now: 0,
    known: ({ params }) => ({ provider: aConnection().provider, methodKind: 'key', params }),
  });

  it('stands on its shelf, with the accounts that were chosen', () => {
    const accountChoice = { kind: 'only', accounts: [{ id: '1', label: 'One' }] } as const;
    const mine = aConnection({ environmentId: 'e1', accountChoice });
    const file = openFile([mine], { ...NOTHING, environments: [{ id: 'e1', name: 'Own' }] }, 0);
    const { environmentOf } = planBelongings(file, {
      ...NOTHING,
      environments: [{ id: 'here', name: 'Own' }],
    });
    expect(planImport(file.connections, ground(environmentOf))).toMatchObject({
      moved: 0,
      arrivals: [{ connection: { environmentId: 'here', accountChoice } }],
    });
  });

  it('leaves accounts behind whose ids no file can hold', () => {
    const long = 'x'.repeat(2000);
    const accounts = [
      { id: long, label: 'gone' },
      { id: '1', label: long },
    ];
    const file = openFile([aConnection({ accountChoice: { kind: 'only', accounts } })], NOTHING, 0);
    expect(parseFile(JSON.stringify(file))).toMatchObject({ kind: 'open' });
    expect(file.connections[0]?.accountChoice?.accounts).toEqual([
      { id: '1', label: long.slice(0, 1000) },
    ]);
  });
});
