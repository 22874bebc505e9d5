import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { useIsLocked, VIEW_ONLY_REASON } from './use-change.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Whether it changes something, which cannot be done while changes are locked. */
  readonly isChange?: boolean;
  readonly run: () => void;
}

interface Props {
  /** Name of the button and of the menu. */
  readonly label: string;
  /** What the button shows; the sign for more unless given. */
  readonly text?: string;
  /** Asked for when the menu opens. */
  readonly items: () => readonly MenuItem[];
  readonly tabIndex?: number;
}

/** A button with a menu. The menu exists only while it is open, so that a long list stays light. */
export function MenuButton({ label, text, items, tabIndex = 0 }: Props): VNode {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={text === undefined ? 'button button-icon' : 'button'}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={tabIndex}
        onClick={() => setOpen(!isOpen)}
      >
        {text ?? <Icon name="more" />}
      </button>
      {isOpen && <OpenMenu label={label} items={items()} anchor={button} onClose={close} />}
    </>
  );
}

interface OpenProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly anchor: { readonly current: HTMLButtonElement | null };
  readonly onClose: () => void;
}

/** The menu of a button, while it is open. */
export function OpenMenu({ label, items, anchor, onClose }: OpenProps): VNode {
  const menu = useRef<HTMLDivElement>(null);
  const isLocked = useIsLocked();
  useLayoutEffect(() => {
    const opened = menu.current;
    const button = anchor.current;
    if (opened === null || button === null) return undefined;
    opened.showPopover();
    place(opened, button.getBoundingClientRect());
    itemsIn(opened)[0]?.focus();
    return () => {
      // What had the focus is about to go: without this it would fall to the page.
      if (opened.contains(document.activeElement)) button.focus();
    };
  }, [anchor]);
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      popover="auto"
      onKeyDown={(event) => move(event, onClose)}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class="menu-item"
          {...(isLocked && item.isChange === true ? LOCKED : {})}
          onClick={() => {
            if (isLocked && item.isChange === true) return;
            onClose();
            item.run();
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

/** Keys reach it all the same, as the menu pattern has it. */
const LOCKED = { 'aria-disabled': true, 'aria-describedby': VIEW_ONLY_REASON } as const;

function itemsIn(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Keys as the menu pattern has them (WAI-ARIA Authoring Practices, "Menu and Menubar"). */
function move(event: KeyboardEvent & { currentTarget: HTMLElement }, onClose: () => void): void {
  const items = itemsIn(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const target = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (target !== undefined) items[target]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') onClose();
  else return;
  // Esc would close the whole popup of the toolbar too; arrows would scroll the list behind.
  if (event.key !== 'Tab') event.preventDefault();
  event.stopPropagation();
}

/** Below the button and ending with it; above where there is no room below. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = button.bottom + height + 4 <= window.innerHeight;
  const isRightToLeft = getComputedStyle(menu).direction === 'rtl';
  const left = isRightToLeft ? button.left : button.right - width;
  menu.style.top = `${Math.max(4, isBelow ? button.bottom + 2 : button.top - height - 2)}px`;
  menu.style.left = `${Math.max(4, Math.min(left, window.innerWidth - width - 4))}px`;
}
