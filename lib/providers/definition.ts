/**
 * What each field of a provider definition may hold. The rules between fields stand in
 * `field-rules.ts`; `schema.ts` puts both together.
 */
import * as v from 'valibot';
import {
  Color,
  Day,
  Headers,
  HeaderName,
  HeaderValue,
  Host,
  IconPath,
  Identifier,
  ListOf,
  ParameterName,
  Parameters,
  Path,
  Seconds,
  SomeOf,
  Status,
  Template,
  Text,
  Value,
} from './fields.ts';

/** Where the secret goes in a request. Never into the address: addresses end in logs (RFC 6750 §5.3). */
const Place = v.strictObject({
  header: HeaderName,
  prefix: v.optional(HeaderValue, ''),
});

const RequestEntries = {
  method: v.optional(v.picklist(['GET', 'POST', 'DELETE']), 'GET'),
  url: Template,
  headers: v.optional(Headers, {}),
  body: v.optional(Value(4096)),
};

/** What a rule can make of an answer. */
export const RULE_VERDICTS = [
  'valid',
  'rejected',
  'expired',
  'limited',
  'misconfigured',
  'rate-limited',
  'provider-trouble',
  'unreadable',
] as const;

const Values = SomeOf(v.union([v.string(), v.number(), v.boolean(), v.null()]), 50);

/** Numbers of a family: Meta's permission errors are 200 to 299. */
const Range = v.strictObject({ from: v.number(), to: v.number() });

/**
 * Reads one answer: all the conditions named must hold. The first rule that matches wins; where
 * none does, the general rules of `domain/judge.ts` decide.
 */
const Rule = v.strictObject({
  status: v.optional(SomeOf(Status, 20)),
  /** The value here must be one of `in` or within `range`; without both, there must be one. */
  path: v.optional(Path),
  in: v.optional(Values),
  range: v.optional(Range),
  /** What must stand elsewhere in the same answer. */
  and: v.optional(
    SomeOf(v.strictObject({ path: Path, in: v.optional(Values), range: v.optional(Range) }), 10),
  ),
  /** The whole answer, where it is no JSON; blanks around it do not count. */
  text: v.optional(SomeOf(Text(200), 20)),
  header: v.optional(v.strictObject({ name: HeaderName, in: SomeOf(HeaderValue, 20) })),
  then: v.picklist(RULE_VERDICTS),
});

const Check = v.strictObject({
  ...RequestEntries,
  rules: v.optional(ListOf(Rule, 100), []),
  /** Without an identity in the answer a connection is not alive, whatever the status says. */
  identity: v.strictObject({
    id: Path,
    label: Path,
    email: v.optional(Path),
    workspace: v.optional(Path),
  }),
  /** The provider bills or tightly limits this call; it is asked rarely. */
  metered: v.optional(v.boolean(), false),
  /**
   * The service answers 304 to what it said before (RFC 9110 §13.1.2), and only to whom it still
   * knows: a dead credential hears 401.
   */
  conditional: v.optional(v.boolean()),
  /** The header in which the service says when the credential ends. */
  endsHeader: v.optional(HeaderName),
});

