import { browser } from 'wxt/browser';

const PATH = '/options.html';
const LIST = '#/connections';

/** A page of ours in a tab, as another one of ours finds it. */
interface Page {
  readonly location: Location;
  readonly browser: typeof browser;
}

/**
 * Shows the options page at a hash route, in the tab that already has it where there is one: of
 * several, in one that is in that section.
 */
export async function openOptions(wanted: string): Promise<void> {
  // The types of the browser know a window of their own, which has nothing.
  const pages = browser.extension
    .getViews({ type: 'tab' })
    .filter((view: Partial<Page>): view is Page => view.location?.pathname === PATH);
  const page =
    pages.find(({ location }) => sectionOf(location.hash) === sectionOf(wanted)) ?? pages[0];
  if (page === undefined) {
    await browser.tabs.create({ url: browser.runtime.getURL(PATH as never) + wanted });
    return;
  }
  page.location.hash = hashFrom(page.location.hash, wanted);
  // Without a permission it alone may ask which tab it is in.
  const tab = await page.browser.tabs.getCurrent();
  // Both at once: a popup may be gone as soon as something else has the focus.
  await Promise.all([
    browser.tabs.update(tab?.id, { active: true }),
    browser.windows.update(tab?.windowId ?? browser.windows.WINDOW_ID_CURRENT, { focused: true }),
  ]);
}

function sectionOf(hash: string): string {
  return hash.split(/[/?]/)[1] || 'connections';
}

/**
 * Where a page goes that is asked for a route. The list stays as the person has it, beside details
 * too.
 * @param present its hash now
 */
export function hashFrom(present: string, wanted: string): string {
  if (sectionOf(present) !== 'connections' || !wanted.startsWith(LIST)) return wanted;
  if (wanted === LIST) return present;
  const [path = '', asked] = wanted.split('?');
  // Those are said of the details that were open.
  const kept = present.split('?')[1]?.replaceAll(/(^|&)(tab|reconnect)=[^&]*/g, '');
  const search = [kept, asked].filter(Boolean).join('&');
  return search === '' ? path : `${path}?${search}`;
}
