import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentSiteFirst, isAtSite, sitesCovering } from '../../lib/domain/current-site.ts';
import { urgency, type Health } from '../../lib/domain/health.ts';
import { aConnection } from '../support/a-connection.ts';

const HEALTHS: readonly Health[] = [
  { kind: 'reconnect', reason: 'revoked', since: 0, verifiedAt: null },
  { kind: 'unverified', doubt: 'offline', since: 0, verifiedAt: 0 },
  { kind: 'active', verifiedAt: 0 },
];

function at(...sites: string[]) {
  return aConnection({ provider: { name: 'P', text: 'P', color: '#123456', sites } });
}

describe('the site of a tab', () => {
  it.each([
    ['github.com', 'github.com', true],
    ['gist.github.com', 'github.com', true],
    ['github.com', 'gist.github.com', false],
    ['notgithub.com', 'github.com', false],
    ['github.com.evil.example', 'github.com', false],
    ['github.com', 'com', false],
    ['a.b.c.example.org', 'example.org', true],
    ['git.example.org:8443', 'git.example.org:8443', true],
    ['git.example.org:8443', 'git.example.org', true],
    ['git.example.org', 'git.example.org:8443', false],
    ['127.0.0.1:4001', '127.0.0.1:4001', true],
    ['127.0.0.1:4001', '127.0.0.1:4002', false],
    ['10.0.0.1', '0.0.1', false],
    ['[::1]:80', '[::1]', true],
    ['localhost:3000', 'localhost:3000', true],
  ])('%s is a page of a provider at %s: %s', (host, site, isHere) => {
    expect(isAtSite(at('elsewhere.example', site), sitesCovering(host))).toBe(isHere);
  });

  it('is none of a connection whose sites are not known', () => {
    expect(isAtSite(aConnection(), sitesCovering('practice.example'))).toBe(false);
  });
});

describe('the order of a list', () => {
  it('has the current site first within each health, and is otherwise as it was', () => {
    const rows = fc.array(fc.record({ health: fc.nat(HEALTHS.length - 1), isHere: fc.boolean() }));
    fc.assert(
      fc.property(rows, (drawn) => {
        const list = drawn
          .map(({ health, isHere }, id) => ({
            ...at(isHere ? 'here.example' : 'there.example'),
            id: String(id),
            health: HEALTHS[health] ?? { kind: 'active' as const, verifiedAt: 0 },
          }))
          .sort((a, b) => urgency(a.health) - urgency(b.health));
        const place = (one: (typeof list)[number]): number =>
          urgency(one.health) * 2 + (one.provider.sites?.includes('here.example') ? 0 : 1);
        const expected = [...list].sort((a, b) => place(a) - place(b));
        expect(currentSiteFirst(list, 'www.here.example')).toEqual(expected);
      }),
    );
  });

  it('stays where no host is known, and where no connection belongs to it', () => {
    const list = [at('a.example'), at('b.example')];
    expect(currentSiteFirst(list, null)).toBe(list);
    expect(currentSiteFirst(list, 'c.example')).toBe(list);
  });
});
