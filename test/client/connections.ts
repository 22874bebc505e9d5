/** Records to be bent by tests. */
import type { Authorization } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { MethodSummary, ProviderSummary } from '../../lib/client/options-providers.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);

export function connection(changes: Partial<Connection> = {}): Connection {
  return {
    id: 'c-1',
    name: 'Reports',
    providerId: 'example',
    provider: { name: 'Example', text: 'Ex', color: '#123456' },
    methodId: 'key',
    methodKind: 'key',
    params: {},
    environmentId: 'production',
    tags: [],
    identity: { id: 'u-1', label: 'alice@example.com', workspace: null },
    accounts: { kind: 'none', readAt: NOW },
    grant: null,
    health: { kind: 'active', verifiedAt: NOW },
    sync: { kind: 'on' },
    createdAt: NOW,
    updatedAt: NOW,
    authorizedAt: NOW,
    nextCheckAt: null,
    checkedAt: NOW,
    troubles: 0,
    refreshStartedAt: null,
    revision: 1,
    ...changes,
  };
}

export function authorization(changes: Partial<Authorization> = {}): Authorization {
  return {
    id: 'a-1',
    purpose: { kind: 'connect' },
    providerId: 'example',
    providerName: 'Example',
    methodId: 'key',
    params: {},
    name: null,
    environmentId: 'production',
    tags: [],
    scopes: [],
    createdAt: NOW,
    expiresAt: NOW + 600_000,
    windowId: null,
    proven: null,
    state: { kind: 'proving' },
    ...changes,
  };
}

export function method(changes: Partial<MethodSummary> = {}): MethodSummary {
  return {
    id: 'key',
    kind: 'key',
    label: null,
    fields: { key: 'API key', user: null, password: null, example: null },
    scopes: [],
    client: null,
    lapses: [],
    canRevoke: false,
    origins: ['https://api.example.com/*'],
    ...changes,
  };
}

/** A sign-in with a client that the person brings. */
export function signIn(changes: Partial<MethodSummary> = {}): MethodSummary {
  return method({
    id: 'oauth',
    kind: 'oauth2',
    fields: { key: null, user: null, password: null, example: null },
    scopes: [
      { id: 'read', label: 'Read', on: true },
      { id: 'write', label: 'Write', on: false },
    ],
    client: {
      own: true,
      secret: 'optional',
      keptId: null,
      redirectUrl: 'https://extension.example/example',
    },
    ...changes,
  });
}

export function provider(changes: Partial<ProviderSummary> = {}): ProviderSummary {
  return {
    id: 'example',
    name: 'Example',
    mark: { text: 'Ex', color: '#123456', path: null },
    source: 'imported',
    params: [],
    methods: [method()],
    hosts: ['api.example.com'],
    listsAccounts: true,
    links: { docs: 'https://example.com/docs', key: null, app: null },
    verifiedOn: '2026-11-21',
    connections: 0,
    ...changes,
  };
}
