import { readAuthorizations } from '../store/authorizations.ts';
import type { Engine } from './engine.ts';

/**
 * Closes sign-in windows of ours that no worker waits for: the browser shows no other one while they
 * are open. Ours are those that an attempt has noted, and those at the sign-in page that is about to
 * be opened; any other small window is somebody else's.
 * @param url of the sign-in page
 * @returns whether one was closed
 */
export async function closeLeftovers(engine: Engine, url: string): Promise<boolean> {
  const page = pageOf(url);
  const attempts = await readAuthorizations(await engine.database());
  const noted = new Set(attempts.map(({ windowId, isInTab }) => (isInTab ? null : windowId)));
  const popups = await engine.authWindow.popups().catch(() => []);
  const ours = popups.filter(
    (popup) => noted.has(popup.id) || (popup.url !== null && pageOf(popup.url) === page),
  );
  for (const { id } of ours) await engine.authWindow.closeLeftover(id);
  return ours.length > 0;
}

function pageOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
