import type { VNode } from 'preact';
import { environmentNameOf, hasSeveralEnvironments } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import type { Connection } from '../../lib/domain/connection.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The environment of a connection; nothing where all are in the same one. */
export function EnvironmentLine({ model, connection }: Props): VNode | null {
  const { connections, environments } = model.records;
  if (!hasSeveralEnvironments(connections.value)) return null;
  return (
    <p class="quiet">
      <bdi>{environmentNameOf(environments.value, connection.environmentId)}</bdi>
    </p>
  );
}
