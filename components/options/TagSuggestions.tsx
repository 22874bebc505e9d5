import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hasTag, tagKey } from '../../lib/domain/tag.ts';

interface Props {
  readonly id: string;
  readonly model: OptionsModel;
  /** Those that need not be offered any more. */
  readonly tags: readonly string[];
}

/** What a field for a tag offers: every tag that there is, but those that are carried already. */
export function TagSuggestions({ id, model: { list, tagColors }, tags }: Props): VNode {
  const known = [...list.facets.value.tags, ...tagColors.kept.value].map(({ name }) => name);
  const byKey = new Map(known.map((name) => [tagKey(name), name]));
  return (
    <datalist id={id}>
      {[...byKey.values()]
        .filter((name) => !hasTag(tags, name))
        .map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
    </datalist>
  );
}
