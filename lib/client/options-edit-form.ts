/** The dialog "Edit {name}": a new key is tried first, then everything else is saved in one step. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Connection } from '../domain/connection.ts';
import { codeOf, PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { TAGS_CARRIED_MAX } from '../domain/tag.ts';
import { errorWords } from '../domain/words.ts';
import { createAttempt, type Attempt, type Problem } from './options-attempt.ts';
import type { Attempts } from './options-attempts.ts';
import type { Shared } from './options-deps.ts';
import {
  createEditDraft,
  EDIT_FIELDS,
  type EditDraft,
  type EditField,
} from './options-edit-draft.ts';
import { findMethod, originsFor } from './options-providers.ts';
import { createSecretFields, typedCredential, type SecretFields } from './options-secrets.ts';
import { followRecord, sendDraft } from './send-draft.ts';
import { lastDayProblem } from './options-last-day.ts';
import { t, tell } from './translate.ts';

export type EditErrors = Partial<Record<EditField | 'key' | 'user' | 'password', string>>;

export interface EditForm extends EditDraft {
  /** A new key, or a user and a password; left empty, the old ones stay. */
  readonly secrets: SecretFields;
  /**
   * What became of the new key, while other fields still wait: it took the old one's place, or became
   * a connection of its own because it is somebody else's. `null`: nothing yet.
   */
  readonly settledKey: ReadonlySignal<'replaced' | 'apart' | null>;
  /** The attempt that tries the new key; its problem is any that belongs to no field. */
  readonly attempt: Attempt;
  /** What is wrong, by field; a new object whenever it is said again. */
  readonly errors: ReadonlySignal<EditErrors>;
  /** To be called in the click: a new key may need the permission for its provider. */
  readonly submit: () => Promise<void>;
  /** A key that is being tried is given up. */
  readonly leave: () => void;
}

/** What the provider says of the key itself. */
const OF_KEY: readonly ErrorCode[] = [
  'credential-rejected',
  'credential-limited',
  'identity-missing',
];
const NO_ERRORS: EditErrors = {};

/** @param onDone told the name, once everything is saved */
export function createEditForm(
  shared: Shared,
  connection: Connection,
  onDone: (name: string) => void,
): EditForm {
  const { call, now, providers, records } = shared;
  const { id, methodKind, providerId, methodId, params } = connection;
  const draft = createEditDraft(connection);
  const secrets = createSecretFields();
  const secretField = methodKind === 'basic' ? 'password' : 'key';
  const settledKey = signal<'replaced' | 'apart' | null>(null);
  const problem = signal<Problem | null>(null);
  const own = signal(NO_ERRORS);
  let isSaving = false;
  let isLeft = false;

  /** @returns whether the record is still the one that the form shows; else that is said */
  const isCurrent = (): boolean => {
    try {
      followRecord(records, draft);
      return true;
    } catch (thrown) {
      problem.value = problemOf(codeOf(thrown));
      return false;
    }
  };
  const save = async (): Promise<void> => {
    if (isSaving) return;
    isSaving = true;
    try {
      const changes = draft.changes();
      if (Object.keys(changes).length > 0) {
        const { tags, ...rest } = changes;
        await sendDraft(records, draft, (revision) =>
          call('editConnection', { id, revision, ...rest, ...(tags && { tags: [...tags] }) }),
        );
      }
      onDone(draft.name.value.trim());
    } catch (thrown) {
      refuse(thrown);
    } finally {
      isSaving = false;
    }
  };
  const refuse = (thrown: unknown): void => {
    const code = codeOf(thrown);
    const field = thrown instanceof PatchbayError ? thrown.detail?.split('.')[0] : undefined;
    if (code === 'invalid-request' && isField(field)) own.value = { [field]: wordsFor(field) };
    else problem.value = problemOf(code);
  };
  const attempt = createAttempt(shared, (connectionId) => {
    settledKey.value = connectionId === id ? 'replaced' : 'apart';
    secrets.clear();
    if (connectionId === id) draft.endKey();
    void records.load().then(() => (!isLeft && isCurrent() ? save() : undefined));
  });
  const isOfKey = computed(() => OF_KEY.some((code) => code === attempt.problem.value?.code));

  return {
    ...draft,
    secrets,
    settledKey,
    errors: computed(() => {
      const said = attempt.problem.value;
      // Without the key that was refused, nothing is wrong with it.
      if (attempt.isBusy.value || !isOfKey.value || said === null || !hasSecret(secrets))
        return own.value;
      const words = [tell(errorWords(said.code)), said.detail ?? ''].join(' ').trim();
      return { ...own.value, [secretField]: words };
    }),
    attempt: {
      ...attempt,
      problem: computed(() => problem.value ?? (isOfKey.value ? null : attempt.problem.value)),
    },
    async submit() {
      if (isSaving || attempt.isBusy.value) return;
      problem.value = null;
      draft.addTag();
      own.value = { ...missingIn(draft, now()), ...missingSecret(secrets, methodKind) };
      if (Object.keys(own.value).length > 0 || !isCurrent()) return;
      const credential = hasSecret(secrets) ? typedCredential(methodKind, secrets) : null;
      if (credential === null) {
        await save();
        return;
      }
      const provider = providers.find(providerId);
      const method = findMethod(provider, methodId);
      if (provider === undefined || method === undefined) {
        own.value = { [secretField]: tell(errorWords('provider-unknown')) };
        return;
      }
      const input = { connectionId: id, credential, client: null, chooseAccount: false };
      attempt.begin(originsFor(provider, method, params), () => call('reconnect', input));
    },
    leave() {
      isLeft = true;
      if (attempt.isBusy.value) attempt.cancel();
      attempt.leave();
      secrets.clear();
    },
  };
}

/** What to do about a key of somebody else: trying again means typing another one in the same form. */
export function choicesInForm(attempts: Attempts): Attempts {
  return { ...attempts, tryAgain: attempts.dismiss };
}

function missingIn(draft: EditDraft, now: number): EditErrors {
  const { name, tags } = draft;
  const statedEndAt = lastDayProblem(draft, now);
  return {
    ...(name.value.trim() === '' && { name: t('edit_name_missing') }),
    ...(tags.value.length > TAGS_CARRIED_MAX && { tags: tell(errorWords('tags-carried-full')) }),
    ...(statedEndAt !== undefined && { statedEndAt }),
  };
}

function missingSecret(
  { user, password }: SecretFields,
  kind: Connection['methodKind'],
): EditErrors {
  if (kind !== 'basic' || (user.value === '') === (password.value === '')) return NO_ERRORS;
  return user.value === ''
    ? { user: t('edit_user_missing') }
    : { password: t('edit_password_missing') };
}

function hasSecret({ key, user, password }: SecretFields): boolean {
  return [key.value.trim(), user.value, password.value].some((text) => text !== '');
}

function problemOf(code: ErrorCode): Problem {
  return { code, detail: null };
}

const FIELDS: readonly string[] = EDIT_FIELDS;

function isField(text: string | undefined): text is EditField {
  return text !== undefined && FIELDS.includes(text);
}

function wordsFor(field: EditField): string {
  return field === 'environmentId'
    ? t('edit_environment_gone')
    : tell(errorWords('invalid-request'));
}
