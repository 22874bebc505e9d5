import { describe, expect, it } from 'vitest';
import { unreadableIn } from '../../lib/domain/transfer/unreadable.ts';

const FILE = {
  connections: [
    { id: 'a', name: 'Ledger' },
    { id: 'b', name: `${'x'.repeat(90)}\u202E` },
    { id: 'c', name: '' },
  ],
  tags: [{ name: 'billing' }],
};

function judged(...paths: string[]) {
  const issues = paths.map((path) => ({ path, code: 'too-long', expected: null, received: null }));
  return unreadableIn(FILE, { issues, issuesLeftOut: 0 });
}

describe('what keeps a file from being written', () => {
  it('is named by whose field it is', () => {
    expect(judged('connections.0.identity.label', 'tags.0.name')).toEqual({
      of: 'connection',
      id: 'a',
      name: 'Ledger',
      field: 'identity.label',
      code: 'too-long',
      more: 1,
    });
    expect(judged('tags.0.name')).toMatchObject({ of: 'tag', id: null, name: 'billing' });
  });

  it('has a name that fits into a sentence', () => {
    expect(judged('connections.1.name')?.name).toBe(`${'x'.repeat(79)}…`);
    expect(judged('connections.2.name')?.name).toBe('c');
  });

  it('counts those that were not listed', () => {
    const issues = [{ path: 'tags.0', code: 'type', expected: null, received: null }];
    expect(unreadableIn(FILE, { issues, issuesLeftOut: 7 })).toMatchObject({ field: '', more: 7 });
  });

  it.each(['connections', '', 'exportedAt', 'connections.9.name', 'views.0.name', 'other.0.name'])(
    'is no field of anything at "%s"',
    (path) => expect(judged(path)).toBeNull(),
  );

  it('is nothing where no issue is listed', () => expect(judged()).toBeNull());
});
