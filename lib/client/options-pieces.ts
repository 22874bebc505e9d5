/** How many are changed in one transaction: a fraction of a second, so that "Stop" is heard. */
export const CHUNK = 500;

/** How far something that goes in pieces is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}
