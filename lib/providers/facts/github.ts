import { docs, sdk, thirdParty, type Facts } from './fact.ts';

const flow = docs('docs.github.com: Authorizing OAuth apps, "Web application flow"');
const troubleshooting = docs(
  'docs.github.com: Troubleshooting OAuth app access token request errors',
);
const endpoints = sdk('octokit/plugin-rest-endpoint-methods.js@72b9694 src/generated/endpoints.ts');

export const githubFacts: Facts = {
  'methods.0.authorize': flow,
  'methods.0.token': flow,
  'methods.0.revoke': sdk('octokit/oauth-methods.js@7cfd6cb src/delete-token.ts'),
  'methods.0.pkce': docs(
    'github.blog changelog 2025-07-14 "PKCE support for OAuth and GitHub App authentication", as quoted in microsoft/vscode#264795',
  ),
  'methods.0.client': docs('docs.github.com: Authorizing OAuth apps, client_secret "Required"'),
  'methods.0.tokenAuth': flow,
  'methods.0.tokenRules.0': thirdParty(
    'docs name bad_verification_code; bad_refresh_token with its description "incorrect or expired" as recorded by several clients',
  ),
  'methods.0.tokenRules.1': troubleshooting,
  'methods.0.scopes': docs('docs.github.com: Scopes for OAuth apps'),
  'methods.0.hintParameter': flow,
  'methods.0.chooseParams': flow,
  'methods.0.life': docs(
    'docs.github.com: Token expiration and revocation, "not been used in one year"',
  ),
  'methods.1': docs('docs.github.com: Authenticating to the REST API, "Authorization: Bearer"'),
  'check.url': endpoints,
  'check.headers': docs('docs.github.com: REST API, API versions'),
  'check.identity': docs('docs.github.com: REST API, Get the authenticated user'),
  'check.conditional': docs(
    'docs.github.com: Best practices for using the REST API, "304 … made while correctly authorized with an Authorization header"; without a known token GitHub answers 401',
  ),
  'check.endsHeader': thirdParty(
    'google/go-github#2031, github.blog changelog 2021-07-26 "Expiration options for personal access tokens"',
  ),
  'accounts.url': endpoints,
  'accounts.headers': docs('docs.github.com: REST API, API versions'),
  'accounts.items': docs(
    'docs.github.com: REST API, List organizations for the authenticated user (needs read:org or user)',
  ),
  'accounts.id': docs('docs.github.com: REST API, List organizations for the authenticated user'),
  'accounts.label': docs(
    'docs.github.com: REST API, List organizations for the authenticated user',
  ),
  'accounts.next': docs('docs.github.com: Using pagination in the REST API, Link header'),
  'links.docs': flow,
  'links.key': thirdParty('the address as many public guides give it'),
  'links.app': flow,
};
