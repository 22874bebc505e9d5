import type { VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { reasonText, statusText, verdictText } from '../../lib/client/evidence-text.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { decidingCheck, isDecidingGone, type CheckRecord } from '../../lib/domain/check-record.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { guidanceFor } from '../../lib/domain/guidance.ts';
import { verifiedAt } from '../../lib/domain/health.ts';
import { guidanceWords } from '../../lib/domain/guidance-words.ts';
import { accountsWords, healthWords, nextStepWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { HealthMark } from '../HealthMark.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { InferredEnd, LikelyCause } from './LikelyCause.tsx';
import { StoppedFlows } from './StoppedFlows.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
  /** Newest first; `undefined` while they are being read. */
  readonly checks: readonly CheckRecord[] | undefined;
}

/** What is wrong, how we know, and what to do. */
export function EvidenceCard({ model, connection, checks }: Props): VNode {
  const { health, accounts } = connection;
  const next = nextStepWords(health, model.now.value);
  const last = checks?.[0];
  const deciding = decidingCheck(health, checks ?? []);
  const guidance = guidanceFor(connection);
  return (
    <div class="evidence">
      <p class="evidence-state">
        <HealthMark kind={health.kind} />
        <span>{healthWords(health, model.now.value).map(tell).join(' · ')}</span>
      </p>
      {next !== null && <p>{tell(next)}</p>}
      {guidance !== null && <p>{tell(guidanceWords(guidance))}</p>}
      <InferredEnd model={model} connection={connection} />
      <LikelyCause model={model} connection={connection} />
      <StoppedFlows model={model} connection={connection} />
      {accounts.kind === 'error' && <p>{tell(accountsWords(accounts))}</p>}
      {last !== undefined && (
        <CheckFacts
          check={deciding ?? last}
          // What was heard since moved nothing, and is not what the state rests on.
          last={deciding === undefined ? null : last}
          connection={connection}
          now={model.now.value}
        />
      )}
      {isDecidingGone(health, checks ?? []) && <p class="hint">{t('check_deciding_gone')}</p>}
      {checks?.length === 0 && <p class="hint">{t('checks_none')}</p>}
      <CardActions model={model} connection={connection} />
    </div>
  );
}

function CardActions({ model, connection }: Omit<Props, 'checks'>): VNode {
  const { actions } = model;
  const { health, id } = connection;
  return (
    <div class="choices">
      {health.kind === 'unverified' && health.doubt === 'permission-missing' && (
        <ChangeButton class="button button-main" onClick={() => actions.allowHosts(connection)}>
          {t('action_allow')}
        </ChangeButton>
      )}
      <button
        type="button"
        class="button"
        disabled={actions.checking.value.has(id)}
        onClick={() => void actions.checkNow([id])}
      >
        {t('action_check_now')}
      </button>
      <button type="button" class="button" onClick={() => void actions.copyEvidence(connection)}>
        {t('action_copy_evidence')}
      </button>
    </div>
  );
}

interface CheckFactsProps {
  readonly check: CheckRecord;
  /** The newest one, where that is said when it is another; `null`: it is not said. */
  readonly last: CheckRecord | null;
  readonly connection: Connection;
  readonly now: number;
}

function CheckFacts({ check, last, connection, now }: CheckFactsProps): VNode {
  const lastGoodAt = verifiedAt(connection.health);
  return (
    <dl class="facts facts-inline">
      <dt>{t('check_when')}</dt>
      <dd>
        <RelativeTime at={check.at} now={now} />
      </dd>
      {check.asked !== '' && (
        <>
          <dt>{t('check_asked')}</dt>
          <dd>
            <code>
              <bdi>{check.asked}</bdi>
            </code>
          </dd>
        </>
      )}
      <dt>{t('check_answer')}</dt>
      <dd>
        <CheckAnswer check={check} />
      </dd>
      {check.words !== null && (
        <>
          <dt>{t('check_words')}</dt>
          <dd class="their-words">
            <bdi>{check.words}</bdi>
          </dd>
        </>
      )}
      {lastGoodAt !== null && (
        <>
          <dt>{t('check_last_good')}</dt>
          <dd>
            <RelativeTime at={lastGoodAt} now={now} />
          </dd>
        </>
      )}
      {last !== null && last !== check && (
        <>
          <dt>{t('check_newest')}</dt>
          <dd>
            <RelativeTime at={last.at} now={now} />
            {' · '}
            <CheckAnswer check={last} />
          </dd>
        </>
      )}
    </dl>
  );
}

function CheckAnswer({ check }: { readonly check: CheckRecord }): VNode {
  const reason = reasonText(check.reason);
  return (
    <>
      {statusText(check)} · {verdictText(check.verdict)}
      {reason !== null && (
        <>
          {' · '}
          <bdi>{reason}</bdi>
        </>
      )}
    </>
  );
}
