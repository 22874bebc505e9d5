/** The fields of a form in which a person types secrets. They live as long as the dialog does. */
import { signal, type Signal } from '@preact/signals';
import type { MethodSummary, TypedClient, TypedCredential } from '../rpc/procedures.ts';

export interface SecretFields {
  readonly key: Signal<string>;
  readonly user: Signal<string>;
  readonly password: Signal<string>;
  readonly clientId: Signal<string>;
  readonly clientSecret: Signal<string>;
  readonly clear: () => void;
}

export function createSecretFields(): SecretFields {
  const fields = {
    key: signal(''),
    user: signal(''),
    password: signal(''),
    clientId: signal(''),
    clientSecret: signal(''),
  };
  return {
    ...fields,
    clear() {
      for (const field of Object.values(fields)) field.value = '';
    },
  };
}

/** What was typed in for a method without a sign-in window; `null` for one with it. */
export function typedCredential(
  kind: MethodSummary['kind'],
  fields: SecretFields,
): TypedCredential | null {
  switch (kind) {
    case 'oauth2':
      return null;
    case 'key':
      return { kind, key: fields.key.value };
    case 'bearer':
      return { kind, token: fields.key.value };
    case 'basic':
      return { kind, user: fields.user.value, password: fields.password.value };
  }
}

/** The client that was typed in; `null` where none was, so that the kept one serves. */
export function typedClient(fields: SecretFields): TypedClient | null {
  const clientId = fields.clientId.value.trim();
  if (clientId === '') return null;
  return { clientId, clientSecret: fields.clientSecret.value.trim() || null };
}
