import type { Connection } from '../domain/connection.ts';
import type { Environment } from '../domain/environment.ts';
import type { MessageKey } from '../domain/words.ts';
import { t } from './translate.ts';

const BUILT_IN_NAMES: Readonly<Record<string, MessageKey>> = {
  development: 'environment_development',
  staging: 'environment_staging',
  production: 'environment_production',
};

/** The name of an environment: the person's own, or the translated one of those that come along. */
export function environmentName(environment: Environment): string {
  const key = BUILT_IN_NAMES[environment.id];
  return environment.name ?? (key === undefined ? environment.id : t(key));
}

/** The name of an environment that a record names; the id where there is none of it here. */
export function environmentNameOf(all: readonly Environment[], id: string): string {
  return environmentName(all.find((one) => one.id === id) ?? { id, name: null });
}

/**
 * Whether connections are told apart by their environment, so that it has to be named with each.
 * @param all every one that there is; `null`: nobody knows yet
 */
export function hasSeveralEnvironments(all: readonly Connection[] | null): boolean {
  return all === null || all.some(({ environmentId }) => environmentId !== all[0]?.environmentId);
}
