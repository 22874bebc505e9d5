import type { ComponentChildren, VNode } from 'preact';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { missingScopes, type Grant } from '../../lib/domain/grant.ts';
import { guidanceFor } from '../../lib/domain/guidance.ts';
import { guidanceWords } from '../../lib/domain/guidance-words.ts';
import { healthWords, nextStepWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { HealthMark } from '../HealthMark.tsx';
import { RelativeTime } from '../RelativeTime.tsx';
import { HearingFact } from './HearingFact.tsx';
import { InferredEnd, LikelyCause } from './LikelyCause.tsx';
import { methodLabel } from './method-label.ts';
import { MoveSelect } from './MoveSelect.tsx';
import { NotesField } from './NotesField.tsx';
import { StatedEndField } from './StatedEndField.tsx';
import { TagsEditor } from './TagsEditor.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/** The facts of a connection, and what can be changed about it in place. */
export function OverviewTab({ model, connection }: Props): VNode {
  const { identity, grant } = connection;
  const guidance = guidanceFor(connection);
  const now = model.now.value;
  const next = nextStepWords(connection.health, now);
  const provider = model.providers.find(connection.providerId);
  return (
    <>
      <dl class="facts">
        <Fact name={t('status')}>
          <span class="status">
            <HealthMark kind={connection.health.kind} />
            <span>{healthWords(connection.health, now).map(tell).join(' · ')}</span>
          </span>
          {next !== null && <p class="hint">{tell(next)}</p>}
          {guidance !== null && <p class="hint">{tell(guidanceWords(guidance))}</p>}
          <InferredEnd model={model} connection={connection} />
          <LikelyCause model={model} connection={connection} />
        </Fact>
        {identity !== null && (
          <>
            <Fact name={t('column_identity')}>
              <bdi>{identity.label}</bdi>
              {identity.workspace !== null && (
                <p class="hint">
                  <bdi>{identity.workspace}</bdi>
                </p>
              )}
            </Fact>
            <Fact name={t('column_identity_id')}>
              <code>
                <bdi>{identity.id}</bdi>
              </code>
            </Fact>
          </>
        )}
        <Fact name={t('method_title')}>
          {methodLabel(
            provider?.methods.find(({ id }) => id === connection.methodId) ?? {
              kind: connection.methodKind,
              label: null,
            },
          )}
        </Fact>
        {Object.entries(connection.params).map(([id, value]) => (
          <Fact key={id} name={provider?.params.find((param) => param.id === id)?.label ?? id}>
            <bdi>{value}</bdi>
          </Fact>
        ))}
        <Fact name={t('environment')}>
          <MoveSelect model={model} connection={connection} />
        </Fact>
        <Fact name={t('field_tags')}>
          <TagsEditor model={model} connection={connection} />
        </Fact>
        {connection.methodKind !== 'oauth2' && (
          <Fact name={t('field_stated_end')}>
            <StatedEndField model={model} connection={connection} />
          </Fact>
        )}
        <Fact name={t('field_notes')}>
          <NotesField key={connection.id} model={model} connection={connection} />
        </Fact>
        <Fact name={t('sync')}>
          <Sync model={model} connection={connection} />
        </Fact>
        <Fact name={t('field_hearing')}>
          <HearingFact model={model} connection={connection} />
        </Fact>
      </dl>
      {grant !== null && <GrantFacts grant={grant} now={now} />}
      <Dates connection={connection} now={now} />
    </>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <div class="fact">
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Sync({ model, connection }: Props): VNode {
  const { sync } = connection;
  return (
    <div class="fact-line">
      <span>
        {sync.kind === 'on' ? t('sync_on') : t('sync_resting')}
        {sync.kind === 'paused' && (
          <>
            {' · '}
            <RelativeTime at={sync.since} now={model.now.value} />
          </>
        )}
      </span>
      <ChangeButton
        class="button"
        onClick={() => void model.actions.setSync(connection, sync.kind === 'on' ? 'paused' : 'on')}
      >
        {sync.kind === 'on' ? t('action_pause_sync') : t('action_resume_sync')}
      </ChangeButton>
    </div>
  );
}

function GrantFacts({ grant, now }: { readonly grant: Grant; readonly now: number }): VNode {
  const missing = missingScopes(grant);
  return (
    <>
      <h3 class="panel-heading">{t('grant')}</h3>
      <dl class="facts">
        <Fact name={t('grant_given')}>
          <Scopes scopes={grant.scopesGiven ?? grant.scopesAsked} />
        </Fact>
        {missing.length > 0 && (
          <Fact name={t('grant_missing')}>
            <Scopes scopes={missing} isMissing />
          </Fact>
        )}
        <Fact name={t('grant_renews')}>
          {grant.isRenewable ? t('grant_renews_yes') : t('grant_renews_no')}
        </Fact>
        {grant.accessEndsAt !== null && !grant.isRenewable && (
          <Fact name={t('grant_ends')}>
            <RelativeTime at={grant.accessEndsAt} now={now} />
          </Fact>
        )}
      </dl>
    </>
  );
}

function Scopes({
  scopes,
  isMissing = false,
}: {
  readonly scopes: readonly string[];
  readonly isMissing?: boolean;
}): VNode {
  if (scopes.length === 0) return <span class="quiet">{t('grant_none')}</span>;
  return (
    <ul class="chips">
      {scopes.map((scope) => (
        <li key={scope} class={isMissing ? 'chip chip-missing' : 'chip'}>
          <bdi>{scope}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Dates({
  connection,
  now,
}: {
  readonly connection: Connection;
  readonly now: number;
}): VNode {
  const { createdAt, authorizedAt, checkedAt, nextCheckAt } = connection;
  const dates = [
    { name: t('column_created'), at: createdAt },
    { name: t('column_authorized'), at: authorizedAt },
    { name: t('checked_last'), at: checkedAt },
    { name: t('checked_next'), at: nextCheckAt },
  ];
  return (
    <>
      <h3 class="panel-heading">{t('dates')}</h3>
      <dl class="facts">
        {dates.map(({ name, at }) => (
          <Fact key={name} name={name}>
            {at !== null && <RelativeTime at={at} now={now} />}
          </Fact>
        ))}
      </dl>
    </>
  );
}
