/**
 * Which environment the options page shows: the one that its address names, else the one of the
 * settings, which badge and popup follow.
 */
import { effect, untracked } from '@preact/signals';
import { ALL_ENVIRONMENTS } from '../domain/query.ts';
import type { Shared } from './options-deps.ts';
import type { Records } from './options-records.ts';
import { reportFailure } from './report-failure.ts';
import type { Router } from './route.ts';

export interface EnvironmentChoice {
  /** Shows an environment (`null`: all) here and everywhere that follows the settings. */
  readonly choose: (environmentId: string | null) => Promise<void>;
}

/**
 * @param named in an address, as a query has it
 * @returns `null`: all of them
 */
export function environmentShown(
  named: string | null,
  { environments, settings }: Pick<Records, 'environments' | 'settings'>,
): string | null {
  if (named === ALL_ENVIRONMENTS) return null;
  const isKnown = environments.value.some(({ id }) => id === named);
  return isKnown ? named : settings.value.environmentId;
}

/** From its making on, what is chosen elsewhere takes the place of what the address names. */
export function createEnvironmentChoice(
  { call, messages, records }: Pick<Shared, 'call' | 'messages' | 'records'>,
  router: Router,
): EnvironmentChoice {
  const shown = (): string | null =>
    environmentShown(router.list.value.query.environmentId, records);
  const name = (environmentId: string | null): void =>
    router.amend((query) => ({ ...query, environmentId }));
  /** Choices of this page that its settings may not tell of yet. */
  let underWay = 0;
  /** As the settings said last; `undefined` until they were read. */
  let last: string | null | undefined;
  const follow = (): void => {
    const { environmentId } = records.settings.value;
    if (!records.areSettingsRead.value || underWay > 0 || environmentId === last) return;
    const isFirst = last === undefined;
    last = environmentId;
    if (!isFirst && shown() !== environmentId) name(null);
  };
  effect(() => {
    void records.settings.value;
    // What was read may be what stood there already.
    void records.areSettingsRead.value;
    untracked(follow);
  });
  return {
    async choose(environmentId) {
      // So that "Back" leads to what was shown before, and not to what the settings say by then.
      name(shown() ?? ALL_ENVIRONMENTS);
      const route = router.list.value;
      const named = environmentId ?? ALL_ENVIRONMENTS;
      router.go({ ...route, query: { ...route.query, environmentId: named } });
      underWay += 1;
      await reportFailure(messages, () => call('saveSettings', { environmentId }));
      await records.loadSettings();
      underWay -= 1;
      follow();
    },
  };
}
