import { docs, memory, sdk, thirdParty, type Facts } from './fact.ts';

const client = sdk('googleapis/google-auth-library-nodejs@a95b827 src/auth/oauth2client.ts');
const discovery = thirdParty(
  'accounts.google.com/.well-known/openid-configuration, as kept by many public repositories',
);

export const googleFacts: Facts = {
  'methods.0.issuer': thirdParty(
    'discovery document; `iss` of this value seen in public logs of redirects in 2026',
  ),
  'methods.0.authorize': client,
  'methods.0.token': client,
  'methods.0.revoke': client,
  'methods.0.pkce': client,
  'methods.0.client': docs(
    'developers.google.com: Using OAuth 2.0 for Web Server Applications, "client ID and client secret"',
  ),
  'methods.0.tokenAuth': discovery,
  'methods.0.tokenRules': docs(
    'developers.google.com: Using OAuth 2.0 for Web Server Applications, authorization errors',
  ),
  'methods.0.scopes': thirdParty(
    'names as returned: googleapis/google-api-python-client#1088; others: rdrr.io/cran/googledrive, docs.devexpress.com, googleapis.dev',
  ),
  'methods.0.authorizeParams': client,
  'methods.0.hintParameter': client,
  'methods.0.chooseParams': client,
  'methods.0.lapses': thirdParty(
    'activepieces/activepieces#3067: tokens of an app in testing end after 7 days',
  ),
  'methods.0.life': thirdParty(
    'docs.gitguardian.com google_oauth2_refresh_token, citing web-server#offline: six months without use',
  ),
  'check.url': discovery,
  'check.rules': docs(
    'developers.google.com/workspace/drive/api/guides/handle-errors; cloud.google.com/apis/design/errors',
  ),
  'check.identity': discovery,
  'links.docs': docs('developers.google.com: Using OAuth 2.0 for Web Server Applications'),
  'links.app': memory('the address of the credentials page of the API Console'),
};
