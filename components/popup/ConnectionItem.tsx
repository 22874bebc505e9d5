import type { VNode } from 'preact';
import { absoluteText, relativeText } from '../../lib/client/moments.ts';
import type { PopupModel } from '../../lib/client/popup-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import type { Authorization } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { momentOf, type Health } from '../../lib/domain/health.ts';
import { quietnessWords } from '../../lib/domain/notice-words.ts';
import { hearingChoices } from '../../lib/domain/snooze.ts';
import { authorizationWords, healthWords } from '../../lib/domain/words.ts';
import { ChangeButton } from '../ChangeButton.tsx';
import { hearingItems } from '../hearing-items.ts';
import { healthMark } from '../HealthMark.tsx';
import { MenuButton, type MenuItem } from '../Menu.tsx';
import { providerMark } from '../ProviderMark.tsx';
import { useIsLocked } from '../use-change.ts';

interface Props {
  readonly model: PopupModel;
  readonly connection: Connection;
  /** The attempt to reconnect it that runs. */
  readonly attempt: Authorization | undefined;
  /** Where it stands; `null` where that needs no saying. */
  readonly environment: string | null;
  readonly now: number;
  readonly index: number;
  /** Of the whole list. */
  readonly length: number;
  /** Whether Tab stops here. */
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
}

/** One connection: whose it is, how it is, and what mends it. */
export function ConnectionItem(props: Props): VNode {
  const { model, connection, attempt, environment, now, index, length, isCurrent, onFocus } = props;
  const { name, provider, health, identity, sync } = connection;
  const isLocked = useIsLocked();
  const tabIndex = isCurrent ? 0 : -1;
  const opens = (): void => model.actions.open(detailsOf(connection));
  const action =
    attempt === undefined ? mendingAction(model, connection) : cancelAction(model, name, attempt);
  const canAct = action !== null && !(action.isChange && isLocked);
  const said = attempt === undefined ? healthTexts(connection, now) : [waitingText(attempt)];
  const moment = attempt === undefined ? momentOf(health) : null;
  // First what tells twins apart: the end of the line may be cut off.
  const owner = [
    environment,
    identity === null || name.includes(identity.label) ? null : identity.label,
    provider.name,
    sync.kind === 'paused' ? t('sync_paused') : null,
  ].filter((part) => part !== null);
  return (
    <li
      class="popup-row"
      data-row={index}
      style={{ top: `calc(var(--row) * ${index})` }}
      aria-labelledby={`name-${index}`}
      aria-describedby={`owner-${index} health-${index}`}
      aria-posinset={index + 1}
      aria-setsize={length}
      onFocusCapture={onFocus}
    >
      <button
        type="button"
        class="popup-row-open"
        aria-label={t('open_named', name)}
        tabIndex={tabIndex}
        data-main={canAct ? undefined : true}
        onClick={opens}
        onPointerEnter={(event) => {
          const exactly = said.map((part, at) =>
            moment !== null && at === placeOf(health, said.length)
              ? `${part} (${absoluteText(moment)})`
              : part,
          );
          event.currentTarget.title = [name, owner.join(' · '), exactly.join(' · ')]
            .filter(Boolean)
            .map(cut)
            .join('\n');
        }}
      />
      {providerMark({ mark: provider })}
      <div class="popup-row-text">
        <bdi id={`name-${index}`} class="popup-row-name one-line">
          {cut(name)}
        </bdi>
        <p id={`owner-${index}`} class="popup-row-owner one-line">
          {owner.map((part, at) => [at > 0 && ' · ', <bdi key={at}>{cut(part)}</bdi>])}
        </p>
      </div>
      {action !== null && (
        <ChangeButton
          isChange={action.isChange}
          class={action.isUrgent ? 'button button-main' : 'button'}
          aria-label={action.name}
          tabIndex={tabIndex}
          data-main={canAct ? true : undefined}
          onClick={action.run}
        >
          {action.label}
        </ChangeButton>
      )}
      <MenuButton
        label={t('more_named', name)}
        items={() => menuOf(model, connection, opens)}
        tabIndex={tabIndex}
      />
      <p class={`popup-row-health health-${attempt === undefined ? health.kind : 'waiting'}`}>
        {healthMark(health.kind)}
        <span id={`health-${index}`} class="one-line">
          {said.map((part, at) => [
            at > 0 && ' · ',
            moment !== null && at === placeOf(health, said.length) ? (
              <time key={at} dateTime={new Date(moment).toISOString()}>
                {part}
              </time>
            ) : (
              part
            ),
          ])}
        </span>
      </p>
    </li>
  );
}

