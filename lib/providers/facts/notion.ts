import { docs, sdk, thirdParty, type Facts } from './fact.ts';

const token = docs(
  'developers.notion.com/reference/create-a-token: Basic, application/json, Notion-Version',
);
const oauth = sdk('makenotion/notion-sdk-js@9060802 src/api-endpoints/oauth.ts');
const guide = docs('developers.notion.com/guides/authorization/overview');

export const notionFacts: Facts = {
  'methods.0.authorize': thirdParty(
    'mintlify.com/makenotion/notion-sdk-js/guides/oauth, "Authorization URL"',
  ),
  'methods.0.token': token,
  'methods.0.revoke': oauth,
  'methods.0.pkce': sdk('makenotion/notion-sdk-js@9060802: oauth.token takes no code_verifier'),
  'methods.0.client': token,
  'methods.0.tokenAuth': sdk(
    'makenotion/notion-sdk-js@9060802 src/Client.ts, buildAuthHeader encodes nothing',
  ),
  'methods.0.tokenBody': token,
  'methods.0.tokenHeaders': token,
  'methods.0.authorizeParams': thirdParty(
    'owner=user in the authorization addresses of many public clients',
  ),
  'methods.0.life': docs(
    'developers.notion.com/reference/refresh-a-token: a new access token and a new refresh token',
  ),
  'methods.1': docs('developers.notion.com/reference/authentication: bearer tokens'),
  'check.url': sdk('makenotion/notion-sdk-js@9060802 src/api-endpoints/users.ts, getSelf'),
  'check.headers': docs(
    'developers.notion.com/reference/authentication, Notion-Version 2025-09-03',
  ),
  'check.rules': sdk('makenotion/notion-sdk-js@9060802 src/errors.ts, restricted_resource'),
  'check.identity': sdk(
    'makenotion/notion-sdk-js@9060802 src/api-endpoints/common.ts, BotInfoResponse',
  ),
  'links.docs': guide,
  'links.key': guide,
  'links.app': guide,
};
