import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { errorWords } from '../../lib/domain/words.ts';
import { EmptyState } from '../EmptyState.tsx';
import { RepairApart } from './RepairApart.tsx';
import { RepairStart } from './RepairStart.tsx';
import { RepairBefore, RepairSummary } from './RepairSummary.tsx';
import { RepairTurn } from './RepairTurn.tsx';

interface Props {
  readonly model: OptionsModel;
}

/** "Reconnect all": what is broken, one after the other, and what came of it. */
export function RepairSection({ model }: Props): VNode {
  const trouble = model.records.trouble.value;
  return (
    <main class="page repair">
      <header class="page-header">
        <h1>{t('repair')}</h1>
      </header>
      {trouble === null ? (
        <Stage model={model} />
      ) : (
        <EmptyState title={t('records_trouble')} text={tell(errorWords(trouble))} />
      )}
    </main>
  );
}

function Stage({ model }: Props): VNode | null {
  switch (model.repair.stage.value) {
    case 'loading':
      return null;
    case 'turn':
      return <RepairTurn model={model} />;
    case 'summary':
      return (
        <>
          <RepairSummary model={model} />
          <RepairApart model={model} />
        </>
      );
    default:
      return (
        <>
          <RepairStart model={model} />
          <RepairApart model={model} />
          <RepairBefore model={model} />
        </>
      );
  }
}
