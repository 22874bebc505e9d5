import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { hasTag, tagUses } from '../../lib/domain/tag.ts';

interface Props {
  readonly id: string;
  readonly model: OptionsModel;
  /** Those that need not be offered any more. */
  readonly tags: readonly string[];
}

/** What a field for a tag offers: every tag that there is, whatever the environment, but those that are carried already. */
export function TagSuggestions({ id, model: { records, tagColors }, tags }: Props): VNode {
  const kept = tagColors.kept.value;
  const all = records.connections.value;
  const known = useMemo(() => tagUses(kept, all ?? []), [kept, all]);
  return (
    <datalist id={id}>
      {known
        .filter(({ name }) => !hasTag(tags, name))
        .map(({ key, name }) => (
          <option key={key} value={name}>
            {name}
          </option>
        ))}
    </datalist>
  );
}
