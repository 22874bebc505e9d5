import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { complete } from '../../lib/providers/complete.ts';
import {
  hostsOf,
  originsOf,
  redirectPath,
  sitesOf,
  summarise,
} from '../../lib/providers/registry.ts';
import { ProviderSummary } from '../../lib/rpc/provider-procedures.ts';
import { smallDefinition, smallOauth } from './small-definition.ts';

const builtIn = (id: string) => {
  const provider = catalogue.find((one) => one.id === id);
  if (provider === undefined) throw new TypeError(`no ${id}`);
  return provider;
};
const hosted = (preset?: string) =>
  complete(
    smallDefinition({
      params: [
        {
          id: 'site',
          label: 'Your address',
          kind: 'site',
          example: 'https://x',
          ...(preset ? { default: preset } : {}),
        },
        { id: 'team', label: 'Team', kind: 'text', example: 'crew' },
      ],
      check: { url: '{site}/teams/{team}/me', identity: { id: 'id', label: 'name' } },
      accounts: { url: 'https://api.example.com:8443/{team}', items: '', id: 'id', label: 'name' },
    }),
  );
const context = {
  source: 'catalogue',
  keptClientId: null,
  redirectUrl: 'https://x.chromiumapp.org/p',
  connections: 3,
} as const;

describe('the hosts that get a secret', () => {
  it('are those of one method, the sign-in page not among them', () => {
    expect(originsOf(builtIn('github'), 'oauth', {})).toEqual([
      'https://api.github.com/*',
      'https://github.com/*',
    ]);
    expect(originsOf(builtIn('github'), 'bearer', {})).toEqual(['https://api.github.com/*']);
    expect(originsOf(builtIn('google'), 'oauth', {})).toEqual([
      'https://openidconnect.googleapis.com/*',
      'https://oauth2.googleapis.com/*',
    ]);
  });

  it('follow the site that the person gave', () => {
    const gitlab = builtIn('gitlab');
    expect(originsOf(gitlab, 'oauth', { site: 'https://git.example.org/base/' })).toEqual([
      'https://git.example.org/*',
    ]);
    expect(originsOf(gitlab, 'oauth', {})).toEqual([]);
    expect(originsOf(gitlab, 'oauth', { site: 'javascript:alert(1)' })).toEqual([]);
    expect(originsOf(gitlab, 'oauth', { site: 'http://git.example.org' })).toEqual([]);
  });

  it('do not wait for parameters that cannot change them', () => {
    expect(originsOf(hosted(), 'bearer', {})).toEqual(['https://api.example.com/*']);
    expect(originsOf(hosted(), 'bearer', { site: 'https://a.example' })).toEqual([
      'https://a.example/*',
      'https://api.example.com/*',
    ]);
  });

  it('are said in words where the site is not known yet', () => {
    expect(hostsOf(hosted())).toEqual(['Your address', 'api.example.com:8443']);
    expect(hostsOf(hosted('https://preset.example'))).toEqual([
      'preset.example',
      'api.example.com:8443',
    ]);
    expect(hostsOf(builtIn('microsoft'))).toEqual([
      'graph.microsoft.com',
      'login.microsoftonline.com',
    ]);
  });
});

describe('a summary', () => {
  it.each(catalogue.map((provider) => [provider.id, provider] as const))(
    'of %s is just what pages may be told',
    (_, provider) => {
      const summary = summarise(provider, context);
      expect(v.parse(ProviderSummary, summary)).toMatchObject({ id: provider.id, connections: 3 });
      expect(summary.links.docs).toMatch(/^https:\/\//);
    },
  );

  it('says what to fill in, by method', () => {
    const provider = complete(
      smallDefinition({
        methods: [
          smallOauth({ client: { kind: 'bundled', id: 'b' } }),
          { kind: 'key', label: 'API key', example: 'k_…', place: [{ header: 'X-Key' }] },
          { kind: 'basic', userLabel: 'User', passwordLabel: 'Password' },
        ],
      }),
    );
    const blank = { key: null, user: null, password: null, example: null };
    expect(summarise(provider, context).methods).toMatchObject([
      { id: 'oauth', fields: blank, client: { own: false, secret: 'none', keptId: null } },
      { id: 'key', fields: { ...blank, key: 'API key', example: 'k_…' }, client: null },
      { id: 'basic', fields: { ...blank, user: 'User', password: 'Password' }, client: null },
    ]);
  });

  it('leads to the pages of the preset site, and to none without', () => {
    expect(summarise(builtIn('gitlab'), context).links.key).toBe(
      'https://gitlab.com/-/user_settings/personal_access_tokens',
    );
    const open = complete(
      smallDefinition({
        params: [{ id: 'site', label: 'Site', kind: 'site', example: 'https://x' }],
        links: { docs: 'https://example.com', key: '{site}/keys' },
      }),
    );
    expect(summarise(open, context).links.key).toBeNull();
  });

  it('offers the permissions that do not depend on the person; the page adds the site', () => {
    expect(summarise(builtIn('gitlab'), context).methods.map(({ origins }) => origins)).toEqual([
      [],
      [],
    ]);
    expect(summarise(builtIn('slack'), context).methods[0]?.origins).toEqual([
      'https://slack.com/*',
    ]);
  });
});

describe('the sites at which a tab is of the provider', () => {
  it('are those that the definition names', () => {
    expect(sitesOf(builtIn('github'), {})).toEqual(['github.com']);
    expect(sitesOf(builtIn('notion'), {})).toEqual(['notion.so', 'notion.com']);
  });

  it('are the one that the person gave, where there is one', () => {
    const site = 'https://git.example.org:8443/base';
    expect(sitesOf(builtIn('gitlab'), { site })).toEqual(['git.example.org:8443']);
    expect(sitesOf(builtIn('gitlab'), { site: 'nonsense' })).toEqual(['gitlab.com']);
  });

  it('are what the hosts of the interface stand under, where nothing is named', () => {
    const url = 'https://api.crew.example/me';
    const named = { check: { url, identity: { id: 'id', label: 'name' } } };
    expect(sitesOf(complete(smallDefinition(named)), {})).toEqual(['crew.example']);
    const own = { check: { ...named.check, url: 'https://api.example/me' } };
    expect(sitesOf(complete(smallDefinition(own)), {})).toEqual(['api.example']);
  });
});

describe('a redirect address', () => {
  it('has a path for each provider', () => {
    const paths = catalogue.map(({ id }) => redirectPath(id));
    expect(new Set(paths).size).toBe(catalogue.length);
  });
});
