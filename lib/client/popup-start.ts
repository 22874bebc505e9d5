/**
 * Imported before anything else by the popup, so that its reads run while the rest of the script is
 * still being evaluated. Nothing here wakes the background.
 */
import { askActiveHost } from '../rpc/active-tab.ts';
import { databaseOnDemand } from '../store/on-demand.ts';
import { readPopup } from './popup-records.ts';

export const popupDatabase = databaseOnDemand();
const opened = popupDatabase();
export const activeHost = askActiveHost();
let known: string | null = null;
void activeHost.then((host) => {
  known = host;
});
// Not waited for: a host that is not known once the database is open comes after the first frame.
export const popupFirst = opened.then((db) => readPopup(db, known));
