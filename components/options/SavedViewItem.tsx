import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { SavedViews } from '../../lib/client/options-views.ts';
import { t } from '../../lib/client/translate.ts';
import type { SavedView } from '../../lib/domain/saved-view.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { Icon } from '../Icon.tsx';
import { NewNameNote } from './NewNameNote.tsx';

interface Props {
  readonly views: SavedViews;
  readonly view: SavedView;
  readonly isRenamed: boolean;
  readonly onRename: (isOn: boolean) => void;
}

/** One saved view: a link to it, or the field for its new name. */
export function SavedViewItem({ views, view, isRenamed, onRename }: Props): VNode {
  if (isRenamed) return <RenameField views={views} view={view} onDone={() => onRename(false)} />;
  const { name } = view;
  return (
    <li class="view">
      <a
        class="filter"
        href={views.addressOf(view)}
        aria-current={views.current.value?.id === view.id ? 'true' : undefined}
      >
        <bdi class="one-line">{name}</bdi>
      </a>
      <ChangeButton
        class="button button-plain"
        aria-label={t('view_rename_named', name)}
        onClick={() => onRename(true)}
      >
        {t('action_rename')}
      </ChangeButton>
      <ChangeButton
        class="button button-icon"
        aria-label={t('view_delete_named', name)}
        onClick={() => void views.remove(view)}
      >
        <Icon name="close" />
      </ChangeButton>
    </li>
  );
}

function RenameField({
  views,
  view,
  onDone,
}: Pick<Props, 'views' | 'view'> & { readonly onDone: () => void }): VNode {
  const name = useSignal(view.name);
  // As it was called when it was seen: what others do meanwhile is shown before it is written over.
  const seen = useSignal(view);
  const newName = useSignal<string | null>(null);
  return (
    <li>
      <form
        class="field-with-button"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await views.rename(seen.value, name.value)) {
            onDone();
            return;
          }
          const current = views.views.value.find(({ id }) => id === view.id);
          if (current === undefined || current.name === seen.value.name) return;
          newName.value = current.name;
          seen.value = current;
        }}
      >
        <input
          class="field"
          dir="auto"
          aria-label={t('field_new_name')}
          maxLength={60}
          ref={(field) => {
            if (document.activeElement !== field) field?.focus();
          }}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <ChangeButton type="submit" class="button" disabled={name.value.trim() === ''}>
          {t('action_save')}
        </ChangeButton>
        <button type="button" class="button" onClick={onDone}>
          {t('action_go_back')}
        </button>
      </form>
      <NewNameNote newName={newName.value} />
    </li>
  );
}
