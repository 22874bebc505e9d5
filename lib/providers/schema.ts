/**
 * What a provider definition may say. One schema for the built-in catalogue and for definitions
 * that a person imports: everything that the catalogue can say, a custom definition can.
 */
import * as v from 'valibot';
import { placeholders, templateProblem } from '../domain/url-template.ts';

/** The largest definition file that is read, in bytes. */
export const DEFINITION_BYTES_MAX = 256 * 1024;

const Text = (max: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max));
const Identifier = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'identifier'));

const Template = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((text) => templateProblem(text) === null, 'url'),
);
const HeaderName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, 'header'));
const HeaderValue = v.pipe(v.string(), v.maxLength(512), v.regex(/^[\x20-\x7e]*$/, 'header'));

/** `a.b[0].c`; the empty path is the whole answer; `[]` after an array's name walks into each item. */
const Path = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^([\w@$-]+|\[\d*\])?((\.[\w@$-]+)|\[\d*\])*$/, 'path'),
);

/** Where the secret goes in a request. Never into the address: addresses end in logs (RFC 6750 §5.3). */
const Place = v.strictObject({
  header: HeaderName,
  prefix: v.optional(HeaderValue, ''),
});

const RequestEntries = {
  method: v.optional(v.picklist(['GET', 'POST', 'DELETE']), 'GET'),
  url: Template,
  headers: v.optional(v.record(HeaderName, HeaderValue), {}),
  body: v.optional(v.pipe(v.string(), v.maxLength(4096))),
};

/**
 * Reads one answer: all the conditions named must hold. The first rule that matches wins; where
 * none does, the general rules of `domain/verdict.ts` decide.
 */
const Rule = v.strictObject({
  status: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)))),
  path: v.optional(Path),
  in: v.optional(v.array(v.union([v.string(), v.number(), v.boolean(), v.null()]))),
  header: v.optional(v.strictObject({ name: HeaderName, in: v.array(v.string()) })),
  then: v.picklist([
    'valid',
    'rejected',
    'expired',
    'limited',
    'misconfigured',
    'rate-limited',
    'provider-trouble',
    'unreadable',
  ]),
});

const Check = v.strictObject({
  ...RequestEntries,
  rules: v.optional(v.array(Rule), []),
  /** Without an identity in the answer a connection is not alive, whatever the status says. */
  identity: v.strictObject({
    id: Path,
    label: Path,
    email: v.optional(Path),
    workspace: v.optional(Path),
  }),
  /** The provider bills or tightly limits this call; it is asked rarely. */
  metered: v.optional(v.boolean(), false),
});

const Next = v.variant('kind', [
  v.strictObject({ kind: v.literal('url'), path: Path }),
  v.strictObject({ kind: v.literal('cursor'), path: Path, parameter: Text(64) }),
  v.strictObject({ kind: v.literal('link') }),
]);

const Accounts = v.strictObject({
  ...RequestEntries,
  items: Path,
  id: Path,
  label: Path,
  next: v.optional(Next),
});

const Scope = v.strictObject({
  id: Text(200),
  label: Text(200),
  /** Asked for unless the person takes it away. */
  on: v.optional(v.boolean(), true),
});

