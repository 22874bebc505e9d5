import * as v from 'valibot';
import { plainText } from '../domain/json-path.ts';
import { ISSUE_CODES, type IssueCode } from './issue-codes.ts';
import { DEFINITION_BYTES_MAX, Provider, ProviderObject } from './schema.ts';
import { oddFields } from './unknown-fields.ts';

/** One thing that is wrong with a definition. The texts are a stranger's: cut, without control characters. */
export interface DefinitionIssue {
  /** Dotted path of the field; empty for the whole file. */
  readonly path: string;
  readonly code: IssueCode;
  readonly expected: string | null;
  readonly received: string | null;
}

export type ParsedDefinition =
  | { readonly kind: 'good'; readonly provider: Provider }
  | {
      readonly kind: 'bad';
      readonly code: 'definition-too-large' | 'definition-not-json' | 'definition-invalid';
      readonly issues: DefinitionIssue[];
      readonly issuesLeftOut: number;
    };

/** More issues than this are counted, not listed. */
const ISSUES_MAX = 50;

/**
 * Reads a definition file.
 * @param text the file as it is; a byte order mark is passed over
 * @returns the definition with its defaults, or everything that is wrong with it
 */
export function parseDefinition(text: string): ParsedDefinition {
  if (isTooLarge(text)) return bad('definition-too-large');
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return bad('definition-not-json');
  }
  const odd = oddFields(ProviderObject, json);
  const parsed = v.safeParse(Provider, json);
  if (parsed.success && odd.length === 0) return { kind: 'good', provider: parsed.output };
  const lists = odd.filter(({ kind }) => kind === 'list').map(({ keys }) => keys.join('.'));
  const isUnderList = (path: string): boolean =>
    lists.some((list) => list === '' || path === list || path.startsWith(`${list}.`));
  const issues = (parsed.issues ?? [])
    .filter((issue) => !isUnknownField(issue) && !isUnderList(v.getDotPath(issue) ?? ''))
    .map(describe);
  return bad('definition-invalid', [
    ...issues,
    ...odd.map(({ keys, kind }): DefinitionIssue => ({
      path: pathOf(keys),
      code: kind === 'list' ? 'type' : 'unknown-field',
      expected: kind === 'list' ? 'Object' : null,
      received: kind === 'list' ? 'Array' : shown(keys.at(-1) ?? ''),
    })),
  ]);
}

function bad(
  code: Extract<ParsedDefinition, { kind: 'bad' }>['code'],
  issues: DefinitionIssue[] = [],
): ParsedDefinition {
  return {
    kind: 'bad',
    code,
    issues: issues.slice(0, ISSUES_MAX),
    issuesLeftOut: Math.max(0, issues.length - ISSUES_MAX),
  };
}

function isTooLarge(text: string): boolean {
  // No text has fewer bytes than units, so that the huge need not be encoded to be refused.
  return (
    text.length > DEFINITION_BYTES_MAX ||
    new TextEncoder().encode(text).length > DEFINITION_BYTES_MAX
  );
}

type Issue = v.InferIssue<typeof Provider>;

/** Found by our own walk, which finds all of them. */
function isUnknownField(issue: Issue): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function describe(issue: Issue): DefinitionIssue {
  const path = pathOf(issue.path?.map(({ key }) => String(key)) ?? []);
  const code = codeOf(issue);
  return {
    path,
    code,
    expected: code === 'missing' || issue.expected === null ? null : shown(issue.expected),
    received: code === 'missing' ? null : shown(receivedOf(issue)) || null,
  };
}

/** The value itself where it is a text, else what valibot calls it. */
function receivedOf(issue: Issue): string {
  return typeof issue.input === 'string' && issue.type !== 'raw_check'
    ? issue.input
    : issue.received;
}

function codeOf(issue: Issue): IssueCode {
  const spoken = ISSUE_CODES.find((code) => code === issue.message);
  if (spoken !== undefined) return spoken;
  if (issue.received === 'undefined') return 'missing';
  const isChoice = ['picklist', 'literal', 'variant'].includes(issue.type);
  return isChoice ? 'choice' : 'type';
}

function pathOf(keys: readonly string[]): string {
  return keys.map(shown).join('.');
}

function shown(text: string): string {
  return plainText(text, 80);
}
