/** A definition as small as one can be, to be bent by tests. */
import type { ProviderInput } from '../../lib/providers/schema.ts';

export function smallDefinition(changes: Record<string, unknown> = {}): ProviderInput {
  return {
    schema: 1,
    id: 'example',
    name: 'Example',
    mark: { text: 'Ex', color: '#123456' },
    methods: [{ kind: 'bearer', label: 'Token' }],
    check: { url: 'https://api.example.com/me', identity: { id: 'id', label: 'name' } },
    links: { docs: 'https://example.com/docs' },
    verifiedOn: '2026-11-21',
    ...changes,
  };
}

/** A sign-in as small as one can be. */
export function smallOauth(changes: Record<string, unknown> = {}) {
  return {
    kind: 'oauth2',
    authorize: 'https://example.com/authorize',
    token: 'https://example.com/token',
    pkce: 'required',
    client: { kind: 'own', secret: 'none' },
    tokenAuth: 'none',
    life: { rotates: false },
    ...changes,
  };
}
