import { expandUrl } from '../domain/url-template.ts';
import { defaultParams, hostsOf, originsOf } from './origins.ts';
import type { Method, Oauth2Method, Provider } from './schema.ts';

/** What a summary says that the definition does not know. */
export interface SummaryContext {
  readonly source: 'catalogue' | 'imported';
  /** The id of the client that the person brought for this provider; never its secret. */
  readonly keptClientId: string | null;
  readonly redirectUrl: string;
  readonly connections: number;
}

/** A provider as pages need it for lists and forms; it fits `ProviderSummary` of `rpc/procedures.ts`. */
export function summarise(provider: Provider, context: SummaryContext) {
  const { mark, links } = provider;
  return {
    id: provider.id,
    name: provider.name,
    mark: { text: mark.text, color: mark.color, path: mark.path ?? null },
    source: context.source,
    params: provider.params.map((param) => ({ ...param, default: param.default ?? null })),
    methods: provider.methods.map((method) => ({
      id: method.id,
      kind: method.kind,
      label: method.label ?? null,
      fields: fieldsOf(method),
      scopes: method.kind === 'oauth2' ? method.scopes : [],
      client: clientOf(method, context),
      lapses: method.kind === 'oauth2' ? method.lapses.map((one) => lapseOf(provider, one)) : [],
      canRevoke: method.kind === 'oauth2' && method.revoke !== undefined,
      // Hosts below a site that the person gives are added by the page, which knows it.
      origins: originsOf(provider, method.id, {}),
    })),
    hosts: hostsOf(provider),
    listsAccounts: provider.accounts !== undefined,
    links: {
      docs: page(provider, links.docs) ?? links.docs,
      key: page(provider, links.key),
      app: page(provider, links.app),
    },
    verifiedOn: provider.verifiedOn,
    connections: context.connections,
  };
}

function clientOf(method: Method, { keptClientId, redirectUrl }: SummaryContext) {
  if (method.kind !== 'oauth2') return null;
  const { client } = method;
  return {
    own: client.kind === 'own',
    secret: client.kind === 'own' ? client.secret : ('none' as const),
    keptId: keptClientId,
    redirectUrl,
  };
}

function fieldsOf(method: Method) {
  const isSecret = method.kind === 'key' || method.kind === 'bearer';
  return {
    key: isSecret ? method.label : null,
    user: method.kind === 'basic' ? method.userLabel : null,
    password: method.kind === 'basic' ? method.passwordLabel : null,
    example: isSecret ? (method.example ?? null) : null,
  };
}

function lapseOf(provider: Provider, { when, source, ...rest }: Oauth2Method['lapses'][number]) {
  return { ...rest, when: when ?? null, source: page(provider, source) ?? source };
}

/** A page for the person, at the preset site where it is below one. */
function page(provider: Provider, template: string | undefined): string | null {
  return template === undefined ? null : expandUrl(template, defaultParams(provider));
}
