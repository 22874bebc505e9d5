/** What pages need of the browser, handed to their models by the entry points. */
import { browser } from 'wxt/browser';
import { openOptions } from './options-tab.ts';

/** Of either page. */
interface PagePowers {
  readonly copyText: (text: string) => Promise<void>;
  /** A message of `_locales`. */
  readonly message: (key: string, substitutions: string[]) => string;
}

export interface OptionsPowers extends PagePowers {
  /** Asks the person for host permissions; must be called in a click, before anything is awaited. */
  readonly requestOrigins: (origins: readonly string[]) => Promise<boolean>;
}

export interface PopupPowers extends PagePowers {
  /** See {@link openOptions}. */
  readonly openOptions: (hash: string) => Promise<void>;
  readonly closeWindow: () => void;
}

export const optionsPowers: OptionsPowers = {
  requestOrigins: (origins) => browser.permissions.request({ origins: [...origins] }),
  copyText,
  message,
};

export const popupPowers: PopupPowers = {
  openOptions,
  closeWindow: () => window.close(),
  copyText,
  message,
};

function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}

function message(key: string, substitutions: string[]): string {
  return browser.i18n.getMessage(key as never, substitutions as never);
}
