/**
 * What can be wrong at a field of a definition. The words for each stand in the message catalogue
 * under `definition_issue_<code>`, with underscores for dashes.
 */
export const ISSUE_CODES = [
  // the shape
  'missing',
  'unknown-field',
  'type',
  'choice',
  // one value
  'empty',
  'too-long',
  'too-many',
  'too-few',
  'range',
  'control-character',
  'identifier',
  'header',
  'host',
  'path',
  'icon',
  'color',
  'date',
  'url-malformed',
  'url-scheme',
  'url-insecure',
  'url-userinfo',
  'url-fragment',
  // between fields
  'undeclared',
  'site',
  'parameter-in-host',
  'repeated',
  'reserved',
  'pkce',
  'token-auth',
  'rule-empty',
  'rule-without-path',
  'rule-of-trouble',
  'body',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];
