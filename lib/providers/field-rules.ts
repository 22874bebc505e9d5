/** The rules between the fields of a definition, each reported at the field that breaks it. */
import { isCondemning, isTroubleStatus } from '../domain/rule.ts';
import { placeholders, urlProblem } from '../domain/url-template.ts';
import type { Definition } from './definition.ts';
import type { IssueCode } from './issue-codes.ts';
import { hasOpenHost, templates } from './templates.ts';

/** A rule broken: where, which, and by what. */
export interface Breach {
  readonly path: string;
  readonly code: IssueCode;
  readonly received: string | null;
}

type Report = (path: string, code: IssueCode, received?: string) => void;

/** Filled in by Patchbay itself rather than by a parameter of the definition. */
const GIVEN = 'clientId';

/** What the protocol itself says in an authorization request (RFC 6749 §4.1.1, RFC 7636, RFC 9101). */
const RESERVED = new Set([
  'response_type',
  'response_mode',
  'client_id',
  'client_secret',
  'redirect_uri',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
]);

/** Every rule that a definition of the right shape breaks. */
export function breaches(definition: Definition): Breach[] {
  const found: Breach[] = [];
  const report: Report = (path, code, received) => {
    found.push({ path, code, received: received ?? null });
  };
  judgeParams(definition, report);
  judgeTemplates(definition, report);
  judgeMethods(definition, report);
  judgeRequests(definition, report);
  judgeRules(definition.check.rules, 'check.rules', report);
  return found;
}

function judgeParams({ params }: Definition, report: Report): void {
  judgeRepeats(params, 'params', report);
  params.forEach((param, at) => {
    if (param.id === GIVEN) report(`params.${at}.id`, 'reserved', param.id);
    if (param.kind !== 'site' || param.default === undefined) return;
    const problem = urlProblem(param.default);
    if (problem !== null) report(`params.${at}.default`, `url-${problem}`, param.default);
  });
}

function judgeTemplates(definition: Definition, report: Report): void {
  const kinds = new Map(definition.params.map((param) => [param.id, param.kind]));
  for (const { path, template } of templates(definition)) {
    for (const name of placeholders(template)) {
      const kind = kinds.get(name);
      const leads = template.startsWith(`{${name}}`);
      if (kind === undefined && name !== GIVEN) report(path, 'undeclared', name);
      else if (leads !== (kind === 'site')) report(path, 'site', name);
      // Which host gets a secret is the definition's to say, or the person's with a whole site.
      else if (!leads && hasOpenHost(template)) report(path, 'parameter-in-host', name);
    }
  }
}

function judgeMethods({ methods }: Definition, report: Report): void {
  judgeRepeats(methods, 'methods', report);
  methods.forEach((method, at) => {
    if (method.kind !== 'oauth2') return;
    const path = `methods.${at}`;
    const isPublic = method.client.kind === 'bundled' || method.client.secret === 'none';
    // RFC 9700 §2.1.1: a public client must use PKCE.
    if (method.pkce === 'none' && isPublic) report(`${path}.pkce`, 'pkce', method.pkce);
    const needsSecret = method.client.kind === 'own' && method.client.secret === 'required';
    if (isPublic ? method.tokenAuth !== 'none' : needsSecret && method.tokenAuth === 'none')
      report(`${path}.tokenAuth`, 'token-auth', method.tokenAuth);
    if (method.revoke?.kind === 'request' && method.revoke.as === 'client' && isPublic)
      report(`${path}.revoke.as`, 'token-auth', method.revoke.as);
    judgeRepeats(method.scopes, `${path}.scopes`, report);
    judgeRules(method.tokenRules, `${path}.tokenRules`, report);
    for (const field of ['authorizeParams', 'chooseParams', 'silentParams'] as const)
      for (const name of Object.keys(method[field] ?? {}))
        if (RESERVED.has(name) || name === method.scopeParameter)
          report(`${path}.${field}.${name}`, 'reserved', name);
  });
}

/** A GET takes no body: `fetch` throws (Fetch Standard, Request constructor). */
function judgeRequests(definition: Definition, report: Report): void {
  const judge = (path: string, request: { method: string; body?: string | undefined }): void => {
    if (request.method === 'GET' && request.body !== undefined) report(`${path}.body`, 'body');
  };
  judge('check', definition.check);
  if (definition.accounts) judge('accounts', definition.accounts);
  definition.methods.forEach((method, at) => {
    if (method.kind === 'oauth2' && method.revoke?.kind === 'request')
      judge(`methods.${at}.revoke`, method.revoke);
  });
}

type Rules = Definition['check']['rules'];

function judgeRules(rules: Rules, path: string, report: Report): void {
  rules.forEach((rule, at) => {
    const where = `${path}.${at}`;
    if (rule.in !== undefined && rule.path === undefined)
      report(`${where}.in`, 'rule-without-path');
    else if (rule.range !== undefined && rule.path === undefined)
      report(`${where}.range`, 'rule-without-path');
    else if (!hasCondition(rule)) report(where, 'rule-empty');
    if (rule.range !== undefined) judgeRange(rule.range, `${where}.range`, report);
    rule.and?.forEach(({ range }, which) => {
      if (range !== undefined) judgeRange(range, `${where}.and.${which}.range`, report);
    });
    // Nothing that a server says on such a day is about the credential.
    const trouble = isCondemning(rule) ? rule.status?.find(isTroubleStatus) : undefined;
    if (trouble !== undefined) report(`${where}.status`, 'rule-of-trouble', `${trouble}`);
  });
}

function hasCondition({ status, path, header, text, and }: Rules[number]): boolean {
  return [status, path, header, text, and].some((condition) => condition !== undefined);
}

function judgeRange(
  { from, to }: { from: number; to: number },
  path: string,
  report: Report,
): void {
  if (from > to) report(path, 'range', `${from}–${to}`);
}

function judgeRepeats(items: readonly { id: string }[], path: string, report: Report): void {
  const seen = new Set<string>();
  items.forEach(({ id }, at) => {
    if (seen.has(id)) report(`${path}.${at}.id`, 'repeated', id);
    seen.add(id);
  });
}
