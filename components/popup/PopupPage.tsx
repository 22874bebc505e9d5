import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t, tell } from '../../lib/client/translate.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { LockedNote } from '../LockedNote.tsx';
import { LostState } from '../LostState.tsx';
import { Messages } from '../Messages.tsx';
import { NetworkNote } from '../NetworkNote.tsx';
import { UnreadableNote } from '../UnreadableNote.tsx';
import { ViewOnlyContext } from '../use-change.ts';
import { useUndoKey } from '../use-undo-key.ts';
import { ViewOnlyNote } from '../ViewOnlyNote.tsx';
import { AttemptStrip } from './AttemptStrip.tsx';
import { ConnectionList } from './ConnectionList.tsx';
import { PopupFooter } from './PopupFooter.tsx';
import { PopupHeader } from './PopupHeader.tsx';

/** The toolbar's popup. */
export function PopupPage({ model }: { readonly model: PopupModel }): VNode {
  const search = useRef<HTMLInputElement>(null);
  useKeys(model, search);
  useUndoKey(model);
  return (
    <ViewOnlyContext.Provider value={model.records.viewOnly.value}>
      <div class="popup">
        <PopupHeader model={model} searchRef={search} />
        <ViewOnlyNote>
          <button type="button" class="button" onClick={() => model.actions.open('#/settings')}>
            {t('action_unlock_changes')}
          </button>
        </ViewOnlyNote>
        <LockedNote lock={model.records.vaultLock.value} model={model.vault} />
        <main class="popup-main">
          <NetworkNote
            network={model.records.network.value}
            connections={model.records.connections.value}
            isWhole={model.records.isWhole.value}
            now={model.now.value}
          />
          <AttemptStrip model={model} />
          <Silence model={model} />
          <UnreadableNote
            damage={model.damage}
            onShow={() => model.actions.open('#/connections')}
          />
          <Content model={model} />
        </main>
        <PopupFooter model={model} />
        <Messages model={model.messages} />
      </div>
    </ViewOnlyContext.Provider>
  );
}

/**
 * `/` goes to the search, and arrows into the list from wherever they have no other use. Enter in the
 * search presses what the first hit offers, as soon as everything was looked at. Esc clears the
 * search, and closes the popup once there is nothing to clear.
 */
function useKeys(model: PopupModel, search: RefObject<HTMLInputElement | null>): void {
  const isWhole = model.records.isWhole.value;
  /** What was searched for when Enter was pressed last. */
  const entered = useRef<string | null>(null);
  // Before the first frame, so that no key is lost.
  useLayoutEffect(() => {
    const field = search.current;
    const pressFirst = (): void => {
      if (isWhole && entered.current === model.text.value && document.activeElement === field)
        buttonAt('[data-row="0"] [data-main]')?.click();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, target } = event;
      const isInSearch = target === field;
      const isFree = target instanceof Element && !target.matches('input, select');
      if (key === 'Escape' ? model.text.value !== '' : key === '/' && isFree) {
        // The browser closes a popup on Esc unless it is told that the key was for something else.
        event.preventDefault();
        if (key === 'Escape') model.search('');
        field?.focus();
      } else if (key === 'Enter' && isInSearch && model.isSearching.value) {
        // A key that is held would undo what it did: the same button cancels.
        if (event.repeat) return;
        entered.current = model.text.value;
        pressFirst();
      } else if (
        isInSearch
          ? key === 'ArrowDown' || key === 'Enter'
          : isFree && (key === 'ArrowDown' || key === 'ArrowUp')
      ) {
        event.preventDefault();
        buttonAt('[data-main][tabindex="0"]')?.focus();
      }
    };
    // What was asked for before everything was looked at.
    pressFirst();
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isWhole, model, search]);
}

function buttonAt(selector: string): HTMLElement | null {
  return document.querySelector(selector);
}

function Content({ model }: { readonly model: PopupModel }): VNode | null {
  const { records, actions } = model;
  if (!records.isRead.value) return null;
  const trouble = records.trouble.value;
  if (trouble !== null)
    return (
      <EmptyState title={t('popup_unreadable')} text={tell(errorWords(trouble))}>
        <button type="button" class="button" onClick={() => void records.readAgain()}>
          {t('action_try_again')}
        </button>
      </EmptyState>
    );
  if (model.length.value > 0) return <ConnectionList model={model} />;
  if (model.isSearching.value)
    return model.records.isWhole.value ? (
      <EmptyState title={t('popup_nothing_found')}>
        <button type="button" class="button" onClick={() => model.search('')}>
          {t('action_clear_search')}
        </button>
      </EmptyState>
    ) : null;
  if (Object.keys(records.totals.value.byEnvironment).length > 0)
    return (
      <EmptyState title={t('popup_environment_empty')}>
        <button type="button" class="button" onClick={() => actions.setEnvironment(null)}>
          {t('action_show_all_environments')}
        </button>
      </EmptyState>
    );
  if (!model.damage.isRead.value) return null;
  const lost = model.damage.lost.value;
  if (lost !== null)
    return (
      <LostState
        lost={lost}
        onRestore={() => actions.open('#/settings')}
        onStartAnew={() => void model.damage.startAnew()}
      />
    );
  return (
    <EmptyState title={t('popup_welcome')} text={t('popup_welcome_text')}>
      <ChangeButton class="button button-main" onClick={() => actions.open('#/new')}>
        {t('action_new_connection')}
      </ChangeButton>
    </EmptyState>
  );
}

/** What is said when the background leaves a request without an answer. */
function Silence({ model: { actions } }: { readonly model: PopupModel }): VNode | null {
  if (!actions.isSilent.value) return null;
  return (
    <div class="strip strip-bad" role="alert">
      <p>{t('popup_silent')}</p>
      <button type="button" class="button" onClick={actions.knock}>
        {t('action_try_again')}
      </button>
    </div>
  );
}
