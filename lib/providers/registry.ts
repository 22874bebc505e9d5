/** What the rest of the background asks of provider definitions. */
import * as v from 'valibot';
import { expandUrl, originPattern } from '../domain/url-template.ts';
import { DEFINITION_BYTES_MAX, Provider, templates, type Method } from './schema.ts';

export interface Issue {
  readonly path: string;
  readonly code: string;
  readonly expected: string | null;
  readonly received: string | null;
}

export type ParsedDefinition =
  | { readonly kind: 'good'; readonly provider: Provider }
  | {
      readonly kind: 'bad';
      readonly code: 'definition-too-large' | 'definition-not-json' | 'definition-invalid';
      readonly issues: Issue[];
      readonly issuesLeftOut: number;
    };

/** The part of a redirect address that belongs to one provider (RFC 9700 §4.4.2.2). */
export function redirectPath(providerId: string): string {
  return providerId;
}

export function parseDefinition(text: string): ParsedDefinition {
  const bad = (code: 'definition-too-large' | 'definition-not-json'): ParsedDefinition => ({
    kind: 'bad',
    code,
    issues: [],
    issuesLeftOut: 0,
  });
  if (text.length > DEFINITION_BYTES_MAX) return bad('definition-too-large');
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return bad('definition-not-json');
  }
  const parsed = v.safeParse(Provider, json);
  if (parsed.success) return { kind: 'good', provider: parsed.output };
  return {
    kind: 'bad',
    code: 'definition-invalid',
    issues: parsed.issues.slice(0, 50).map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      code: issue.message,
      expected: issue.expected,
      received: issue.received.slice(0, 80),
    })),
    issuesLeftOut: Math.max(0, parsed.issues.length - 50),
  };
}

/** Match patterns of every host that gets a credential of this method. */
export function originsOf(
  provider: Provider,
  methodId: string,
  params: Readonly<Record<string, string>>,
): string[] {
  const index = provider.methods.findIndex((one) => one.id === methodId);
  const urls = templates(provider)
    .filter(
      ({ path, credentialed }) =>
        credentialed && (!path.startsWith('methods.') || path.startsWith(`methods.${index}.`)),
    )
    .flatMap(({ template }) => expandUrl(template, { ...params, clientId: 'x' }) ?? []);
  return [...new Set(urls.map(originPattern))];
}

export function hostsOf(provider: Provider): string[] {
  const params = Object.fromEntries(
    provider.params.flatMap((p) => (p.default ? [[p.id, p.default]] : [])),
  );
  return [...new Set(provider.methods.flatMap((m) => originsOf(provider, m.id, params)))].map(
    (o) => o.split('/')[2] ?? '',
  );
}

interface SummaryContext {
  readonly source: 'catalogue' | 'imported';
  readonly keptClientId: string | null;
  readonly redirectUrl: string;
  readonly connections: number;
}

export function summarise(provider: Provider, context: SummaryContext) {
  const params = Object.fromEntries(
    provider.params.flatMap((p) => (p.default ? [[p.id, p.default]] : [])),
  );
  return {
    id: provider.id,
    name: provider.name,
    mark: {
      text: provider.mark.text,
      color: provider.mark.color,
      path: provider.mark.path ?? null,
    },
    source: context.source,
    params: provider.params.map((p) => ({ ...p, default: p.default ?? null })),
    methods: provider.methods.map((method) => ({
      id: method.id,
      kind: method.kind,
      label: method.label ?? null,
      fields: fieldsOf(method),
      scopes: method.kind === 'oauth2' ? method.scopes : [],
      client:
        method.kind === 'oauth2'
          ? {
              own: method.client.kind === 'own',
              secret: method.client.kind === 'own' ? method.client.secret : ('none' as const),
              keptId: context.keptClientId,
              redirectUrl: context.redirectUrl,
            }
          : null,
      origins: originsOf(provider, method.id, params),
    })),
    hosts: hostsOf(provider),
    links: {
      docs: provider.links.docs,
      key: provider.links.key ?? null,
      app: provider.links.app ?? null,
    },
    verifiedOn: provider.verifiedOn,
    connections: context.connections,
  };
}

function fieldsOf(method: Method) {
  return {
    key: method.kind === 'key' || method.kind === 'bearer' ? method.label : null,
    user: method.kind === 'basic' ? method.userLabel : null,
    password: method.kind === 'basic' ? method.passwordLabel : null,
    example: method.kind === 'key' || method.kind === 'bearer' ? (method.example ?? null) : null,
  };
}
