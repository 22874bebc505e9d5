import { browser } from 'wxt/browser';
import { translator } from '../domain/words.ts';

/** Words of the domain in the browser's language. */
export const say = translator((key, substitutions) =>
  browser.i18n.getMessage(key as never, substitutions as never),
);
