import type { ProviderInput } from '../schema.ts';

/** The person registers an application with "Confidential" unticked and the scopes below; or brings a token. */
export const gitlab = {
  schema: 1,
  id: 'gitlab',
  name: 'GitLab',
  mark: { text: 'GL', color: '#c24018' },
  sites: ['gitlab.com'],
  params: [
    {
      id: 'site',
      label: 'GitLab address',
      kind: 'site',
      example: 'https://gitlab.example.com',
      default: 'https://gitlab.com',
    },
  ],
  methods: [
    {
      kind: 'oauth2',
      authorize: '{site}/oauth/authorize',
      token: '{site}/oauth/token',
      revoke: { kind: 'rfc7009', url: '{site}/oauth/revoke' },
      pkce: 'required',
      client: { kind: 'own', secret: 'none' },
      tokenAuth: 'none',
      scopes: [
        { id: 'read_user', label: 'Read your profile' },
        { id: 'read_api', label: 'Read your groups and projects' },
        { id: 'read_repository', label: 'Read your repositories', on: false },
        { id: 'write_repository', label: 'Write your repositories', on: false },
        { id: 'api', label: 'Read and write everything you can', on: false },
      ],
      life: { accessS: 7200, rotates: true },
    },
    {
      kind: 'key',
      label: 'Access token',
      example: 'glpat-…',
      place: [{ header: 'PRIVATE-TOKEN' }],
    },
  ],
  check: {
    url: '{site}/api/v4/user',
    identity: { id: 'id', label: 'username' },
  },
  accounts: {
    url: '{site}/api/v4/groups?min_access_level=10&per_page=100',
    items: '',
    id: 'id',
    label: 'full_path',
    next: { kind: 'link' },
  },
  links: {
    docs: 'https://docs.gitlab.com/api/oauth2/',
    key: '{site}/-/user_settings/personal_access_tokens',
    app: '{site}/-/user_settings/applications',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
