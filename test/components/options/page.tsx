/** The whole options page in a document, and ways to find things in it as a person does. */
import { render } from 'preact';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import type { World } from '../../client/options-world.ts';

/** Shows the page of a world. */
export function show(world: World): void {
  document.body.innerHTML = '<div id="app"></div>';
  const app = document.getElementById('app');
  if (app !== null) render(<OptionsPage model={world.model} />, app);
}

/** Lets what was changed reach the document. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function nameOf(element: Element): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy !== null) return document.getElementById(labelledBy)?.textContent?.trim() ?? '';
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const field = element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`);
  return (field ?? element).textContent?.trim() ?? '';
}

/** Every element that a selector and a name fit. */
export function all(selector: string, name?: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => name === undefined || nameOf(element) === name,
  );
}

/** The only such element. @throws Error when there is none, or more than one */
export function the(selector: string, name?: string): HTMLElement {
  const [found, ...more] = all(selector, name);
  if (found === undefined || more.length > 0)
    throw new Error(`${more.length + (found ? 1 : 0)} × ${selector} "${name ?? ''}"`);
  return found;
}

/** Types into a field. */
export function type(field: HTMLElement, text: string): void {
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function submit(dialog: HTMLElement): void {
  dialog
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}
