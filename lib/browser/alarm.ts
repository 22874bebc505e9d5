import { browser } from 'wxt/browser';

const NAME = 'sweep';
/** Should the worker die before it sets the next alarm, at whatever point, this one comes again. */
const SAFETY_MINUTES = 1;

/** Sets the one alarm of the extension. */
export async function wakeAt(at: number | null): Promise<void> {
  if (at === null) {
    await browser.alarms.clear(NAME);
    return;
  }
  const set = await browser.alarms.get(NAME);
  // Setting it anew each time would put off one that is about to fire.
  if (set !== undefined && Math.abs(set.scheduledTime - at) < 1_000) return;
  await browser.alarms.create(NAME, { when: at, periodInMinutes: SAFETY_MINUTES });
}

/** Calls `listener` whenever the alarm fires. Register it synchronously. */
export function onWake(listener: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === NAME) listener();
  });
}
