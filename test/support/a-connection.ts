import type { Connection } from '../../lib/domain/connection.ts';

/** A connection of alice at Practice Keys that works; for tests alone. */
export function aConnection(overrides: Partial<Connection> = {}): Connection {
  return {
    id: 'connection',
    name: 'Practice Keys · alice',
    providerId: 'practice-keys',
    provider: { name: 'Practice Keys', text: 'PK', color: '#8a4b0f' },
    methodId: 'key',
    methodKind: 'key',
    params: {},
    environmentId: 'production',
    tags: [],
    identity: { id: 'practice-alice', label: 'alice@practice.example', workspace: null },
    accounts: { kind: 'none', readAt: 0 },
    grant: null,
    health: { kind: 'active', verifiedAt: 0 },
    sync: { kind: 'on' },
    createdAt: 0,
    updatedAt: 0,
    authorizedAt: 0,
    nextCheckAt: 0,
    checkedAt: 0,
    troubles: 0,
    refreshStartedAt: null,
    revision: 1,
    ...overrides,
  };
}