const Next = v.variant('kind', [
  v.strictObject({ kind: v.literal('url'), path: Path }),
  v.strictObject({ kind: v.literal('cursor'), path: Path, parameter: Text(64) }),
  /** The `Link` header, `rel="next"` (RFC 8288). */
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

/** RFC 7009, or the provider's own call where it has one. */
const Revoke = v.variant('kind', [
  v.strictObject({ kind: v.literal('rfc7009'), url: Template }),
  v.strictObject({
    kind: v.literal('request'),
    ...RequestEntries,
    /** `client` sends the client's id and secret by Basic, `token` the access token in its place. */
    as: v.picklist(['client', 'token']),
    /** What a success says, where the status alone says nothing. */
    confirm: v.optional(v.strictObject({ path: Path, in: Values })),
  }),
]);

/** When access ends by itself, as its provider states; told to the person with its source. */
const Lapse = v.strictObject({
  afterS: Seconds,
  /** Since it was given, or since it was last renewed. */
  since: v.picklist(['grant', 'use']),
  /** Under which condition, as the end of a sentence; without one it holds for all. */
  when: v.optional(Text(120)),
  source: Template,
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
  revoke: v.optional(Revoke),
  pkce: v.picklist(['required', 'optional', 'none']),
  client: v.variant('kind', [
    v.strictObject({ kind: v.literal('bundled'), id: Text(256) }),
    v.strictObject({
      kind: v.literal('own'),
      secret: v.picklist(['none', 'optional', 'required']),
    }),
  ]),
  /**
   * How the client's secret goes to the token endpoint. `basic-plain` leaves out the form encoding
   * that RFC 6749 §2.3.1 puts before Basic; servers that do not undo it would not know the client.
   */
  tokenAuth: v.picklist(['none', 'post', 'basic', 'basic-plain']),
  tokenBody: v.optional(v.picklist(['form', 'json']), 'form'),
  tokenHeaders: v.optional(Headers, {}),
  /** Token types that this provider says for what is a bearer token (Slack: `bot`). */
  bearerTypes: v.optional(ListOf(Text(40), 10), []),
  /** First match wins, before the general reading of RFC 6749 §5.2. */
  tokenRules: v.optional(ListOf(Rule, 100), []),
  /** `strip`: the server refuses the Origin header of an extension. */
  origin: v.optional(v.picklist(['keep', 'strip']), 'keep'),
  scopeParameter: v.optional(Text(40), 'scope'),
  scopeSeparator: v.optional(v.picklist([' ', ',', '+']), ' '),
  scopes: v.optional(ListOf(Scope, 300), []),
  authorizeParams: v.optional(Parameters, {}),
  /** The parameter that carries the known identity on reconnecting, e.g. `login_hint`. */
  hintParameter: v.optional(Text(64)),
  /** Parameters that make the provider ask which account is meant, e.g. `prompt=select_account`. */
  chooseParams: v.optional(Parameters, {}),
  /**
   * Parameters with which the provider answers by the session that the browser has, without a page
   * for the person, or refuses: `prompt=none` (OpenID Connect Core §3.1.2.1).
   */
  silentParams: v.optional(Parameters),
  place: v.optional(Place, { header: 'Authorization', prefix: 'Bearer ' }),
  life: v.strictObject({
    accessS: v.optional(Seconds),
    refreshS: v.optional(Seconds),
    idleS: v.optional(Seconds),
    rotates: v.boolean(),
  }),
  lapses: v.optional(ListOf(Lapse, 10), []),
});

const SecretEntries = {
  label: Text(80),
  /** What a key looks like; shown in the empty field, only ever a hint. */
  example: v.optional(Text(120)),
};

const Key = v.strictObject({
  kind: v.literal('key'),
  id: v.optional(Identifier, 'key'),
  ...SecretEntries,
  place: SomeOf(Place, 4),
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
  id: ParameterName,
  label: Text(80),
  /** `site`: the base URL of a provider that people host themselves; must open its templates. */
  kind: v.picklist(['site', 'text']),
  example: Text(200),
  default: v.optional(Text(200)),
});

const Fact = v.strictObject({
  kind: v.picklist(['docs', 'sdk', 'probe', 'third-party', 'memory']),
  source: Text(300),
  on: Day,
});

/** The plain object, from which the JSON schema is made: rules between fields have no JSON form. */
export const ProviderObject = v.strictObject({
  /** Lets editors find the schema; carries no meaning. */
  $schema: v.optional(Value(2048)),
  schema: v.literal(1),
  id: Identifier,
  name: Text(60),
  /** What stands for the provider in a list: a path in a 24 × 24 box, or up to two letters. */
  mark: v.strictObject({ text: Text(2), color: Color, path: v.optional(IconPath) }),
  /** Hosts on which the person is at this provider, subdomains with them; for the popup's order. */
  sites: v.optional(ListOf(Host, 50), []),
  params: v.optional(ListOf(Param, 10), []),
  methods: SomeOf(Method, 10),
  check: Check,
  accounts: v.optional(Accounts),
  links: v.strictObject({
    docs: Template,
    key: v.optional(Template),
    app: v.optional(Template),
  }),
  /** Where each fact comes from, by the path of its field. */
  facts: v.optional(v.record(Value(200), Fact), {}),
  verifiedOn: Day,
});

export type Definition = v.InferOutput<typeof ProviderObject>;
export type DefinitionInput = v.InferInput<typeof ProviderObject>;
export type Fact = v.InferOutput<typeof Fact>;
