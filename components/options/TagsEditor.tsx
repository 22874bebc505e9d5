import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { tagsOf } from '../../lib/client/options-tags.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { distinctTags } from '../../lib/domain/tag.ts';
import { TagChips } from './TagChips.tsx';
import { TagInput } from './TagInput.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The tags of a connection: each can be taken off, new ones are added by Enter. */
export function TagsEditor({ model, connection }: Props): VNode {
  const typed = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const { tags } = connection;
  const add = async (): Promise<void> => {
    const added = tagsOf(typed.value);
    if (added.length === 0) return;
    // What was typed goes only when it is kept.
    if (await model.actions.setTags(connection, distinctTags([...tags, ...added])))
      typed.value = '';
  };
  return (
    <>
      <TagChips
        model={model}
        tags={tags}
        onRemove={(tag) => {
          // Its button goes with the tag, and must not take the focus along.
          field.current?.focus();
          void model.actions.setTags(
            connection,
            tags.filter((other) => other !== tag),
          );
        }}
      />
      <TagInput model={model} tags={tags} typed={typed} onAdd={() => void add()} field={field} />
    </>
  );
}
