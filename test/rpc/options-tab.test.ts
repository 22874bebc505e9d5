import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute } from '../../lib/client/route.ts';
import { hashFrom } from '../../lib/rpc/options-tab.ts';

const SEEN = '#/connections?q=ads+%26+co&status=reconnect&sort=name&group=provider';
const DETAILS = '#/connections/c%201?q=ads&sort=name&tab=activity&reconnect=1';

describe('an options page that is asked for a route', () => {
  it.each(['', SEEN, DETAILS])('stays at the list that it shows: "%s"', (present) => {
    expect(hashFrom(present, '#/connections')).toBe(present);
  });

  it.each([
    ['', '#/connections/c-2', '#/connections/c-2'],
    [SEEN, '#/connections/c-2', SEEN.replace('?', '/c-2?')],
    [DETAILS, '#/connections/c-2', '#/connections/c-2?q=ads&sort=name'],
    [DETAILS, '#/connections/c-2?reconnect=1', '#/connections/c-2?q=ads&sort=name&reconnect=1'],
  ])('from "%s" to "%s" keeps filters and order', (present, wanted, hash) => {
    expect(hashFrom(present, wanted)).toBe(hash);
    expect(hashOf(parseRoute(hash))).toBe(hash);
  });

  it.each([
    ['#/settings', '#/connections'],
    ['#/new', '#/connections/c-2'],
    [SEEN, '#/repair'],
    [SEEN, '#/new'],
  ])('from "%s" to "%s" goes there', (present, wanted) => {
    expect(hashFrom(present, wanted)).toBe(wanted);
  });
});
