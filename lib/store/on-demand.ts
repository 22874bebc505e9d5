import { openDatabase, type Database } from './database.ts';

/** Something that takes time to get. */
export interface OnDemand<T> {
  /** Gets it when first asked for and remembers it; a failure is not remembered. */
  (): Promise<T>;
  /** The next one to ask gets it anew. */
  forget(): void;
}

/** Makes something available on demand. */
export function onDemand<T>(get: () => Promise<T>): OnDemand<T> {
  let remembered: Promise<T> | null = null;
  const forget = (): void => {
    remembered = null;
  };
  const ask = (): Promise<T> =>
    (remembered ??= get().catch((thrown: unknown) => {
      forget();
      throw thrown;
    }));
  return Object.assign(ask, { forget });
}

/** The database, opened when first asked for, and again after the browser closed it. */
export function databaseOnDemand(): OnDemand<Database> {
  const database = onDemand(() => openDatabase(() => database.forget()));
  return database;
}
