import { docs, sdk, thirdParty, type Facts } from './fact.ts';

const oauth2 = docs('gitlab-org/gitlab doc/api/oauth2.md, "Authorization code with PKCE"');
const groups = docs('gitlab-org/gitlab doc/api/groups.md, "List groups"');
const provider = docs('gitlab-org/gitlab doc/integration/oauth_provider.md');

export const gitlabFacts: Facts = {
  'params.0.default': oauth2,
  'methods.0.authorize': oauth2,
  'methods.0.token': oauth2,
  'methods.0.revoke': docs('gitlab-org/gitlab doc/api/oauth2.md, "Revoke a token"'),
  'methods.0.pkce': oauth2,
  'methods.0.client': oauth2,
  'methods.0.tokenAuth': oauth2,
  'methods.0.scopes': provider,
  'methods.0.life': docs(
    'gitlab-org/gitlab doc/api/oauth2.md: 7200 s; a refresh "invalidates the existing access_token and refresh_token"',
  ),
  'methods.1.place': docs('gitlab-org/gitlab doc/api/rest/authentication.md, PRIVATE-TOKEN header'),
  'check.url': docs('gitlab-org/gitlab doc/api/oauth2.md, "Access GitLab API with access token"'),
  'check.identity': sdk(
    'gitlab-org/gitlab spec/fixtures/api/schemas/public_api/v4/user/login.json',
  ),
  'accounts.url': groups,
  'accounts.items': groups,
  'accounts.id': groups,
  'accounts.label': groups,
  'accounts.next': docs('gitlab-org/gitlab doc/api/rest/_index.md, "Pagination Link header"'),
  'links.docs': oauth2,
  'links.key': thirdParty('the address as many public guides give it'),
  'links.app': provider,
};
