import type { VNode } from 'preact';
import type { Attempts } from '../../lib/client/options-attempts.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { needsChoice, isRunning, type Authorization } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { authorizationWords } from '../../lib/domain/words.ts';
import { AttemptChoices } from './AttemptChoices.tsx';

interface Props {
  readonly attempts: Attempts;
  readonly find: (id: string) => Connection | undefined;
}

/** Attempts to sign in that run, that ended without a connection, or that wait for a choice. */
export function AttemptStrip({ attempts, find }: Props): VNode | null {
  const list = attempts.list.value;
  if (list.length === 0) return null;
  return (
    <ul class="attempts" aria-label={t('attempts')}>
      {list.map((authorization) => (
        <li key={authorization.id} class={`attempt attempt-${toneOf(authorization)}`}>
          <div class="attempt-text">
            {isRunning(authorization.state) && <span class="spinner" aria-hidden="true" />}
            <p dir="auto">
              <AttemptName authorization={authorization} find={find} />
              {tell(authorizationWords(authorization))}
            </p>
            <TheirWords authorization={authorization} />
          </div>
          <AttemptChoices authorization={authorization} attempts={attempts} />
        </li>
      ))}
    </ul>
  );
}

/** The connection that it is about, where it is about one. */
function AttemptName({
  authorization: { purpose, name, providerName, state },
  find,
}: { readonly authorization: Authorization } & Pick<Props, 'find'>): VNode | null {
  const known = purpose.kind === 'reconnect' ? find(purpose.connectionId)?.name : name;
  const shown = known ?? (state.kind === 'failed' ? providerName : null);
  return shown === null ? null : (
    <>
      <strong>
        <bdi>{shown}</bdi>
      </strong>
      {' · '}
    </>
  );
}

function TheirWords({ authorization: { state } }: { authorization: Authorization }): VNode | null {
  if (state.kind !== 'failed' || state.detail === null) return null;
  return (
    <p class="their-words">
      <bdi>{state.detail}</bdi>
    </p>
  );
}

function toneOf({ state }: Authorization): 'running' | 'question' | 'bad' | 'plain' {
  if (isRunning(state)) return 'running';
  if (needsChoice(state)) return 'question';
  return state.kind === 'failed' ? 'bad' : 'plain';
}
