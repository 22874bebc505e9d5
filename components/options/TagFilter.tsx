import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { TagsMatch } from '../../lib/domain/query.ts';

/** The tags in use, several of which can be chosen; nothing while there are none. */
export function TagFilter({ model: { list } }: { readonly model: OptionsModel }): VNode | null {
  const { tags: chosen, tagsMatch } = list.query.value;
  const { tags } = list.facets.value;
  if (tags.length === 0) return null;
  const toggle = (id: string, isOn: boolean): void => {
    // As chosen by now: two clicks can come before one is shown.
    const others = list.query.value.tags.filter((tag) => tag.toLowerCase() !== id);
    list.filter({ tags: isOn ? [...others, id] : others });
  };
  return (
    <div>
      <h2 class="filters-title">{t('field_tags')}</h2>
      <select
        class="field tags-match"
        aria-label={t('tags_match')}
        value={tagsMatch}
        onChange={(event) => list.filter({ tagsMatch: event.currentTarget.value as TagsMatch })}
      >
        <option value="any">{t('tags_any')}</option>
        <option value="all">{t('tags_all')}</option>
      </select>
      <ul aria-label={t('field_tags')}>
        {tags.map(({ id, name, count }) => (
          <li key={id}>
            <label class="filter">
              <input
                type="checkbox"
                aria-label={name}
                checked={chosen.some((tag) => tag.toLowerCase() === id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              <bdi class="one-line filter-name">{name}</bdi>
              <span class="count">{count}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
