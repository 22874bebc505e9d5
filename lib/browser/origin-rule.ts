import { browser } from 'wxt/browser';

/**
 * Takes the `Origin` header off our own requests to some hosts: certain token endpoints refuse the
 * origin of an extension (Entra: AADSTS9002326). Scoped to requests that this extension starts.
 */
export async function stripOrigin(patterns: readonly string[]): Promise<void> {
  const hosts = patterns.map((pattern) => new URL(pattern.replace('/*', '/')).hostname);
  const rules = await browser.declarativeNetRequest.getSessionRules();
  const covered = new Set(rules.flatMap((rule) => rule.condition.requestDomains ?? []));
  const missing = hosts.filter((host) => !covered.has(host));
  if (missing.length === 0) return;
  const nextId = Math.max(0, ...rules.map((rule) => rule.id)) + 1;
  await browser.declarativeNetRequest.updateSessionRules({
    addRules: missing.map((host, index) => ({
      id: nextId + index,
      action: {
        type: 'modifyHeaders' as const,
        requestHeaders: [{ header: 'origin', operation: 'remove' as const }],
      },
      condition: {
        requestDomains: [host],
        initiatorDomains: [browser.runtime.id],
        resourceTypes: ['xmlhttprequest' as const],
      },
    })),
  });
}
