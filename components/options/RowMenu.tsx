import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { Icon } from '../Icon.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

interface Item {
  readonly label: string;
  readonly act: () => void;
}

/** What else can be done with a connection. The browser closes it on Esc and on a click elsewhere. */
export function RowMenu({ model, connection }: Props): VNode {
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = itemsOf(model, connection);
  const move = (event: KeyboardEvent): void => {
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button button-icon"
        aria-label={t('more_named', connection.name)}
        aria-haspopup="menu"
        popovertarget={menuId}
      >
        <Icon name="more" />
      </button>
      <div
        ref={menu}
        id={menuId}
        class="menu"
        role="menu"
        popover="auto"
        aria-label={t('more_named', connection.name)}
        tabIndex={-1}
        onKeyDown={move}
        onToggle={(event) => {
          if ((event as unknown as { newState: string }).newState === 'open')
            place(menu.current, button.current);
        }}
      >
        {items.map(({ label, act }) => (
          <button
            key={label}
            type="button"
            class="menu-item"
            role="menuitem"
            onClick={() => {
              menu.current?.hidePopover();
              act();
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

function itemsOf(model: OptionsModel, connection: Connection): readonly Item[] {
  const { actions, dialogs, router } = model;
  const { id, sync } = connection;
  const opened = { id, tab: 'overview', isReconnecting: false } as const;
  return [
    { label: t('action_open_details'), act: () => router.go({ ...router.list.value, opened }) },
    { label: t('action_check_now'), act: () => void actions.checkNow([id]) },
    { label: t('action_reconnect'), act: () => dialogs.reconnect(connection, true) },
    sync.kind === 'on'
      ? { label: t('action_pause_sync'), act: () => void actions.setSync(connection, 'paused') }
      : { label: t('action_resume_sync'), act: () => void actions.setSync(connection, 'on') },
    {
      label: t('action_copy_evidence'),
      act: () => void actions.copyEvidence(connection),
    },
  ];
}

/** Under its button, or over it where there is no room. */
function place(menu: HTMLElement | null, button: HTMLElement | null): void {
  if (menu === null || button === null) return;
  const at = button.getBoundingClientRect();
  const fitsBelow = at.bottom + menu.offsetHeight + 8 < window.innerHeight;
  menu.style.top = `${fitsBelow ? at.bottom + 4 : at.top - menu.offsetHeight - 4}px`;
  menu.style.left = `${Math.max(8, at.right - menu.offsetWidth)}px`;
  menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
}
