/** The key of an unlocked vault, while the browser runs. */
export interface UnlockedKey {
  readonly keyId: string;
  readonly bytes: readonly number[];
  /** When the person last did something, epoch ms. */
  readonly usedAt: number;
}

/** Keeps it where a stopped worker finds it and a closed browser does not; never on a disk. */
export interface KeyMemory {
  readonly read: () => Promise<UnlockedKey | null>;
  readonly write: (key: UnlockedKey | null) => Promise<void>;
}
