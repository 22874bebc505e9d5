/** What is shown of a list that may be long. */
export interface Beginning<T> {
  readonly shown: readonly T[];
  /** How many more there are. */
  readonly left: number;
}

export function beginningOf<T>(all: readonly T[], max: number): Beginning<T> {
  const shown = all.slice(0, max);
  return { shown, left: all.length - shown.length };
}
