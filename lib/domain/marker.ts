/**
 * What is written down beside the database: how many connections stood in it. A browser that loses the
 * database, or throws it away, leaves an empty one that looks like a first run.
 */
export interface Marker {
  readonly count: number;
  /** Epoch ms. */
  readonly at: number;
}

export const NO_MARKER: Marker = { count: 0, at: 0 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param stored whatever stands where the marker is kept */
export function markerOf(stored: unknown): Marker {
  if (typeof stored !== 'object' || stored === null) return NO_MARKER;
  const { count, at } = stored as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(count) && Number.isFinite(at)
    ? { count: count as number, at: at as number }
    : NO_MARKER;
}

/** Whether the marker is worth writing again: another count, or one of another day. */
export function isOutdated(known: Marker, count: number, now: number): boolean {
  return known.count !== count || (count > 0 && Math.abs(now - known.at) > DAY_MS);
}

/**
 * What was here and is not any more.
 * @param hasTotals whether anything was ever counted in the database as it is; deleting the last
 * connection leaves totals, and a new database has none
 */
export function lostOf(marker: Marker, hasTotals: boolean): Marker | null {
  return hasTotals || marker.count === 0 ? null : marker;
}
