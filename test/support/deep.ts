/**
 * `npm run test:deep` runs every campaign whole; `npm test` a share of each, so that it ends within the
 * time that a person waits for it.
 */
export const IS_DEEP = process.env['PATCHBAY_DEEP'] === '1';

/** All of some variants in the deep run, these alone otherwise. */
export function shareOf<const T>(all: readonly T[], share: readonly NoInfer<T>[]): readonly T[] {
  return IS_DEEP ? all : share;
}
