import type { VNode } from 'preact';
import type { EditForm } from '../../lib/client/options-edit-form.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { findMethod } from '../../lib/client/options-providers.ts';
import { t } from '../../lib/client/translate.ts';
import { FieldRow } from './FieldRow.tsx';
import { SecretInput } from './SecretInput.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly form: EditForm;
}

/** A new key, or a user and a password; what is kept shows nowhere. */
export function EditSecret({ model, form }: Props): VNode {
  const { methodKind, methodId, provider, providerId } = form.shown.value;
  const { secrets } = form;
  const errors = form.errors.value;
  const settled = form.settledKey.value;
  if (settled !== null)
    return <p class="note">{t(settled === 'replaced' ? 'edit_key_replaced' : 'edit_key_apart')}</p>;
  const hint = t('edit_key_hint', provider.name);
  const fields = findMethod(model.providers.find(providerId), methodId)?.fields;
  if (methodKind !== 'basic')
    return (
      <FieldRow label={t('edit_key')} notes={{ hint, problem: errors.key }}>
        {(field) => (
          <SecretInput
            label={t('edit_key')}
            value={secrets.key}
            field={field}
            example={fields?.example ?? null}
          />
        )}
      </FieldRow>
    );
  return (
    <>
      <FieldRow label={t('edit_password')} notes={{ hint, problem: errors.password }}>
        {(field) => (
          <SecretInput label={t('edit_password')} value={secrets.password} field={field} />
        )}
      </FieldRow>
      <FieldRow label={fields?.user ?? t('field_user')} notes={{ problem: errors.user }}>
        {(field) => (
          <input
            {...field}
            class="field"
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            value={secrets.user.value}
            onInput={(event) => {
              secrets.user.value = event.currentTarget.value;
            }}
          />
        )}
      </FieldRow>
    </>
  );
}
