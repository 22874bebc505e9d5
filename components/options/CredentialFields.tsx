import type { VNode } from 'preact';
import type { MethodSummary } from '../../lib/client/options-providers.ts';
import type { SecretFields } from '../../lib/client/options-secrets.ts';
import { t } from '../../lib/client/translate.ts';
import { SecretField } from './SecretField.tsx';
import { TextField } from './TextField.tsx';

interface Props {
  readonly method: MethodSummary;
  readonly secrets: SecretFields;
}

/** What a person types in where there is no sign-in window. */
export function CredentialFields({ method, secrets }: Props): VNode | null {
  const { kind, fields } = method;
  if (kind === 'oauth2') return null;
  if (kind === 'basic')
    return (
      <>
        <TextField
          label={fields.user ?? t('field_user')}
          value={secrets.user}
          maxLength={500}
          isRequired
        />
        <SecretField label={fields.password ?? t('field_password')} value={secrets.password} />
      </>
    );
  return (
    <SecretField
      label={fields.key ?? t('field_key')}
      value={secrets.key}
      example={fields.example}
    />
  );
}
