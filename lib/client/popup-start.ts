/**
 * Imported before anything else by the popup, so that its reads run while the rest of the script is
 * still being evaluated. Nothing here wakes the background.
 */
import { databaseOnDemand } from '../store/on-demand.ts';
import { readPopup } from './popup-records.ts';

export const popupDatabase = databaseOnDemand();
export const popupFirst = popupDatabase().then(readPopup);
