import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSelection, type ListSelection } from '../../lib/client/options-selection.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { aConnection } from '../support/a-connection.ts';

const ALL = ['a', 'b', 'c', 'd'].map((id) => aConnection({ id }));

const connections = signal<readonly Connection[] | null>(ALL);
const shown = signal<readonly string[]>([]);
const rows = computed(() =>
  shown.value.flatMap((id) => connections.value?.filter((one) => one.id === id) ?? []),
);
let selection: ListSelection;

function list(listed: ReadonlySignal<readonly Connection[]>) {
  return { rows: listed, items: listed };
}

beforeEach(() => {
  connections.value = ALL;
  shown.value = ['a', 'b', 'c', 'd'];
  selection = createSelection({ connections }, list(rows));
});

function ids(): string[] {
  return [...selection.ids.value].toSorted();
}

describe('the selection', () => {
  it('survives another order and ranges follow the order that is seen', () => {
    selection.toggle('a');
    shown.value = ['c', 'a', 'd', 'b'];
    expect(ids()).toEqual(['a']);
    selection.extendTo('d');
    expect(ids()).toEqual(['a', 'd']);
  });

  it('keeps what a filter hides and counts it', () => {
    selection.selectListed();
    expect(selection.hasAll.value).toBe(true);
    shown.value = ['b'];
    expect(selection.hidden.value).toBe(3);
    selection.toggleAll(['b']);
    expect(ids()).toEqual(['a', 'c', 'd']);
    expect(selection.hasAll.value).toBe(false);
  });

  it('adds what is listed to what is selected', () => {
    selection.toggle('a');
    shown.value = ['c', 'd'];
    selection.selectListed();
    expect(ids()).toEqual(['a', 'c', 'd']);
    expect(selection.connections.value.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  });

  it('loses what is deleted, not what is changed', () => {
    selection.selectListed();
    connections.value = [aConnection({ id: 'a', name: 'Renamed' }), aConnection({ id: 'c' })];
    expect(ids()).toEqual(['a', 'c']);
    expect(selection.hidden.value).toBe(0);
    expect(selection.connections.value[0]?.name).toBe('Renamed');
  });

  it('is kept while the records are not read, and ends when it is cleared', () => {
    selection.toggle('b');
    connections.value = null;
    expect(ids()).toEqual(['b']);
    selection.clear();
    expect(ids()).toEqual([]);
  });
});

describe('ten thousand connections', () => {
  it('are all selected by one change', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => aConnection({ id: `c-${at}` }));
    const large = createSelection({ connections: signal(many) }, list(signal(many)));
    large.selectListed();
    expect(large.ids.value.size).toBe(10_000);
    expect(large.hasAll.value).toBe(true);
  });
});