const Oauth2 = v.strictObject({
  kind: v.literal('oauth2'),
  id: v.optional(Identifier, 'oauth'),
  label: v.optional(Text(80)),
  /** Compared with `iss` of the answer, as it stands (RFC 9207 §2.4). */
  issuer: v.optional(Template),
  /** Whether the server always sends `iss`; if it does, an answer without it is refused. */
  issRequired: v.optional(v.boolean(), false),
  authorize: Template,
  token: Template,
  /** RFC 7009, or the provider's own call where it has one. */
  revoke: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('rfc7009'), url: Template }),
      v.strictObject({
        kind: v.literal('request'),
        ...RequestEntries,
        /** `client` sends the client's id and secret by Basic, `token` the access token in its place. */
        as: v.picklist(['client', 'token']),
      }),
    ]),
  ),
  pkce: v.picklist(['required', 'optional', 'none']),
  client: v.variant('kind', [
    v.strictObject({ kind: v.literal('bundled'), id: Text(256) }),
    v.strictObject({
      kind: v.literal('own'),
      secret: v.picklist(['none', 'optional', 'required']),
    }),
  ]),
  tokenAuth: v.picklist(['none', 'post', 'basic']),
  tokenBody: v.optional(v.picklist(['form', 'json']), 'form'),
  tokenHeaders: v.optional(v.record(HeaderName, HeaderValue), {}),
  /** Token types that this provider says for what is a bearer token (Slack: `bot`). */
  bearerTypes: v.optional(v.array(Text(40)), []),
  /** First match wins, before the general reading of RFC 6749 §5.2. */
  tokenRules: v.optional(v.array(Rule), []),
  /** `strip`: the server refuses the Origin header of an extension. */
  origin: v.optional(v.picklist(['keep', 'strip']), 'keep'),
  scopeParameter: v.optional(Text(40), 'scope'),
  scopeSeparator: v.optional(v.picklist([' ', ',', '+']), ' '),
  scopes: v.optional(v.array(Scope), []),
  authorizeParams: v.optional(v.record(Text(64), v.pipe(v.string(), v.maxLength(256))), {}),
  /** The parameter that carries the known identity on reconnecting, e.g. `login_hint`. */
  hintParameter: v.optional(Text(64)),
  /** Parameters that make the provider ask which account is meant, e.g. `prompt=select_account`. */
  chooseParams: v.optional(v.record(Text(64), v.pipe(v.string(), v.maxLength(256))), {}),
  place: v.optional(Place, { header: 'Authorization', prefix: 'Bearer ' }),
  life: v.strictObject({
    accessS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    refreshS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    idleS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    rotates: v.boolean(),
  }),
});

const SecretEntries = {
  label: Text(80),
  /** What a key looks like, as a regular expression of at most 200 characters; only ever a hint. */
  example: v.optional(Text(120)),
};

const Key = v.strictObject({
  kind: v.literal('key'),
  id: v.optional(Identifier, 'key'),
  ...SecretEntries,
  place: v.pipe(v.array(Place), v.minLength(1), v.maxLength(4)),
});

const Bearer = v.strictObject({
  kind: v.literal('bearer'),
  id: v.optional(Identifier, 'bearer'),
  ...SecretEntries,
});

const Basic = v.strictObject({
  kind: v.literal('basic'),
  id: v.optional(Identifier, 'basic'),
  label: v.optional(Text(80)),
  userLabel: Text(80),
  passwordLabel: Text(80),
});

const Method = v.variant('kind', [Oauth2, Key, Bearer, Basic]);

const Param = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,30}$/, 'identifier')),
  label: Text(80),
  /** `site`: the base URL of a provider that people host themselves; must open its templates. */
  kind: v.picklist(['site', 'text']),
  example: Text(200),
  default: v.optional(Text(200)),
});

const Fact = v.strictObject({
  kind: v.picklist(['docs', 'sdk', 'probe', 'third-party', 'memory']),
  source: Text(300),
  on: v.pipe(v.string(), v.isoDate()),
});

const DefinitionObject = v.strictObject({
  /** Lets editors find the schema; carries no meaning. */
  $schema: v.optional(v.string()),
  schema: v.literal(1),
  id: Identifier,
  name: Text(60),
  /** What stands for the provider in a list: a path in a 24 × 24 box, or up to two letters. */
  mark: v.strictObject({
    text: Text(2),
    color: v.pipe(v.string(), v.hexColor()),
    path: v.optional(
      v.pipe(v.string(), v.maxLength(8000), v.regex(/^[\d\s.,MmLlHhVvCcSsQqTtAaZzEe+-]+$/, 'icon')),
    ),
  }),
  /** Web addresses (hosts) on which the person is at this provider; for the popup's order. */
  sites: v.optional(v.array(Text(200)), []),
  params: v.optional(v.array(Param), []),
  methods: v.pipe(v.array(Method), v.minLength(1)),
  check: Check,
  accounts: v.optional(Accounts),
  links: v.strictObject({
    docs: Template,
    key: v.optional(Template),
    app: v.optional(Template),
  }),
  /** Where each fact comes from, by the path of its field. */
  facts: v.optional(v.record(v.string(), Fact), {}),
  verifiedOn: v.pipe(v.string(), v.isoDate()),
});

