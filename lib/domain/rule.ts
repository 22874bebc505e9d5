/**
 * The rules by which a provider definition says what an answer means. Pure: whether one holds.
 */
import type { Answer } from './exchange.ts';
import { valueAt } from './json-path.ts';

/** What must stand at one place of the answer's JSON; without a value named, anything. */
export interface BodyCondition {
  readonly path?: string | undefined;
  readonly in?: readonly (string | number | boolean | null)[] | undefined;
  readonly range?: { readonly from: number; readonly to: number } | undefined;
}

/** One rule of a provider definition, as its schema says it. */
export interface Rule extends BodyCondition {
  readonly status?: readonly number[] | undefined;
  readonly and?: readonly BodyCondition[] | undefined;
  readonly text?: readonly string[] | undefined;
  readonly header?: { readonly name: string; readonly in: readonly string[] } | undefined;
  readonly then:
    | 'valid'
    | 'rejected'
    | 'expired'
    | 'limited'
    | 'misconfigured'
    | 'rate-limited'
    | 'provider-trouble'
    | 'unreadable';
}

type Answered = Extract<Answer, { kind: 'answer' }>;

/** Statuses by which a server says that it cannot answer now: whatever else comes along speaks of no credential. */
export function isTroubleStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** Whether a rule's word would be held against the credential. */
export function isCondemning({ then }: Pick<Rule, 'then'>): boolean {
  return then === 'rejected' || then === 'expired';
}

/** The first rule that an answer fulfils. */
export function ruleFor(rules: readonly Rule[], answer: Answered, json: unknown): Rule | undefined {
  return rules.find(
    (rule) => holds(rule, answer, json) && !(isCondemning(rule) && isTroubleStatus(answer.status)),
  );
}

function holds(rule: Rule, answer: Answered, json: unknown): boolean {
  if (rule.status !== undefined && !rule.status.includes(answer.status)) return false;
  if (rule.header !== undefined) {
    const value = answer.headers.get(rule.header.name.toLowerCase());
    if (value === undefined || !rule.header.in.includes(value)) return false;
  }
  if (rule.text !== undefined && !rule.text.includes(answer.text.trim())) return false;
  return [rule, ...(rule.and ?? [])].every((condition) => stands(condition, json));
}

function stands(condition: BodyCondition, json: unknown): boolean {
  if (condition.path === undefined) return true;
  const value = valueAt(json, condition.path);
  if (condition.in === undefined && condition.range === undefined) return value !== undefined;
  const isListed = condition.in?.some((candidate) => candidate === value) ?? false;
  return isListed || isWithin(condition.range, value);
}

function isWithin(range: BodyCondition['range'], value: unknown): boolean {
  return (
    range !== undefined && typeof value === 'number' && value >= range.from && value <= range.to
  );
}
