/**
 * Parts of a row that remember what they show. Touching an element costs the browser many times what a
 * comparison does, and most of what a row says is as it was.
 */
import { t } from '../../lib/client/translate.ts';
import { markWords } from '../../lib/domain/mark.ts';
import type { ChangeAttributes } from '../use-change.ts';

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

/** The name of a button that says for which connection it is. */
export function named(
  element: Element,
  key:
    | 'select_named'
    | 'show_issue'
    | 'open_named'
    | 'rename_named'
    | 'delete_named'
    | 'more_named',
): (name: string) => void {
  let shown: string | null = null;
  return (name) => {
    if (name === shown) return;
    shown = name;
    element.setAttribute('aria-label', t(key, name));
  };
}

/** What a button carries that changes something. */
export function paintedChange(button: HTMLButtonElement): (change: ChangeAttributes) => void {
  const reason = paintedAttribute(button, 'aria-describedby');
  return (change) => {
    if (button.disabled !== change.disabled) button.disabled = change.disabled;
    reason(change['aria-describedby'] ?? null);
  };
}

/** @throws Error where a cell was built otherwise */
export function part<E extends HTMLElement = HTMLElement>(cell: HTMLElement, selector: string): E {
  const found = cell.querySelector<E>(selector);
  if (found === null) throw new Error(`A cell has lost its ${selector}.`);
  return found;
}
