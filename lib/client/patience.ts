/** A store that does not answer must not leave an empty page. */
const PATIENCE_MS = 250;

/** Waits for what a page's first frame shows, and no longer than a person would without seeing anything. */
export async function withPatience(first: Promise<unknown>): Promise<void> {
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
