/** What keeps a file from being written: of all that is stored, one thing that no import would take. Pure. */
import { plainText } from '../json-path.ts';
import type { BadFile } from './parse-file.ts';

/** The lists of a file, and what each of them holds. */
const LISTS = {
  connections: 'connection',
  environments: 'environment',
  tags: 'tag',
  views: 'view',
  flows: 'flow',
} as const;

type ListName = keyof typeof LISTS;

/** A file as far as its things are named; a tag has no id. */
export type NamedLists = {
  readonly [List in ListName]?:
    | readonly { readonly id?: string; readonly name: string }[]
    | undefined;
};

/** One field that could not be read back, and whose it is. */
export interface Unreadable {
  readonly of: (typeof LISTS)[ListName];
  readonly id: string | null;
  /** Made safe to be shown, and cut; the id where nothing of it can be shown. */
  readonly name: string;
  /** Dotted path within it, as a file has it. */
  readonly field: string;
  /** What is wrong with it, as an issue says it. */
  readonly code: string;
  /** How much else is wrong with the file. */
  readonly more: number;
}

const NAME_MAX = 80;
const PLACE = /^(connections|environments|tags|views|flows)\.(\d+)(?:\.(.*))?$/;

/**
 * The first thing that is wrong with a file of ours, by the name that a person knows.
 * @param file what was judged
 * @returns `null` where it is no field but the file as a whole: that it is too large, or its list too long
 */
export function unreadableIn(
  file: NamedLists,
  { issues, issuesLeftOut }: Pick<BadFile, 'issues' | 'issuesLeftOut'>,
): Unreadable | null {
  const [first] = issues;
  const [, list, at, field = ''] = PLACE.exec(first?.path ?? '') ?? [];
  const owner = file[list as ListName]?.[Number(at)];
  if (first === undefined || owner === undefined) return null;
  return {
    of: LISTS[list as ListName],
    id: owner.id ?? null,
    name: plainText(owner.name, NAME_MAX) || (owner.id ?? ''),
    field,
    code: first.code,
    more: issues.length - 1 + issuesLeftOut,
  };
}
