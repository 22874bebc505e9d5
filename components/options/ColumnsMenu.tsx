import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t } from '../../lib/client/translate.ts';
import { canHide, COLUMN_IDS } from '../../lib/domain/columns.ts';
import { COLUMNS } from './columns.ts';

interface Props {
  readonly model: OptionsModel;
}

/** Which columns the list has. The choices exist only while they are open: each letter of a search would look at them. */
export function ColumnsMenu({ model }: Props): VNode {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="columns-menu">
      <button type="button" class="button" popovertarget={id}>
        {t('columns')}
      </button>
      <div
        id={id}
        class="menu anchored columns-popover"
        popover="auto"
        role="dialog"
        aria-label={t('columns')}
        onBeforeToggle={({ newState }) => {
          if (newState === 'open') setOpen(true);
        }}
        // Only once it is closed: the browser gives the focus back from a choice that still stands there.
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen && <Choices model={model} />}
      </div>
    </div>
  );
}

function Choices({ model: { columns } }: Props): VNode {
  const { hidden, fits } = columns.choice.value;
  return (
    <>
      <ul aria-label={t('columns')}>
        {COLUMN_IDS.filter(canHide).map((column) => (
          <li key={column}>
            <label class="choice">
              <input
                type="checkbox"
                checked={!hidden.includes(column)}
                onChange={() => columns.toggle(column)}
              />
              {t(COLUMNS[column].label)}
            </label>
          </li>
        ))}
      </ul>
      <label class="choice">
        <input
          type="checkbox"
          checked={fits}
          onChange={(event) => columns.setFits(event.currentTarget.checked)}
        />
        {t('columns_fit')}
      </label>
      <button type="button" class="button" onClick={columns.reset}>
        {t('columns_reset')}
      </button>
    </>
  );
}
