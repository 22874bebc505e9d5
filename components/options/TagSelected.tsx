import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { ErrorCode } from '../../lib/domain/errors.ts';
import { TAG_LENGTH_MAX, tagNameProblem, tagUses } from '../../lib/domain/tag.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { TagSuggestions } from './TagSuggestions.tsx';

/** Gives all that is selected a tag, or takes one from them. */
export function TagSelected({ model }: { readonly model: OptionsModel }): VNode {
  const { bulk, selection } = model;
  const id = useId();
  const known = useId();
  const typed = useSignal('');
  const problem = useSignal<ErrorCode | null>(null);
  const popover = useRef<HTMLDivElement>(null);
  const connections = selection.connections.value;
  const close = (): void => popover.current?.hidePopover();
  return (
    <>
      <ChangeButton type="button" class="button" popovertarget={id}>
        {t('action_tag')}
      </ChangeButton>
      <div
        ref={popover}
        id={id}
        class="menu anchored tag-popover"
        popover="auto"
        role="dialog"
        aria-label={t('tag_selected')}
      >
        <form
          class="field-with-button"
          onSubmit={(event) => {
            event.preventDefault();
            const tag = typed.value.trim();
            problem.value = tagNameProblem(tag);
            if (problem.value !== null) return;
            typed.value = '';
            close();
            void bulk.change(connections, { kind: 'add-tag', tag });
          }}
        >
          <input
            autofocus
            class="field"
            dir="auto"
            list={known}
            aria-label={t('tag_add')}
            placeholder={t('tag_add')}
            maxLength={TAG_LENGTH_MAX}
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
              problem.value = null;
            }}
          />
          <TagSuggestions id={known} model={model} tags={[]} />
          <button type="submit" class="button" disabled={typed.value.trim() === ''}>
            {t('tag_add_all')}
          </button>
        </form>
        {problem.value !== null && <ProblemNote problem={{ code: problem.value, detail: null }} />}
        <ul>
          {tagUses([], connections).map(({ name, count }) => (
            <li key={name}>
              <button
                type="button"
                class="menu-item"
                onClick={() => {
                  close();
                  void bulk.change(connections, { kind: 'remove-tag', tag: name });
                }}
              >
                {t('tag_take_named', name, count)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
