import { browser } from 'wxt/browser';

export interface HostPermissions {
  /** Whether every origin is granted at this moment. */
  readonly has: (origins: readonly string[]) => Promise<boolean>;
  /** Gives every granted host back, as far as the browser lets go of it. */
  readonly dropAll: () => Promise<void>;
}

/**
 * The granted hosts. Each answer is remembered until the browser says that permissions changed, so
 * that a sweep of thousands can look right before each request.
 */
export function openHostPermissions(): HostPermissions {
  const known = new Map<string, Promise<boolean>>();
  const forget = (): void => known.clear();
  browser.permissions.onAdded.addListener(forget);
  browser.permissions.onRemoved.addListener(forget);
  const one = (origin: string): Promise<boolean> => {
    let answer = known.get(origin);
    if (answer === undefined) {
      answer = browser.permissions.contains({ origins: [origin] });
      known.set(origin, answer);
    }
    return answer;
  };
  return {
    has: async (origins) => (await Promise.all(origins.map(one))).every(Boolean),
    async dropAll() {
      const { origins = [] } = await browser.permissions.getAll();
      // One that the manifest demands cannot be given back, and must not keep the others.
      const drop = (origin: string) => browser.permissions.remove({ origins: [origin] });
      await Promise.allSettled(origins.map(drop));
    },
  };
}
