import { DEFAULT_SETTINGS } from '../domain/settings.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import type { Ports } from './ports.ts';
import { drawBadge, tell } from './tell.ts';
import { planWake } from './wake.ts';

/** Keeps what the person changed; the badge follows the chosen environment. */
export async function saveSettings(
  ports: Ports,
  input: ParsedInput<'saveSettings'>,
): Promise<void> {
  const { quietHours, ...others } = input;
  await commit(await ports.database(), {
    also: (tx) =>
      editKept(tx, 'settings', (stored) => {
        const before = { ...DEFAULT_SETTINGS, ...stored };
        const hours = { ...before.quietHours, ...given(quietHours ?? {}) };
        return { ...before, ...given(others), quietHours: hours };
      }),
  });
  // How the list stands changes nothing in it.
  const isOfList = input.environmentId !== undefined || input.periodMinutes !== undefined;
  ports.announce({
    kinds: isOfList ? ['settings', 'connections'] : ['settings'],
    checking: null,
  });
  // What was held back is told where the hours were changed; else they end by the alarm.
  if (quietHours === undefined) await drawBadge(ports);
  else await Promise.allSettled([tell(ports), planWake(ports)]);
}

/** Without what was not said. */
function given(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
