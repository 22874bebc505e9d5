import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../lib/providers/registry.ts';
import { smallDefinition, smallOauth } from './small-definition.ts';

const parse = (definition: unknown) => parseDefinition(JSON.stringify(definition));

/** `path code`, one an issue. */
function issuesOf(text: string): string[] {
  const parsed = parseDefinition(text);
  return parsed.kind === 'good' ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`);
}
const without = (field: string) => {
  const { [field]: _left, ...rest } = smallDefinition() as Record<string, unknown>;
  return rest;
};
const check = { url: 'https://api.example.com/me', identity: { id: 'id', label: 'name' } };
const withUrl = (url: unknown) => smallDefinition({ check: { ...check, url } });
const withMethod = (changes: Record<string, unknown>) =>
  smallDefinition({ methods: [smallOauth(changes)] });
const site = { id: 'site', label: 'Site', kind: 'site', example: 'https://example.com' };
const text = { id: 'team', label: 'Team', kind: 'text', example: 'crew' };

describe('a good definition', () => {
  it('is filled in with its defaults', () => {
    const parsed = parse(withMethod({}));
    expect(parsed).toMatchObject({
      kind: 'good',
      provider: {
        params: [],
        check: { method: 'GET', headers: {}, rules: [], metered: false },
        methods: [{ id: 'oauth', place: { header: 'Authorization', prefix: 'Bearer ' } }],
      },
    });
  });

  it('may begin with a byte order mark', () => {
    expect(parseDefinition(`\uFEFF${JSON.stringify(smallDefinition())}`).kind).toBe('good');
  });

  it.each([
    'http://127.0.0.1:8080/me',
    'http://localhost/me',
    'http://[::1]:9/me',
    'https://api.example.com/me?expand=1',
  ])('may ask %s', (url) => {
    expect(parse(withUrl(url)).kind).toBe('good');
  });

  it('may have a name in any script', () => {
    for (const name of ['שירות', 'خدمة', '服务', 'Café & <b>Söhne</b>'])
      expect(parse(smallDefinition({ name })).kind).toBe('good');
  });
});

describe('a file that is no definition', () => {
  it('is refused unread when it is large', () => {
    const parsed = parseDefinition(
      JSON.stringify(smallDefinition({ name: 'a'.repeat(5_000_000) })),
    );
    expect(parsed).toEqual({
      kind: 'bad',
      code: 'definition-too-large',
      issues: [],
      issuesLeftOut: 0,
    });
  });

  it('is measured in bytes', () => {
    expect(parseDefinition(`"${'é'.repeat(131_000)}"`)).toMatchObject({
      code: 'definition-invalid',
    });
    expect(parseDefinition(`"${'é'.repeat(131_100)}"`)).toMatchObject({
      code: 'definition-too-large',
    });
  });

  it.each(['', ' ', '{', '<!doctype html><title>Sign in</title>', 'undefined', "{'id': 1}"])(
    'is refused when it is not JSON: %j',
    (file) => {
      expect(parseDefinition(file)).toMatchObject({ kind: 'bad', code: 'definition-not-json' });
    },
  );

  it.each([
    ['null', ' type'],
    ['1', ' type'],
    ['"text"', ' type'],
    ['[]', ' type'],
  ])('is refused when it is JSON of another kind: %s', (file, issue) => {
    expect(issuesOf(file)).toEqual([issue]);
  });

  it('is refused without harm when it is nested deeply', () => {
    const deep = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`;
    expect(issuesOf(deep)).toContain('a unknown-field');
    expect(issuesOf('['.repeat(200_000))).toEqual([]);
    expect(parseDefinition('['.repeat(200_000))).toMatchObject({ code: 'definition-not-json' });
  });
});

