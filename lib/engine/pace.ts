import type { Pace } from '../domain/schedule.ts';
import type { Settings } from '../domain/settings.ts';
import type { Provider } from '../providers/schema.ts';
import type { Ports } from './ports.ts';

/** How often a provider is asked, with this moment's draw of chance. */
export function paceOf(
  ports: Pick<Ports, 'chance'>,
  settings: Settings,
  provider: Provider | null,
): Pace {
  return {
    periodMs: settings.periodMinutes * 60_000,
    isMetered: provider?.check.metered ?? false,
    chance: ports.chance(),
  };
}
