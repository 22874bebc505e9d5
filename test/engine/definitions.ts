import type { ProviderInput } from '../../lib/providers/schema.ts';

const common: Pick<ProviderInput, 'schema' | 'mark' | 'check' | 'links' | 'verifiedOn'> = {
  schema: 1,
  mark: { text: 'T', color: '#123456' },
  check: { url: 'https://api.test.example/me', identity: { id: 'id', label: 'label' } },
  links: { docs: 'https://test.example/docs' },
  verifiedOn: '2026-11-21',
};

export const KEYS: ProviderInput = {
  ...common,
  id: 'test-keys',
  name: 'Test Keys',
  methods: [{ kind: 'key', label: 'API key', place: [{ header: 'X-Api-Key' }] }],
};

export const CLOUD: ProviderInput = {
  ...common,
  id: 'test-cloud',
  name: 'Test Cloud',
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://id.test.example/auth',
      token: 'https://id.test.example/token',
      revoke: { kind: 'rfc7009', url: 'https://id.test.example/revoke' },
      pkce: 'required',
      client: { kind: 'bundled', id: 'client' },
      tokenAuth: 'none',
      scopes: [{ id: 'read', label: 'Read' }],
      life: { accessS: 60, rotates: true },
    },
  ],
};
