import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import type { Ports } from './ports.ts';
import { drawBadge } from './tell.ts';

/** Keeps what the person changed; the badge follows the chosen environment. */
export async function saveSettings(
  ports: Ports,
  input: ParsedInput<'saveSettings'>,
): Promise<void> {
  const tx = (await ports.database()).transaction('kept', 'readwrite');
  const stored = (await tx.store.get('settings')) as Partial<Settings> | undefined;
  const given = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  );
  await tx.store.put({ ...DEFAULT_SETTINGS, ...stored, ...given }, 'settings');
  await tx.done;
  // How the list stands changes nothing in it.
  const isOfList = input.environmentId !== undefined || input.periodMinutes !== undefined;
  ports.announce({
    kinds: isOfList ? ['settings', 'connections'] : ['settings'],
    checking: null,
  });
  await drawBadge(ports);
}
