import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { hearingChoicesOf } from '../../lib/domain/snooze.ts';
import { hearingItems } from '../hearing-items.ts';
import { MenuButton } from '../Menu.tsx';

/** Mutes or snoozes all that is selected, and takes that back. */
export function HearSelected({ model }: { readonly model: OptionsModel }): VNode {
  const { bulk, selection } = model;
  return (
    <MenuButton
      label={t('hear_selected')}
      text={t('hear_selected')}
      items={() => {
        const chosen = selection.connections.value;
        return hearingItems(hearingChoicesOf(chosen), (choice) => void bulk.hear(chosen, choice));
      }}
    />
  );
}
