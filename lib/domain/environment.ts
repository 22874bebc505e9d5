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

/** Whether one of the person's own environments other than `id` has this name, whatever its case. */
export function isNameTaken(own: readonly Environment[], name: string, id: string): boolean {
  return own.some((one) => one.id !== id && sortName(one.name ?? '') === sortName(name));
}
