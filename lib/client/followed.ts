import { signal, type ReadonlySignal } from '@preact/signals';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { ChangedKind } from '../rpc/changes.ts';
import { keep } from './keep.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PageDeps } from './page-deps.ts';

/** Something that is read again whenever it has changed. */
export interface Followed<T> {
  /** As it was read last; a read that fails leaves it. */
  readonly value: ReadonlySignal<T>;
  /** Why it could not be read; `null` when it could. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  readonly load: () => Promise<void>;
}

/**
 * Follows what is stored or told; the first read is the caller's to ask for.
 * @param kinds what it changes with
 * @param first what it is until it was read
 * @param isSeen whether anybody looks; changes are not followed while nobody does
 */
export function createFollowed<T>(
  { onChange }: Pick<PageDeps, 'onChange'>,
  kinds: readonly ChangedKind[],
  first: T,
  read: () => Promise<T>,
  isSeen: () => boolean = () => true,
): Followed<T> {
  const value = signal(first);
  const trouble = signal<ErrorCode | null>(null);
  const load = oneAtATime(async () => {
    try {
      keep(value, await read());
      trouble.value = null;
    } catch (thrown) {
      trouble.value = codeOf(thrown);
    }
  });
  onChange((change) => {
    if (isSeen() && kinds.some((kind) => change.kinds.includes(kind))) void load();
  });
  return { value, trouble, load };
}
