/** What is kept of tags beside the connections that carry them, as every open page sees it. */
import { computed, type ReadonlySignal } from '@preact/signals';
import { tagKey, type Tag, type TagColor } from '../domain/tag.ts';
import type { MessageKey } from '../domain/words.ts';
import { readTags } from '../store/read.ts';
import { createFollowed } from './followed.ts';
import type { PageDeps } from './page-deps.ts';
import { t } from './translate.ts';

export interface TagColors {
  readonly kept: ReadonlySignal<readonly Tag[]>;
  /** `null` for a tag without one. */
  readonly colorOf: (name: string) => TagColor | null;
  /** As it was made or coloured, where that is kept; connections may write it in another case. */
  readonly spellingOf: (name: string) => string;
  readonly load: () => Promise<void>;
}

export function createTagColors(deps: Pick<PageDeps, 'database' | 'onChange'>): TagColors {
  // Tags without their colours are of use still; that nothing can be read, the list says.
  const { value: kept, load } = createFollowed<readonly Tag[]>(deps, ['tags'], [], () =>
    deps.database().then(readTags),
  );
  const byKey = computed(() => new Map(kept.value.map((tag) => [tagKey(tag.name), tag])));
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
