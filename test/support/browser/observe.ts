import type { Page } from 'playwright-core';

/** The part of the extension API that is asked here; the page that runs it is the extension's. */
declare const chrome: {
  readonly action: {
    getBadgeText(details: object): Promise<string>;
    getTitle(details: object): Promise<string>;
  };
  readonly notifications: { getAll(): Promise<Record<string, boolean>> };
  readonly alarms: { getAll(): Promise<Alarm[]> };
};

export interface Alarm {
  readonly name: string;
  readonly scheduledTime: number;
  readonly periodInMinutes?: number;
}

/** @returns what the badge on the toolbar button reads; empty when there is none */
export function badgeText(page: Page): Promise<string> {
  return page.evaluate(() => chrome.action.getBadgeText({}));
}

/** @returns the toolbar button's tooltip */
export function tooltip(page: Page): Promise<string> {
  return page.evaluate(() => chrome.action.getTitle({}));
}

/** @returns ids of the notifications that are shown */
export async function notifications(page: Page): Promise<string[]> {
  return Object.keys(await page.evaluate(() => chrome.notifications.getAll()));
}

/** @returns the alarms that are set */
export function alarms(page: Page): Promise<Alarm[]> {
  return page.evaluate(() => chrome.alarms.getAll());
}