type Definition = v.InferOutput<typeof DefinitionObject>;

/** Every address template that a definition holds, with the path of its field. */
export function templates(
  definition: Definition,
): { path: string; template: string; credentialed: boolean }[] {
  const found = [
    { path: 'check.url', template: definition.check.url, credentialed: true },
    ...(definition.accounts
      ? [{ path: 'accounts.url', template: definition.accounts.url, credentialed: true }]
      : []),
  ];
  definition.methods.forEach((method, at) => {
    if (method.kind !== 'oauth2') return;
    const path = `methods.${at}`;
    found.push({ path: `${path}.authorize`, template: method.authorize, credentialed: false });
    found.push({ path: `${path}.token`, template: method.token, credentialed: true });
    if (method.issuer !== undefined)
      found.push({ path: `${path}.issuer`, template: method.issuer, credentialed: false });
    if (method.revoke)
      found.push({ path: `${path}.revoke.url`, template: method.revoke.url, credentialed: true });
  });
  return found;
}

/** Filled in by Patchbay itself rather than by a parameter of the definition. */
const GIVEN = new Set(['clientId']);

/** Rules between fields, each reported at the field that breaks it. */
export const Provider = v.pipe(
  DefinitionObject,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const value = dataset.value;
    const declared = new Map(value.params.map((param) => [param.id, param.kind]));
    for (const { path, template } of templates(value)) {
      for (const name of placeholders(template)) {
        const kind = declared.get(name);
        const leads = template.startsWith(`{${name}}`);
        if (kind === undefined && !GIVEN.has(name)) addIssue(at(value, path, 'undeclared', name));
        else if (leads !== (kind === 'site')) addIssue(at(value, path, 'site', name));
      }
    }
    value.methods.forEach((method, index) => {
      if (value.methods.findIndex((other) => other.id === method.id) !== index)
        addIssue(at(value, `methods.${index}.id`, 'repeated', method.id));
      if (method.kind !== 'oauth2') return;
      const secretless = method.client.kind === 'bundled' || method.client.secret === 'none';
      if (method.pkce === 'none' && secretless)
        addIssue(at(value, `methods.${index}.pkce`, 'pkce'));
      if (secretless && method.tokenAuth !== 'none')
        addIssue(at(value, `methods.${index}.tokenAuth`, 'token-auth'));
    });
  }),
);
export type Provider = v.InferOutput<typeof Provider>;
export type ProviderInput = v.InferInput<typeof DefinitionObject>;
export type Method = Provider['methods'][number];
export type Oauth2Method = Extract<Method, { kind: 'oauth2' }>;
export type CheckDefinition = Provider['check'];
export type AccountsDefinition = NonNullable<Provider['accounts']>;

/** The plain object schema, from which the JSON schema is generated (cross-field rules have no JSON form). */
export const ProviderObject = DefinitionObject;

/** An issue of `rawCheck` that names the field by a dotted path. */
function at(value: Definition, path: string, message: string, received?: string) {
  const keys = path.split('.');
  let input: unknown = value;
  const items = keys.map((key) => {
    const parent = input;
    input = typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined;
    return {
      type: 'unknown' as const,
      origin: 'value' as const,
      input: parent,
      key: /^\d+$/.test(key) ? Number(key) : key,
      value: input,
    };
  });
  const [first, ...rest] = items;
  return {
    message: received === undefined ? message : `${message}:${received}`,
    input,
    ...(first ? { path: [first, ...rest] as [typeof first, ...typeof rest] } : {}),
  };
}
