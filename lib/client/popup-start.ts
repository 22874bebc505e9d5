/**
 * Imported before anything else by the popup, so that its reads run while the rest of the script is
 * still being evaluated. Nothing here wakes the background.
 */
import { keepOpen } from './open-records.ts';
import { readPopup } from './popup-records.ts';

export const popupDatabase = keepOpen();
export const popupFirst = popupDatabase().then(readPopup);
