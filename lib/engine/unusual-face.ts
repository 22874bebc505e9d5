import { countsOf, totalOf } from '../domain/connection.ts';
import { lostOf } from '../domain/marker.ts';
import type { BadgeFace } from '../domain/notice.ts';
import { readKept } from '../store/read.ts';
import type { Ports } from './ports.ts';

/** What the badge has to say before any count; writes down beside the database what stands in it. */
export async function unusualFace({
  database,
  marker,
  now,
  vault,
}: Ports): Promise<BadgeFace | null> {
  const totals = await readKept(await database(), 'totals');
  if (totals === undefined)
    return lostOf(await marker.read(), false) === null ? null : { kind: 'lost' };
  const all = totalOf(countsOf(totals, null));
  await marker.write(all, now());
  return (await vault.isLocked()) ? { kind: 'locked' } : null;
}
