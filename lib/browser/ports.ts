import type { Ports } from '../engine/ports.ts';
import { openAnnouncer } from '../rpc/changes.ts';
import { readMarker, writeMarker } from '../rpc/marker.ts';
import { databaseOnDemand } from '../store/on-demand.ts';
import { openVault } from '../store/vault.ts';
import { wakeAt } from './alarm.ts';
import { authTab } from './auth-tab.ts';
import { authWindow } from './auth-window.ts';
import { drawBadge } from './badge.ts';
import { openClock } from './clock.ts';
import { readCatalogue } from './catalogue.ts';
import { dropListeners } from './drop-listeners.ts';
import { openHostPermissions } from './host-permissions.ts';
import { keepAwake } from './keep-awake.ts';
import { readManaged } from './managed-storage.ts';
import { notifier } from './notifier.ts';
import { stripOrigin } from './origin-rule.ts';
import { openSend } from './send.ts';
import { unlockedKey } from './unlocked-key.ts';

/** In end-to-end tests pauses are shorter; what is asked of providers, and in which order, is the same. */
const PAUSE_SHARE = import.meta.env.MODE === 'e2e' ? 0.2 : 1;

/** All powers of this browser. Listeners inside are registered synchronously. */
export function browserPorts(): Ports {
  dropListeners();
  const permissions = openHostPermissions();
  const database = databaseOnDemand();
  const clock = openClock(() => Date.now());
  return {
    now: () => Date.now(),
    chance: () => Math.random(),
    newId: () => crypto.randomUUID(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms * PAUSE_SHARE)),
    send: clock.listen(openSend(permissions.has)),
    clockOff: clock.off,
    database,
    vault: openVault(database, unlockedKey),
    marker: { read: readMarker, write: writeMarker },
    catalogue: readCatalogue,
    lock: (name, run) => navigator.locks.request(name, run) as ReturnType<typeof run>,
    authWindow,
    authTab,
    managed: readManaged,
    hasOrigins: permissions.has,
    dropOrigins: permissions.dropAll,
    stripOrigin,
    drawBadge,
    notifier,
    wakeAt,
    keepAwake,
    announce: openAnnouncer(),
  };
}
