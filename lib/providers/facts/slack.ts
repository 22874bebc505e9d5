import { docs, memory, sdk, thirdParty, type Facts } from './fact.ts';

const access = docs('docs.slack.dev/reference/methods/oauth.v2.access');
const install = sdk('slackapi/node-slack-sdk@4322e14 packages/oauth/src/install-provider.ts');
const test = docs(
  'docs.slack.dev/reference/methods/auth.test; slackapi/slack-api-specs@bc08db4 /auth.test',
);

const teams = docs(
  'https://docs.slack.dev/reference/methods/auth.teams.list: POST, "No scopes required"; https://api.slack.com/methods/auth.teams.list: "lists the workspaces a token has access to. Most tokens are tied to a single workspace"',
);

export const slackFacts: Facts = {
  'methods.0.authorize': install,
  'methods.0.token': access,
  'methods.0.revoke': sdk(
    'slackapi/slack-api-specs@bc08db4 /auth.revoke: {"ok":true,"revoked":true}',
  ),
  'methods.0.pkce': docs(
    'docs.slack.dev/changelog/2026/03/30/pkce: a one-way operation; arguments optional',
  ),
  'methods.0.client': install,
  'methods.0.tokenAuth': install,
  'methods.0.bearerTypes': sdk(
    'slackapi/slack-api-specs@bc08db4 /oauth.v2.access: token_type "bot", "user"',
  ),
  'methods.0.tokenRules': access,
  'methods.0.scopeSeparator': install,
  'methods.0.scopes': thirdParty(
    'docs.slack.dev/reference/scopes has channels:read and channels:history; the others in integrations/slack#14',
  ),
  'methods.0.life': docs(
    'docs.slack.dev/authentication/using-token-rotation: never expires without rotation, 12 hours with it',
  ),
  'methods.1': sdk('slackapi/node-slack-sdk@4322e14 packages/web-api/src/WebClient.ts, Bearer'),
  'check.method': test,
  'check.url': test,
  'check.rules': docs(
    'docs.slack.dev/reference/methods, common errors; slackapi/slack-api-specs@bc08db4 /auth.test',
  ),
  'check.identity': sdk(
    'slackapi/node-slack-sdk@4322e14 packages/web-api/src/types/response/AuthTestResponse.ts',
  ),
  'accounts.method': teams,
  'accounts.url': docs(
    'https://docs.slack.dev/reference/methods/auth.teams.list: limit at most 1000; https://docs.slack.dev/apis/web-api: arguments in the query, in the body, or in both',
  ),
  'accounts.items': teams,
  'accounts.id': teams,
  'accounts.label': teams,
  'accounts.next': docs(
    'https://docs.slack.dev/reference/methods/auth.teams.list: response_metadata.next_cursor, to be sent as cursor',
  ),
  'links.docs': memory('the address of the guide to installing with OAuth'),
  'links.key': sdk('slackapi/node-slack-sdk@4322e14 docs/english/getting-started.md, app settings'),
  'links.app': sdk('slackapi/node-slack-sdk@4322e14 docs/english/getting-started.md, app settings'),
};
