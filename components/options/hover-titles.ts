/**
 * Titles of what a person points at in the rows: the whole of a text that is cut, and the exact moment. A
 * long list holds hundreds of both, of which one is asked for at a time.
 */
import { absoluteText } from '../../lib/client/moments.ts';

/** To be called when the pointer comes over something in the rows. */
export function giveTitle({ target }: PointerEvent): void {
  const titled = titledBy(target);
  const title = titled === null ? null : titleOf(titled);
  if (titled !== null && title !== null) titled.title = title;
}

/** To be called when it leaves: the row may show another connection before it comes back. */
export function takeTitle({ target }: PointerEvent): void {
  titledBy(target)?.removeAttribute('title');
}

/** Tags say themselves what they are called. */
function titledBy(target: EventTarget | null): HTMLElement | null {
  const found =
    target instanceof Element ? target.closest<HTMLElement>('time, .tag, .one-line, td') : null;
  return found?.matches('.tag') === true ? null : found;
}

function titleOf(element: HTMLElement): string | null {
  if (element instanceof HTMLTimeElement) return absoluteText(Date.parse(element.dateTime));
  const isCut = element.scrollWidth > element.clientWidth;
  if (!isCut) return null;
  const lines = [...element.children].filter((one) => one.matches('bdi, span'));
  return (lines.length === 0 ? [element] : lines)
    .map(({ textContent }) => textContent.trim())
    .filter(Boolean)
    .join('\n');
}
