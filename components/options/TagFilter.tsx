import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { FacetCount } from '../../lib/domain/facets.ts';
import type { TagsMatch } from '../../lib/domain/query.ts';
import { tagKey } from '../../lib/domain/tag.ts';
import { TagName } from './TagName.tsx';

/** The tags in use, several of which can be chosen, and the way to manage them all. */
export function TagFilter({ model }: { readonly model: OptionsModel }): VNode {
  const { list, tagDialogs } = model;
  const tags = [...list.facets.value.tags, ...chosenInVain(model)];
  return (
    <div>
      <h2 class="filters-title">{t('field_tags')}</h2>
      {tags.length > 0 && (
        <>
          <select
            class="field tags-match"
            aria-label={t('tags_match')}
            value={list.query.value.tagsMatch}
            onChange={(event) => list.filter({ tagsMatch: event.currentTarget.value as TagsMatch })}
          >
            <option value="any">{t('tags_any')}</option>
            <option value="all">{t('tags_all')}</option>
          </select>
          <ul aria-label={t('field_tags')}>
            {tags.map((tag) => (
              <Choice key={tag.id} model={model} tag={tag} />
            ))}
          </ul>
        </>
      )}
      <button type="button" class="button button-plain tags-manage" onClick={tagDialogs.open}>
        {t('tags_manage')}
      </button>
    </div>
  );
}

/** Tags of the address that nobody carries (any more), so that they can be given up. */
function chosenInVain({ list }: OptionsModel): FacetCount[] {
  const known = new Set(list.facets.value.tags.map(({ id }) => id));
  return list.query.value.tags
    .filter((name) => !known.has(tagKey(name)))
    .map((name) => ({ id: tagKey(name), name, count: 0 }));
}

function Choice({
  model,
  tag: { id, name: found, count },
}: {
  readonly model: OptionsModel;
  readonly tag: FacetCount;
}): VNode {
  const { list, tagColors } = model;
  const name = tagColors.spellingOf(found);
  const toggle = (isOn: boolean): void => {
    // As chosen by now: two clicks can come before one is shown.
    const others = list.query.value.tags.filter((tag) => tagKey(tag) !== id);
    list.filter({ tags: isOn ? [...others, id] : others });
  };
  return (
    <li>
      <label class="filter">
        <input
          type="checkbox"
          aria-label={name}
          checked={list.query.value.tags.some((tag) => tagKey(tag) === id)}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <TagName name={name} color={model.tagColors.colorOf(name)} />
        <span class="count">{count}</span>
      </label>
    </li>
  );
}
