import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { followOffline } from '../lib/client/network-hint.ts';
import { t, tell } from '../lib/client/translate.ts';
import type { Connection } from '../lib/domain/connection.ts';
import { placeOf, type NetworkTruth, type ProviderTrouble } from '../lib/domain/network.ts';
import {
  clockWords,
  downWords,
  lastKnownAt,
  providerTroubleWords,
} from '../lib/domain/network-words.ts';
import './network-note.css';

interface Props {
  readonly network: NetworkTruth;
  /** What is shown beside it. */
  readonly connections: readonly Connection[];
  /** Whether these are all. */
  readonly isWhole: boolean;
  readonly now: number;
}

/**
 * What is wrong with this machine's network, a whole provider or the clock: one line each, where the
 * rows would otherwise doubt one by one. Stands in the page from the start: a live region that comes
 * later is not heard.
 */
export function NetworkNote({ network, connections, isWhole, now }: Props): VNode {
  const isOffline = useMemo(followOffline, []).value;
  const known = connections.length === 0 ? null : lastKnownAt(connections);
  const down = connections.length === 0 ? null : downWords(network, isOffline, known, now);
  const clock = clockWords(network);
  // What it is about may have been deleted since.
  const stands = ({ key }: ProviderTrouble): boolean =>
    !isWhole || connections.some((one) => placeOf(one) === key);
  const troubles = down === null ? network.providers.filter(stands) : [];
  return (
    <div class="network" role="status" aria-label={t('network')}>
      {down !== null && (
        <p>
          <strong>{tell(down.what)}</strong>{' '}
          {down.age !== null && t('network_known', tell(down.age))}
        </p>
      )}
      {troubles.map((trouble) => (
        <p key={trouble.key} dir="auto">
          {tell(providerTroubleWords(trouble))}
        </p>
      ))}
      {clock !== null && <p>{tell(clock)}</p>}
    </div>
  );
}