const BAD: readonly [string, unknown, readonly string[]][] = [
  ['a missing field', without('name'), ['name missing']],
  ['a missing field within', smallDefinition({ mark: { text: 'E' } }), ['mark.color missing']],
  [
    'several missing fields',
    { schema: 1, id: 'x' },
    ['name', 'mark', 'methods', 'check', 'links', 'verifiedOn'].map((field) => `${field} missing`),
  ],
  ['no methods', smallDefinition({ methods: [] }), ['methods too-few']],
  ['another version', smallDefinition({ schema: 2 }), ['schema choice']],
  ['a number for a name', smallDefinition({ name: 7 }), ['name type']],
  ['null for a name', smallDefinition({ name: null }), ['name type']],
  ['an empty name', smallDefinition({ name: '  ' }), ['name empty']],
  ['a name of 10,000 characters', smallDefinition({ name: 'n'.repeat(10_000) }), ['name too-long']],
  [
    'a name that turns around',
    smallDefinition({ name: 'Ex\u202Eelpma' }),
    ['name control-character'],
  ],
  ['a name over two lines', smallDefinition({ name: 'Ex\nample' }), ['name control-character']],
  ['an id with capitals', smallDefinition({ id: 'GitHub' }), ['id identifier']],
  ['an id that is a path', smallDefinition({ id: '../x' }), ['id identifier']],
  [
    'a colour by name',
    smallDefinition({ mark: { text: 'E', color: 'red' } }),
    ['mark.color color'],
  ],
  [
    'script for an icon',
    smallDefinition({ mark: { text: 'E', color: '#fff', path: '"/><script>' } }),
    ['mark.path icon'],
  ],
  ['a day that is none', smallDefinition({ verifiedOn: 'yesterday' }), ['verifiedOn date']],
  ['an address for a host', smallDefinition({ sites: ['https://x.example'] }), ['sites.0 host']],
  [
    'an address at a public host without TLS',
    withUrl('http://api.example.com/me'),
    ['check.url url-insecure'],
  ],
  [
    'an address on the own network without TLS',
    withUrl('http://192.168.0.1/me'),
    ['check.url url-insecure'],
  ],
  ['a script for an address', withUrl('javascript:alert(1)'), ['check.url url-scheme']],
  ['a file for an address', withUrl('file:///etc/passwd'), ['check.url url-scheme']],
  ['data for an address', withUrl('data:text/html,hi'), ['check.url url-scheme']],
  [
    'a user in an address',
    withUrl('https://api.example.com@evil.example/'),
    ['check.url url-userinfo'],
  ],
  ['a fragment in an address', withUrl('https://api.example.com/#x'), ['check.url url-fragment']],
  ['no address', withUrl('/me'), ['check.url url-malformed']],
  ['a list for an address', withUrl([]), ['check.url type']],
  [
    'a script behind a link',
    smallDefinition({ links: { docs: 'javascript:alert(1)' } }),
    ['links.docs url-scheme'],
  ],
  [
    'a fault in the second method',
    smallDefinition({
      methods: [{ kind: 'bearer', label: 'Token' }, smallOauth({ token: 'http://example.com/t' })],
    }),
    ['methods.1.token url-insecure'],
  ],
  [
    'an unknown method',
    smallDefinition({ methods: [{ kind: 'magic' }] }),
    ['methods.0.kind choice'],
  ],
  ['a method without its kind', smallDefinition({ methods: [{}] }), ['methods.0.kind missing']],
  ['a text for methods', smallDefinition({ methods: 'oauth2' }), ['methods type']],
  ['a list for an object', smallDefinition({ mark: ['E', '#fff'] }), ['mark type']],
  [
    'unknown fields, all of them',
    smallDefinition({ nmae: 'Example', check: { ...check, extra: 1, more: 2 } }),
    ['check.extra unknown-field', 'check.more unknown-field', 'nmae unknown-field'],
  ],
  [
    'a secret in the definition',
    withMethod({
      client: { kind: 'own', secret: 'required', clientSecret: 'shh' },
      tokenAuth: 'post',
    }),
    ['methods.0.client.clientSecret unknown-field'],
  ],
  [
    'a header that no script may set',
    smallDefinition({ check: { ...check, headers: { Cookie: 'a=b' } } }),
    ['check.headers.Cookie header'],
  ],
  [
    'a header of two lines',
    smallDefinition({ check: { ...check, headers: { 'X-A': 'a\r\nX-B: b' } } }),
    ['check.headers.X-A header'],
  ],
  [
    'a path with a call in it',
    smallDefinition({ check: { ...check, identity: { id: 'id()', label: 'name' } } }),
    ['check.identity.id path'],
  ],
  [
    'a rule that always holds',
    smallDefinition({ check: { ...check, rules: [{ then: 'valid' }] } }),
    ['check.rules.0 rule-empty'],
  ],
  [
    'values of a rule without a path',
    smallDefinition({ check: { ...check, rules: [{ status: [200], in: [1], then: 'valid' }] } }),
    ['check.rules.0.in rule-without-path'],
  ],
  [
    'a range of a rule without a path',
    smallDefinition({
      check: { ...check, rules: [{ status: [400], range: { from: 1, to: 2 }, then: 'limited' }] },
    }),
    ['check.rules.0.range rule-without-path'],
  ],
  [
    'a range that ends before it begins',
    smallDefinition({
      check: {
        ...check,
        rules: [
          { path: 'a', range: { from: 2, to: 1 }, then: 'limited' },
          { and: [{ path: 'a', range: { from: 2, to: 1 } }], then: 'limited' },
        ],
      },
    }),
    ['check.rules.0.range range', 'check.rules.1.and.0.range range'],
  ],
  [
    'a text of a rule that is empty, and a field in its conditions that is not known',
    smallDefinition({
      check: {
        ...check,
        rules: [{ text: [''], and: [{ path: 'a', status: [1] }], then: 'limited' }],
      },
    }),
    ['check.rules.0.text.0 empty', 'check.rules.0.and.0.status unknown-field'],
  ],
  [
    'a further condition that looks nowhere',
    smallDefinition({ check: { ...check, rules: [{ and: [{ in: [1] }], then: 'limited' }] } }),
    ['check.rules.0.and.0.path missing'],
  ],
  [
    'an outage that is held against the credential',
    smallDefinition({
      methods: [smallOauth({ tokenRules: [{ status: [400, 503], then: 'rejected' }] })],
      check: { ...check, rules: [{ status: [429], path: 'a', then: 'expired' }] },
    }),
    ['methods.0.tokenRules.0.status rule-of-trouble', 'check.rules.0.status rule-of-trouble'],
  ],
  [
    'a value of a rule that is an object',
    smallDefinition({ check: { ...check, rules: [{ path: 'a', in: [{}], then: 'valid' }] } }),
    ['check.rules.0.in.0 type'],
  ],
  [
    'a status that is none',
    smallDefinition({ check: { ...check, rules: [{ status: [42], then: 'valid' }] } }),
    ['check.rules.0.status.0 range'],
  ],
  [
    'a verdict that is none',
    smallDefinition({ check: { ...check, rules: [{ status: [200], then: 'fine' }] } }),
    ['check.rules.0.then choice'],
  ],
  ['a body on a GET', smallDefinition({ check: { ...check, body: '{}' } }), ['check.body body']],
  ['an undeclared parameter', withUrl('https://api.example.com/{team}'), ['check.url undeclared']],
  [
    'a parameter in the host',
    smallDefinition({ params: [text], check: { ...check, url: 'https://{team}.example.com/' } }),
    ['check.url parameter-in-host'],
  ],
  [
    'a text where a site belongs',
    smallDefinition({ params: [text], check: { ...check, url: '{team}/me' } }),
    ['check.url site'],
  ],
  [
    'a site in the middle',
    smallDefinition({ params: [site], check: { ...check, url: 'https://example.com/{site}' } }),
    ['check.url site'],
  ],
  [
    'a preset site without TLS',
    smallDefinition({ params: [{ ...site, default: 'http://example.com' }] }),
    ['params.0.default url-insecure'],
  ],
  [
    'a parameter that is ours',
    smallDefinition({ params: [{ ...text, id: 'clientId' }] }),
    ['params.0.id reserved'],
  ],
  ['a parameter twice', smallDefinition({ params: [text, text] }), ['params.1.id repeated']],
  [
    'a parameter with a name that no checked record keeps',
    smallDefinition({ params: [{ ...text, id: 'prototype' }] }),
    ['params.0.id identifier'],
  ],
  [
    'a method twice',
    smallDefinition({ methods: [smallOauth(), smallOauth()] }),
    ['methods.1.id repeated'],
  ],
  ['a public client without PKCE', withMethod({ pkce: 'none' }), ['methods.0.pkce pkce']],
  [
    'a public client with a secret',
    withMethod({ tokenAuth: 'post' }),
    ['methods.0.tokenAuth token-auth'],
  ],
  [
    'a secret that is never sent',
    withMethod({ client: { kind: 'own', secret: 'required' } }),
    ['methods.0.tokenAuth token-auth'],
  ],
  [
    'a revocation by a secret that is not there',
    withMethod({
      revoke: { kind: 'request', method: 'POST', url: 'https://example.com/r', as: 'client' },
    }),
    ['methods.0.revoke.as token-auth'],
  ],
  [
    'a parameter of the protocol',
    withMethod({ authorizeParams: { state: 'x', prompt: 'consent' } }),
    ['methods.0.authorizeParams.state reserved'],
  ],
  [
    'a life of half a second',
    withMethod({ life: { rotates: true, accessS: 0.5 } }),
    ['methods.0.life.accessS type', 'methods.0.life.accessS range'],
  ],
];

