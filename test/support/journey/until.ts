const EVERY_MS = 50;

/**
 * Waits for a condition.
 * @param what for the message, should it never come
 * @throws Error after `withinMs`
 */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => {
      setTimeout(resolve, EVERY_MS);
    });
  }
}
