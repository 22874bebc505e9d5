import type { Method, Provider, ProviderInput } from './schema.ts';

/**
 * Fills in the defaults of a definition without judging it: the built-in ones are judged by tests,
 * so that waking the background costs a few spreads. A test holds this to the schema's defaults.
 */
export function complete(definition: ProviderInput): Provider {
  const { check, accounts, ...rest } = definition;
  return {
    ...rest,
    sites: definition.sites ?? [],
    params: definition.params ?? [],
    methods: definition.methods.map(completeMethod),
    check: {
      ...check,
      ...request(check),
      rules: check.rules ?? [],
      metered: check.metered ?? false,
    },
    ...(accounts ? { accounts: { ...accounts, ...request(accounts) } } : {}),
    facts: definition.facts ?? {},
  };
}

type MethodInput = ProviderInput['methods'][number];
type Oauth2Input = Extract<MethodInput, { kind: 'oauth2' }>;

function completeMethod(method: MethodInput): Method {
  switch (method.kind) {
    case 'oauth2':
      return completeOauth2(method);
    case 'key':
      return {
        ...method,
        id: method.id ?? 'key',
        place: method.place.map((place) => ({ ...place, prefix: place.prefix ?? '' })),
      };
    case 'bearer':
      return { ...method, id: method.id ?? 'bearer' };
    case 'basic':
      return { ...method, id: method.id ?? 'basic' };
  }
}

function completeOauth2(method: Oauth2Input): Method {
  const { revoke, place, ...rest } = method;
  return {
    ...rest,
    id: method.id ?? 'oauth',
    issRequired: method.issRequired ?? false,
    ...(revoke
      ? { revoke: revoke.kind === 'request' ? { ...revoke, ...request(revoke) } : revoke }
      : {}),
    tokenBody: method.tokenBody ?? 'form',
    tokenHeaders: method.tokenHeaders ?? {},
    bearerTypes: method.bearerTypes ?? [],
    tokenRules: method.tokenRules ?? [],
    origin: method.origin ?? 'keep',
    scopeParameter: method.scopeParameter ?? 'scope',
    scopeSeparator: method.scopeSeparator ?? ' ',
    scopes: (method.scopes ?? []).map((scope) => ({ ...scope, on: scope.on ?? true })),
    authorizeParams: method.authorizeParams ?? {},
    chooseParams: method.chooseParams ?? {},
    lapses: method.lapses ?? [],
    place: place
      ? { ...place, prefix: place.prefix ?? '' }
      : { header: 'Authorization', prefix: 'Bearer ' },
  };
}

function request(given: Pick<ProviderInput['check'], 'method' | 'headers'>) {
  return { method: given.method ?? ('GET' as const), headers: given.headers ?? {} };
}