interface RowAction {
  readonly label: string;
  readonly name: string;
  readonly isUrgent: boolean;
  readonly isChange: boolean;
  readonly run: () => void;
}

function mendingAction({ actions }: PopupModel, connection: Connection): RowAction | null {
  const { health, name } = connection;
  const mending = {
    isUrgent: health.kind === 'reconnect',
    isChange: true,
    run: () => actions.reconnect(connection),
  };
  switch (health.kind) {
    case 'reconnect':
    case 'expiring':
      return { ...mending, label: t('action_reconnect'), name: t('reconnect_named', name) };
    case 'unauthorized':
      return { ...mending, label: t('action_authorise'), name: t('authorise_named', name) };
    case 'unverified':
      // The browser's question would lie under the popup, or close it.
      return health.doubt === 'permission-missing'
        ? {
            ...mending,
            label: t('action_allow'),
            name: t('allow_named', name),
            run: () => actions.open(detailsOf(connection)),
          }
        : null;
    case 'active':
      return null;
  }
}

/** The address of its details. */
function detailsOf({ id }: Connection): string {
  return `#/connections/${encodeURIComponent(id)}`;
}

function cancelAction({ actions }: PopupModel, name: string, attempt: Authorization): RowAction {
  return {
    label: t('action_cancel'),
    name: t('cancel_named', name),
    isUrgent: false,
    isChange: false,
    run: () => actions.cancel(attempt),
  };
}

function menuOf(
  { actions }: PopupModel,
  connection: Connection,
  opens: () => void,
): readonly MenuItem[] {
  const isPaused = connection.sync.kind === 'paused';
  return [
    { id: 'check', label: t('action_check_now'), run: () => actions.check(connection) },
    {
      id: 'reconnect',
      isChange: true,
      label: t('action_reconnect'),
      run: () => actions.reconnect(connection),
    },
    {
      id: 'sync',
      isChange: true,
      label: isPaused ? t('action_resume_sync') : t('action_pause_sync'),
      run: () => actions.setSync(connection, isPaused ? 'on' : 'paused'),
    },
    ...hearingItems(hearingChoices(connection), (choice) => actions.hear(connection, choice)),
    { id: 'details', label: t('action_open_details'), run: opens },
    { id: 'copy', label: t('action_copy_evidence'), run: () => actions.copyEvidence(connection) },
  ];
}

/** Behind another window, or for one's own. */
function waitingText(authorization: Authorization): string {
  return authorization.state.kind === 'queued'
    ? tell(authorizationWords(authorization))
    : t('popup_waiting');
}

/** Its state and the reason, what is not heard of it, and when it was seen to work. */
function healthTexts(connection: Connection, now: number): readonly string[] {
  const { health } = connection;
  const quietness = quietnessWords(connection, now);
  return [
    ...[...healthWords(health, now), ...(quietness === null ? [] : [quietness])].map(tell),
    ...(health.kind === 'active'
      ? [t('popup_verified', relativeText(health.verifiedAt, now))]
      : []),
  ];
}

/** Which of the texts tells the moment. */
function placeOf({ kind }: Health, length: number): number {
  return kind === 'active' ? length - 1 : kind === 'reconnect' ? 1 : 0;
}

/** More than any line shows; laying out ten thousand characters of it would cost for nothing. */
const SHOWN_CHARACTERS = 300;

function cut(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
