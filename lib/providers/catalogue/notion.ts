import type { ProviderInput } from '../schema.ts';

const headers = { 'Notion-Version': '2025-09-03' };

/** The person registers a public connection; or brings the token of an internal one. */
export const notion = {
  schema: 1,
  id: 'notion',
  name: 'Notion',
  mark: { text: 'N', color: '#191919' },
  sites: ['notion.so', 'notion.com'],
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://api.notion.com/v1/oauth/authorize',
      token: 'https://api.notion.com/v1/oauth/token',
      revoke: {
        kind: 'request',
        method: 'POST',
        url: 'https://api.notion.com/v1/oauth/revoke',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: '{"token":{token}}',
        as: 'client',
      },
      pkce: 'none',
      client: { kind: 'own', secret: 'required' },
      // Notion's own client encodes nothing; form encoding would change the dashes of the client id.
      tokenAuth: 'basic-plain',
      tokenBody: 'json',
      tokenHeaders: headers,
      authorizeParams: { owner: 'user' },
      life: { rotates: true },
    },
    { kind: 'bearer', label: 'Connection token', example: 'ntn_…' },
  ],
  check: {
    url: 'https://api.notion.com/v1/users/me',
    headers,
    rules: [{ status: [403], path: 'code', in: ['restricted_resource'], then: 'limited' }],
    // The bot: one a grant, there for internal connections too, and the same after authorising again.
    identity: {
      id: 'id',
      label: 'name',
      email: 'bot.owner.user.person.email',
      workspace: 'bot.workspace_name',
    },
  },
  /*
   * No list of accounts: a token belongs to one workspace, which the identity names already
   * (https://developers.notion.com/guides/connections-and-tokens/personal-access-tokens.md,
   * https://developers.notion.com/reference/create-a-token.md). What else Notion lists are the people
   * and the pages in it, and these are no accounts.
   */
  links: {
    docs: 'https://developers.notion.com/guides/authorization/overview',
    key: 'https://app.notion.com/developers/connections',
    app: 'https://app.notion.com/developers/connections',
  },
  verifiedOn: '2026-11-21',
} satisfies ProviderInput;
