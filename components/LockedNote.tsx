import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { VaultUnlock } from '../lib/client/vault-lock.ts';
import { t, tell } from '../lib/client/translate.ts';
import type { VaultLock } from '../lib/domain/vault-lock.ts';
import type { PasskeyMark } from '../lib/domain/vault-passkey.ts';
import { errorWords } from '../lib/domain/words.ts';
import { namedField } from './named-field.ts';

interface Props {
  readonly lock: VaultLock;
  readonly model: VaultUnlock;
  /** `false` where passkeys that were added cannot be asked for. */
  readonly passkeysWork?: boolean | null;
}

/**
 * Says that nothing is checked while the secrets are locked, with the one field that unlocks them.
 * Stands in the page from the start, empty while they are not: a live region that comes later is not
 * heard.
 */
export function LockedNote({ lock, model, passkeysWork = true }: Props): VNode {
  return (
    <div class="view-only locked" role="status" aria-label={t('locked')}>
      {lock.kind === 'locked' && (
        <Unlock model={model} passkeys={passkeysWork === false ? [] : lock.passkeys} />
      )}
    </div>
  );
}

interface UnlockProps extends Pick<Props, 'model'> {
  readonly passkeys: readonly PasskeyMark[];
}

function Unlock({ model, passkeys }: UnlockProps): VNode {
  const problemId = useId();
  const problem = model.problem.value;
  const isOfPasskey = problem?.startsWith('passkey-') ?? false;
  return (
    <form
      class="unlock"
      onSubmit={(event) => {
        event.preventDefault();
        void model.unlock();
      }}
    >
      <p>{t('locked_note')}</p>
      <div class="unlock-field">
        <input
          class="field"
          type="password"
          autocomplete="off"
          {...namedField(t('field_passphrase'), model.passphrase)}
          aria-invalid={problem !== null && !isOfPasskey}
          aria-describedby={problem === null || isOfPasskey ? undefined : problemId}
        />
        <button type="submit" class="button button-main" disabled={model.isBusy.value}>
          {t('action_unlock')}
        </button>
        {passkeys.length > 0 && (
          <button
            type="button"
            class="button"
            disabled={model.isBusy.value}
            aria-describedby={isOfPasskey ? problemId : undefined}
            onClick={() => void model.unlockByPasskey(passkeys)}
          >
            {t('action_unlock_passkey')}
          </button>
        )}
      </div>
      {problem !== null && (
        <p id={problemId} class="unlock-problem">
          {tell(errorWords(problem))}
        </p>
      )}
    </form>
  );
}
