import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByProvider, isGroupHead, itemsOf, type ListItem } from '../../lib/domain/groups.ts';
import { aConnection } from '../support/a-connection.ts';

const PROVIDERS = ['github', 'slack', 'notion', 'google'];
const providerId = fc.constantFrom(...PROVIDERS);
const list = fc
  .array(providerId)
  .map((all) => all.map((one, at) => aConnection({ id: `c-${at}`, providerId: one })));
const collapsed = fc.uniqueArray(providerId).map((all) => new Set(all));

function connectionsIn(items: readonly ListItem[]) {
  return items.flatMap((item) => (isGroupHead(item) ? [] : [item]));
}

describe('groups by provider', () => {
  it('stand in the order of their first connections, each in the order of the list', () => {
    const all = ['slack', 'github', 'slack', 'notion', 'github'].map((one, at) =>
      aConnection({ id: `c-${at}`, providerId: one }),
    );
    expect(groupByProvider(all).map(({ connections }) => connections.map(({ id }) => id))).toEqual([
      ['c-0', 'c-2'],
      ['c-1', 'c-4'],
      ['c-3'],
    ]);
  });

  it('are of nothing where there is nothing', () => {
    expect(itemsOf(groupByProvider([]), new Set())).toEqual([]);
  });

  it('hold every connection once, under its own provider, with nothing moved within it', () => {
    fc.assert(
      fc.property(list, (all) => {
        const groups = groupByProvider(all);
        expect(new Set(groups.map((one) => one.providerId)).size).toBe(groups.length);
        for (const group of groups)
          expect(group.connections).toEqual(
            all.filter((one) => one.providerId === group.providerId),
          );
        expect(groups.flatMap(({ connections }) => connections).length).toBe(all.length);
      }),
    );
  });

  it('show their heads alone when they are collapsed; the other rows stay', () => {
    fc.assert(
      fc.property(list, collapsed, (all, closed) => {
        const groups = groupByProvider(all);
        const items = itemsOf(groups, closed);
        const heads = items.flatMap((item) => (isGroupHead(item) ? [item] : []));
        expect(heads.map(({ group }) => group)).toEqual(groups);
        expect(heads.map(({ isCollapsed }) => isCollapsed)).toEqual(
          groups.map((group) => closed.has(group.providerId)),
        );
        expect(connectionsIn(items)).toEqual(
          connectionsIn(itemsOf(groups, new Set())).filter((one) => !closed.has(one.providerId)),
        );
      }),
    );
  });
});
