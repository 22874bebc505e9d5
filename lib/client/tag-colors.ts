/** What is kept of tags beside the connections that carry them, as every open page sees it. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { tagKey, type Tag, type TagColor } from '../domain/tag.ts';
import type { MessageKey } from '../domain/words.ts';
import type { Change } from '../rpc/changes.ts';
import type { Database } from '../store/database.ts';
import { readTags } from '../store/read.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { t } from './translate.ts';

export interface TagColors {
  readonly kept: ReadonlySignal<readonly Tag[]>;
  /** `null` for a tag without one. */
  readonly colorOf: (name: string) => TagColor | null;
  /** As it was made or coloured, where that is kept; connections may write it in another case. */
  readonly spellingOf: (name: string) => string;
  readonly load: () => Promise<void>;
}

export function createTagColors(deps: {
  readonly database: () => Promise<Database>;
  readonly onChange: (listener: (change: Change) => void) => unknown;
}): TagColors {
  const kept = signal<readonly Tag[]>([]);
  const byKey = computed(() => new Map(kept.value.map((tag) => [tagKey(tag.name), tag])));
  const load = oneAtATime(async () => {
    // Tags without their colours are of use still; that nothing can be read, the list says.
    kept.value = await deps
      .database()
      .then(readTags)
      .catch(() => kept.value);
  });
  deps.onChange(({ kinds }) => {
    if (kinds.includes('tags')) void load();
  });
  return {
    kept,
    colorOf: (name) => byKey.value.get(tagKey(name))?.color ?? null,
    spellingOf: (name) => byKey.value.get(tagKey(name))?.name ?? name,
    load,
  };
}

/** A colour by its name: a dot alone does not say it to everybody. */
export function colorName(color: TagColor | null): string {
  const key: MessageKey = color === null ? 'tag_color_none' : `tag_color_${color}`;
  return t(key);
}
