import type { KeyMemory, UnlockedKey } from '../../lib/store/key-memory.ts';

/** What a browser remembers while it runs. */
export function keyMemory(): KeyMemory & { key: UnlockedKey | null } {
  const memory = {
    key: null as UnlockedKey | null,
    read: async () => memory.key,
    async write(key: UnlockedKey | null) {
      memory.key = key;
    },
  };
  return memory;
}
