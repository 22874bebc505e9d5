import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { useChange } from '../use-change.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** On which shelf a connection stands. Named apart from the filter, which shows a shelf. */
export function MoveSelect({ model, connection }: Props): VNode {
  return (
    <select
      {...useChange()}
      class="field"
      aria-label={t('move_named', connection.name)}
      value={connection.environmentId}
      onChange={(event) => {
        const select = event.currentTarget;
        // What could not be moved is shown where it stands.
        void model.actions.move(connection, select.value).then((isMoved) => {
          if (!isMoved) select.value = connection.environmentId;
        });
      }}
    >
      {model.records.environments.value.map((environment) => (
        <option key={environment.id} value={environment.id}>
          {environmentName(environment)}
        </option>
      ))}
    </select>
  );
}
