/**
 * The key of an unlocked vault, in the session storage of the extension: in memory alone, for our own
 * contexts alone, and gone with the browser (docs/decisions/0020-vault-passphrase.md). No secret of a
 * provider stands there.
 */
import { browser } from 'wxt/browser';
import type { KeyMemory, UnlockedKey } from '../store/key-memory.ts';

const NAME = 'unlocked';

export const unlockedKey: KeyMemory = {
  async read() {
    const found = (await browser.storage.session.get(NAME))[NAME] as UnlockedKey | undefined;
    return found ?? null;
  },
  async write(key) {
    if (key === null) await browser.storage.session.remove(NAME);
    else await browser.storage.session.set({ [NAME]: key });
  },
};
