import { openDatabase, type Database } from '../store/database.ts';

/** The database, opened when first asked for, and again after the browser closed it. */
export function keepOpen(): () => Promise<Database> {
  let opened: Promise<Database> | null = null;
  return () => {
    opened ??= openDatabase(() => {
      opened = null;
    }).catch((thrown: unknown) => {
      opened = null;
      throw thrown;
    });
    return opened;
  };
}
