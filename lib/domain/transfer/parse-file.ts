import * as v from 'valibot';
import { plainText } from '../json-path.ts';
import { OpenFile, SealedFile, SecretFile } from './connection-file.ts';
import { FILE_VERSION, isTooLarge } from './file-limits.ts';

/** One thing that is wrong with a file, at its place; the texts are a stranger's, cut. */
export interface FileIssue {
  /** Dotted path of the field; empty for the whole file. */
  readonly path: string;
  readonly code: string;
  readonly expected: string | null;
  readonly received: string | null;
}

export type FileProblem =
  | 'transfer-too-large'
  | 'transfer-not-json'
  | 'transfer-foreign'
  | 'transfer-newer'
  | 'transfer-invalid';

export interface BadFile {
  readonly kind: 'bad';
  readonly code: FileProblem;
  readonly issues: FileIssue[];
  readonly issuesLeftOut: number;
}

export type ParsedFile =
  | { readonly kind: 'open'; readonly file: OpenFile }
  | { readonly kind: 'sealed'; readonly file: SealedFile }
  | BadFile;

/** More issues than this are counted, not listed. */
const ISSUES_MAX = 50;

/**
 * Reads a file of connections. Never throws: whatever is wrong with the text is the answer.
 * @param text the file as it is; a byte order mark is passed over
 */
export function parseFile(text: string): ParsedFile {
  if (isTooLarge(text)) return bad('transfer-too-large');
  const json = jsonOf(text);
  if (json === undefined) return bad('transfer-not-json');
  const mark = ownField(json, 'patchbay');
  if (mark !== 'connections' && mark !== 'connections-sealed') return bad('transfer-foreign');
  const version = ownField(json, 'version');
  if (typeof version === 'number' && version > FILE_VERSION) return bad('transfer-newer');
  if (mark === 'connections') {
    const parsed = v.safeParse(OpenFile, json);
    return parsed.success ? { kind: 'open', file: parsed.output } : invalid(parsed.issues, text);
  }
  const parsed = v.safeParse(SealedFile, json);
  return parsed.success ? { kind: 'sealed', file: parsed.output } : invalid(parsed.issues, text);
}

/** Reads what stood inside a sealed file, once it has been opened. Never throws. */
export function parseSecretFile(
  text: string,
): { readonly kind: 'secret'; readonly file: SecretFile } | BadFile {
  const parsed = v.safeParse(SecretFile, jsonOf(text));
  return parsed.success ? { kind: 'secret', file: parsed.output } : invalid(parsed.issues, '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

function ownField(json: unknown, key: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, key)) return undefined;
  return Reflect.get(json, key);
}

function bad(code: FileProblem): BadFile {
  return { kind: 'bad', code, issues: [], issuesLeftOut: 0 };
}

/** @param shownText where the values may be shown from; empty where they may be secrets */
function invalid(issues: readonly v.BaseIssue<unknown>[], shownText: string): BadFile {
  return {
    kind: 'bad',
    code: 'transfer-invalid',
    issues: issues.slice(0, ISSUES_MAX).map((issue) => describe(issue, shownText !== '')),
    issuesLeftOut: Math.max(0, issues.length - ISSUES_MAX),
  };
}

/** Our own messages are codes; valibot's are sentences, with spaces in them. */
const CODE = /^[a-z-]+$/;

function describe(issue: v.BaseIssue<unknown>, showsValue: boolean): FileIssue {
  const code = codeOf(issue);
  const path = issue.path?.map(({ key }) => plainText(String(key), 80)).join('.') ?? '';
  // A field that should not be there may hold a secret: its name is enough.
  const isShown = showsValue && code !== 'missing' && code !== 'unknown-field';
  const received = typeof issue.input === 'string' ? issue.input : issue.received;
  return {
    path,
    code,
    expected: code === 'type' || code === 'choice' ? shown(issue.expected) : null,
    received: isShown ? shown(received) : null,
  };
}

function codeOf(issue: v.BaseIssue<unknown>): string {
  if (CODE.test(issue.message)) return issue.message;
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown-field';
  if (issue.received === 'undefined') return 'missing';
  return ['literal', 'variant'].includes(issue.type) ? 'choice' : 'type';
}

function shown(text: string | null): string | null {
  return plainText(text ?? '', 80) || null;
}
