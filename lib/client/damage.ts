/** What is wrong with what is kept: records that cannot be read, or all of it gone. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { codeOf } from '../domain/errors.ts';
import { lostOf, NO_MARKER, type Marker } from '../domain/marker.ts';
import type { Change } from '../rpc/changes.ts';
import type { call as rpcCall } from '../rpc/client.ts';
import type { Database, Quarantined } from '../store/database.ts';
import type { FirstScreen } from '../store/first-screen.ts';
import { looksDamaged, readQuarantine } from '../store/quarantine.ts';
import { readKept } from '../store/read.ts';
import { onUnreadable } from '../store/readable.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface Damage {
  /** `false` until it is known whether anything is lost. */
  readonly isRead: ReadonlySignal<boolean>;
  /** What was here, where nothing of it is left. */
  readonly lost: ReadonlySignal<Marker | null>;
  /** Where no connection is found, that does not mean that there never was one. */
  readonly mayBeLost: ReadonlySignal<boolean>;
  readonly setAside: ReadonlySignal<readonly Quarantined[]>;
  /** Takes what the reads of a page's first frame found, so that it may say that nothing is here. */
  readonly begin: (first: Pick<FirstScreen, 'hasTotals' | 'setAside'>) => Promise<void>;
  readonly load: () => Promise<void>;
  /** The person goes on without what is lost. */
  readonly startAnew: () => Promise<void>;
}

export interface DamageDeps {
  readonly database: () => Promise<Database>;
  readonly call: typeof rpcCall;
  readonly onChange: (listener: (change: Change) => void) => unknown;
  /** What is written down beside the database; nothing unless given. */
  readonly marker?: () => Promise<Marker>;
}

export function createDamage({ database, call, onChange, marker }: DamageDeps): Damage {
  const isRead = signal(false);
  const lost = signal<Marker | null>(null);
  const setAside = signal<readonly Quarantined[]>([]);
  const report = oneAtATime(async () => {
    await call('setAsideUnreadable', {}).catch(() => undefined);
  });
  const begin: Damage['begin'] = async ({ hasTotals, setAside: found }) => {
    const had = hasTotals ? NO_MARKER : ((await marker?.()) ?? NO_MARKER);
    batch(() => {
      setAside.value = found;
      lost.value = lostOf(had, hasTotals);
      isRead.value = true;
    });
  };
  const load: () => Promise<void> = oneAtATime(async () => {
    try {
      const db = await database();
      const [totals, found, isDamaged] = await Promise.all([
        readKept(db, 'totals'),
        readQuarantine(db),
        looksDamaged(db),
      ]);
      await begin({ hasTotals: totals !== undefined, setAside: found });
      if (isDamaged) void report();
    } catch (thrown) {
      // Whoever reads the records says why nothing can be read.
      if (codeOf(thrown) === 'storage-blocked') void load();
    }
  });
  onUnreadable(() => void report());
  onChange(({ kinds }) => {
    const isNews = lost.value !== null && kinds.includes('connections');
    if (isNews || kinds.includes('quarantine')) void load();
  });
  return {
    isRead,
    lost,
    mayBeLost: computed(() => !isRead.value || lost.value !== null),
    setAside,
    begin,
    load,
    async startAnew() {
      await call('startAnew', {}).catch(() => undefined);
      await load();
    },
  };
}
