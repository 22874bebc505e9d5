import type { Credential } from '../domain/credential.ts';
import { jsonOf, type Answer, type Send } from '../domain/exchange.ts';
import type { Account, Accounts, AccountsProblem } from '../domain/identity.ts';
import { textAt, valuesAt } from '../domain/json-path.ts';
import { eraser } from '../domain/provider-words.ts';
import { ruleFor, type Rule } from '../domain/rule.ts';
import { secretStrings } from '../providers/credential-headers.ts';
import type { AccountsDefinition, Method, Provider } from '../providers/schema.ts';
import { credentialedRequest } from './run-check.ts';

/** More than this is neither read of a list of accounts nor kept. */
const PAGES_MAX = 20;
const ACCOUNTS_MAX = 2_000;

/**
 * Reads what an identity can reach, page by page, as far as the bounds above. A page behind another
 * origin is not followed: the credential belongs to the first.
 * @param provider with no definition of accounts where it has no list
 * @param now epoch ms
 */
export async function readAccounts(
  { accounts: definition, check: { rules } }: Pick<Provider, 'accounts' | 'check'>,
  method: Method,
  credential: Credential,
  params: Readonly<Record<string, string>>,
  send: Send,
  now: () => number,
): Promise<Accounts> {
  if (definition === undefined) return { kind: 'none', readAt: now(), isUnlisted: true };
  const first = credentialedRequest(definition, method, credential, params);
  const found = new Map<string, Account>();
  const erase = eraser(secretStrings(credential));
  let url: string | null = first.url;
  let isFull = false;
  for (let page = 0; url !== null && page < PAGES_MAX && found.size < ACCOUNTS_MAX; page++) {
    const answer = await send({ ...first, url });
    const json = answer.kind === 'answer' ? jsonOf(answer.text) : undefined;
    if (
      answer.kind !== 'answer' ||
      answer.status < 200 ||
      answer.status > 299 ||
      json === undefined
    )
      return { kind: 'error', reason: problemOf(answer, rules), readAt: now() };
    const items = itemsOf(json, definition.items);
    if (items === null) return { kind: 'error', reason: problemOf(answer, rules), readAt: now() };
    for (const item of items) {
      const given = textAt(item, definition.id);
      if (given === null) continue;
      const id = erase(given);
      isFull = found.size >= ACCOUNTS_MAX && !found.has(id);
      if (isFull) break;
      found.set(id, { id, label: erase(textAt(item, definition.label) ?? id) });
    }
    url = nextPage(definition, answer, json, url);
  }
  return found.size === 0
    ? { kind: 'none', readAt: now() }
    : { kind: 'ready', items: [...found.values()], isCut: isFull || url !== null, readAt: now() };
}

/** Why there is no list, by the rules of the check first: some services say what is wrong with a status of 200. */
function problemOf(answer: Answer, rules: readonly Rule[]): AccountsProblem {
  if (answer.kind === 'silence') return 'unreachable';
  const said = ruleFor(rules, answer, jsonOf(answer.text));
  switch (said?.then) {
    case 'rejected':
    case 'expired':
    case 'limited':
      return 'limited';
    case 'rate-limited':
    case 'provider-trouble':
      return 'unreachable';
    default:
  }
  if (answer.status === 401 || answer.status === 403) return 'limited';
  return answer.status >= 500 || answer.status === 429 ? 'unreachable' : 'unreadable';
}

/** The items of a page; `null` when there is no list where one should be. */
function itemsOf(json: unknown, path: string): unknown[] | null {
  const values = valuesAt(json, path);
  if (path.includes('[]')) return values.flat();
  const [list] = values;
  return Array.isArray(list) ? (list as unknown[]) : null;
}

function nextPage(
  definition: AccountsDefinition,
  answer: Extract<Answer, { kind: 'answer' }>,
  json: unknown,
  current: string,
): string | null {
  const { next } = definition;
  if (next === undefined) return null;
  if (next.kind === 'cursor') {
    const cursor = textAt(json, next.path, 2_000);
    if (cursor === null) return null;
    const url = new URL(current);
    url.searchParams.set(next.parameter, cursor);
    return url.href === current ? null : url.href;
  }
  const found =
    next.kind === 'url' ? textAt(json, next.path, 2_000) : linkNext(answer.headers.get('link'));
  if (found === null || !URL.canParse(found, current)) return null;
  const url = new URL(found, current);
  return url.origin === new URL(current).origin && url.href !== current ? url.href : null;
}

/** The target of `rel="next"` (RFC 8288 §3). */
function linkNext(header: string | undefined): string | null {
  // Neither part runs over the next link: a header of nothing but beginnings would take minutes.
  const match = /<([^<>]*)>\s*;[^,<]*\brel="?next"?/.exec(header ?? '');
  return match?.[1] ?? null;
}
