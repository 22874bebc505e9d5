import { docs, sdk, thirdParty, type Facts } from './fact.ts';

const flow = docs('MicrosoftDocs/entra-docs docs/identity-platform/v2-oauth2-auth-code-flow.md');
const organization = docs(
  'microsoftgraph/microsoft-graph-docs-contrib organization-list, least privilege User.Read (not for personal accounts)',
);

export const microsoftFacts: Facts = {
  'methods.0.authorize': flow,
  'methods.0.token': flow,
  'methods.0.pkce': flow,
  'methods.0.client': docs(
    'MicrosoftDocs/entra-docs v2-oauth2-auth-code-flow.md: public clients must not use secrets',
  ),
  'methods.0.tokenAuth': flow,
  'methods.0.tokenRules': sdk(
    'AzureAD/microsoft-authentication-library-for-python msal/application.py: suberrors of the server',
  ),
  'methods.0.origin': thirdParty(
    'MicrosoftDocs/azure-docs#112289: a native client with an Origin is refused; Softeria/ms-365-mcp-server#420: AADSTS9002326',
  ),
  'methods.0.scopes': docs(
    'MicrosoftDocs/entra-docs v2-oauth2-auth-code-flow.md; microsoft-graph-docs-contrib includes/permissions',
  ),
  'methods.0.hintParameter': flow,
  'methods.0.chooseParams': flow,
  'methods.0.silentParams': flow,
  'methods.0.lapses': docs(
    'MicrosoftDocs/entra-docs docs/identity-platform/refresh-tokens.md: 90 days, 24 hours for single-page apps',
  ),
  'methods.0.life': docs(
    'MicrosoftDocs/entra-docs docs/identity-platform/refresh-tokens.md: 90 days, 24 hours for single-page apps; replaced upon every use',
  ),
  'check.url': docs(
    'microsoftgraph/microsoft-graph-docs-contrib api-reference/v1.0/api/user-get.md',
  ),
  'check.identity': docs(
    'microsoftgraph/microsoft-graph-docs-contrib api-reference/v1.0/api/user-get.md',
  ),
  'accounts.url': organization,
  'accounts.items': organization,
  'accounts.id': organization,
  'accounts.label': organization,
  'links.docs': flow,
  'links.app': docs(
    'MicrosoftDocs/entra-docs v2-oauth2-auth-code-flow.md, link to the app registrations',
  ),
};
