/**
 * Parts of a row that remember what they show. Touching an element costs the browser many times what a
 * comparison does, and most of what a row says is as it was.
 */
import { markWords } from '../../lib/domain/mark.ts';

/**
 * The text of an element, with what was searched for marked in it.
 * @returns what shows a text; words as `searchWords` makes them
 */
export function paintedText(element: Element): (text: string, words?: readonly string[]) => void {
  let shownText = '';
  let shownWords: readonly string[] = NO_WORDS;
  let only: Text | null = null;
  return (text, words = NO_WORDS) => {
    if (text === shownText && words === shownWords) return;
    shownText = text;
    shownWords = words;
    const pieces = words.length === 0 ? [] : markWords(text, words);
    if (pieces.some(({ isMarked }) => isMarked)) {
      only = null;
      element.replaceChildren(
        ...pieces.map((piece) => (piece.isMarked ? markOf(piece.text) : piece.text)),
      );
    } else if (only === null) {
      only = document.createTextNode(text);
      element.replaceChildren(only);
    } else if (only.data !== text) only.data = text;
  };
}

const NO_WORDS: readonly string[] = [];

function markOf(text: string): HTMLElement {
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
}

/** An attribute of an element; `null` is none. */
export function paintedAttribute(element: Element, name: string): (value: string | null) => void {
  let shown: string | null = null;
  return (value) => {
    if (value === shown) return;
    shown = value;
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
}

/**
 * A part that is not always there.
 * @param place what it comes before
 * @returns what puts it there or takes it away; a focus that it had goes to the next control of its row
 */
export function paintedPresence(
  part: HTMLElement,
  place: ChildNode | null,
): (isThere: boolean) => void {
  const parent = part.parentElement;
  let wasThere = parent !== null;
  return (isThere) => {
    if (isThere === wasThere) return;
    wasThere = isThere;
    if (isThere) {
      parent?.insertBefore(part, place);
      return;
    }
    const next = document.activeElement === part ? controlAfter(part) : null;
    part.remove();
    next?.focus();
  };
}

/** The control after this one in its row, or else the row's first. */
function controlAfter(part: HTMLElement): HTMLElement | null {
  const controls = [
    ...(part.closest('tr')?.querySelectorAll<HTMLElement>('a[href], button:not(:disabled)') ?? []),
  ].filter((control) => control !== part);
  const isAfter = (control: HTMLElement): boolean =>
    (part.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return controls.find(isAfter) ?? controls[0] ?? null;
}
