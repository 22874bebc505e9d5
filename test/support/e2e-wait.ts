/** How long end-to-end tests wait for what the extension does in its own time, and how often they look; milliseconds. */
export const E2E_WAIT = { timeout: 15_000, interval: 40 } as const;
