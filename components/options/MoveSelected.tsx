import type { VNode } from 'preact';
import { environmentName } from '../../lib/client/environments.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { MenuButton } from '../Menu.tsx';

/** Puts all that is selected on another shelf. */
export function MoveSelected({ model }: { readonly model: OptionsModel }): VNode {
  const { bulk, records, selection } = model;
  return (
    <MenuButton
      label={t('move_selected')}
      text={t('move_selected')}
      items={() =>
        records.environments.value.map((environment) => ({
          id: environment.id,
          label: environmentName(environment),
          isChange: true,
          run: () =>
            void bulk.change(selection.connections.value, {
              kind: 'move',
              environmentId: environment.id,
            }),
        }))
      }
    />
  );
}
