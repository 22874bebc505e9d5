import type { VNode } from 'preact';
import { absoluteText } from '../../lib/client/moments.ts';
import { reasonText, statusText, verdictText } from '../../lib/client/evidence-text.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { plural, t } from '../../lib/client/translate.ts';
import type { CheckRecord } from '../../lib/domain/check-record.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { HealthMark } from '../HealthMark.tsx';
import { RelativeTime } from '../RelativeTime.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  /** Newest first; `undefined` while they are being read. */
  readonly checks: readonly CheckRecord[] | undefined;
}

/** What was asked lately, and what the provider said. */
export function ActivityTab({ model, connection, checks }: Props): VNode | null {
  if (checks === undefined) return null;
  if (checks.length === 0) return <p class="hint">{t('checks_none')}</p>;
  return (
    <>
      <div class="fact-line">
        <p class="quiet">{plural('checks_kept', checks.length)}</p>
        <button
          type="button"
          class="button"
          onClick={() => void model.actions.copyEvidence(connection)}
        >
          {t('action_copy_evidence')}
        </button>
      </div>
      <ol class="checks" aria-label={t('tab_activity')}>
        {checks.map((check) => (
          <Check key={check.at} check={check} now={model.now.value} />
        ))}
      </ol>
    </>
  );
}

function Check({ check, now }: { readonly check: CheckRecord; readonly now: number }): VNode {
  const reason = reasonText(check.reason);
  return (
    <li class="check">
      <p class="check-head">
        <HealthMark kind={check.health} />
        <strong>{verdictText(check.verdict)}</strong>
        {reason !== null && <bdi class="one-line">{reason}</bdi>}
        <span class="check-when quiet" title={absoluteText(check.at)}>
          <RelativeTime at={check.at} now={now} />
        </span>
      </p>
      <p class="quiet">
        <code>
          <bdi>{check.asked}</bdi>
        </code>
        {` · ${statusText(check)} · ${t('check_took', Math.round(check.tookMs))} · ${triggerText(check)}`}
      </p>
      {check.words !== null && (
        <p class="their-words">
          <bdi>{check.words}</bdi>
        </p>
      )}
    </li>
  );
}

function triggerText({ trigger }: CheckRecord): string {
  return t(`trigger_${trigger}`);
}