describe('a definition with a fault', () => {
  it.each(BAD)('is refused at the very place: %s', (_, definition, issues) => {
    expect(issuesOf(JSON.stringify(definition)).sort()).toEqual([...issues].sort());
  });

  it('says what stood there, and what should have', () => {
    expect(parse(smallDefinition({ methods: [{ kind: 'magic' }] }))).toMatchObject({
      issues: [{ expected: '("oauth2" | "key" | "bearer" | "basic")', received: 'magic' }],
    });
    expect(parse(withUrl('https://api.example.com/{team}'))).toMatchObject({
      issues: [{ received: 'team' }],
    });
    expect(parse(without('name'))).toMatchObject({ issues: [{ expected: null, received: null }] });
  });

  it('quotes a stranger in 80 characters of plain text', () => {
    const long = `\u202E\u0007${'x'.repeat(10_000)}`;
    const parsed = parse(smallDefinition({ id: long, [long]: 1 }));
    expect(parsed).toMatchObject({
      issues: [
        { path: 'id', received: `${'x'.repeat(79)}…` },
        { path: `${'x'.repeat(79)}…`, code: 'unknown-field' },
      ],
    });
  });

  it('lists fifty issues and counts the others', () => {
    const sites = Array.from({ length: 50 }, () => 'https://x');
    const parsed = parse(smallDefinition({ sites, id: 'A', name: '' }));
    expect(parsed).toMatchObject({ issuesLeftOut: 2 });
    expect(parsed.kind === 'bad' && parsed.issues).toHaveLength(50);
  });

  it('cannot reach a prototype', () => {
    const small = JSON.stringify(smallDefinition()).slice(0, -1);
    expect(issuesOf(`${small},"__proto__":{"polluted":true}}`)).toEqual([
      '__proto__ unknown-field',
    ]);
    expect(issuesOf(`${small},"constructor":{"prototype":{}}}`)).toEqual([
      'constructor unknown-field',
    ]);
    const headers = `{"schema":1,"check":{"headers":{"__proto__":"x"}}}`;
    expect(issuesOf(headers)).toContain('check.headers.__proto__ unknown-field');
    expect(issuesOf('{"__proto__":{"id":"example","name":"Example"}}')).toEqual(
      expect.arrayContaining(['id missing', 'name missing', '__proto__ unknown-field']),
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
