import { sortName } from './connection.ts';

/** The person's own shelf for connections. */
export interface Environment {
  readonly id: string;
  /** `null` for the three that come with Patchbay: their names are translated. */
  readonly name: string | null;
}

export const BUILT_IN_ENVIRONMENTS: readonly Environment[] = [
  { id: 'development', name: null },
  { id: 'staging', name: null },
  { id: 'production', name: null },
];

/** Where a new connection stands when nobody chose. */
export const DEFAULT_ENVIRONMENT_ID = 'production';

/** A selector with more of the person's own is no selector any more. */
export const OWN_ENVIRONMENTS_MAX = 50;

/** The environment of this name among the person's own, whatever its case. */
export function findNamed<E extends Environment>(own: readonly E[], name: string): E | undefined {
  return own.find((one) => sortName(one.name ?? '') === sortName(name));
}

/** Whether one of the person's own environments other than `id` has this name, whatever its case. */
export function isNameTaken(own: readonly Environment[], name: string, id: string): boolean {
  const others = own.filter((one) => one.id !== id);
  return findNamed(others, name) !== undefined;
}
