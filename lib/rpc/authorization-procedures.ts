/** What a page may ask about attempts to obtain a credential. */
import * as v from 'valibot';
import { Id, Name, Nothing } from './inputs.ts';
import { Tags } from './tag-procedures.ts';

const Params = v.record(
  v.pipe(v.string(), v.maxLength(64)),
  v.pipe(v.string(), v.trim(), v.maxLength(500)),
);
const SecretText = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(16_384));

/** What the person typed in for a method without a sign-in window. */
const TypedCredential = v.variant('kind', [
  v.object({ kind: v.literal('key'), key: SecretText }),
  v.object({ kind: v.literal('bearer'), token: SecretText }),
  v.object({
    kind: v.literal('basic'),
    user: v.pipe(v.string(), v.nonEmpty(), v.maxLength(500)),
    password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(4096)),
  }),
]);

const TypedClient = v.object({
  clientId: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(500)),
  clientSecret: v.nullable(SecretText),
});

export type TypedCredential = v.InferOutput<typeof TypedCredential>;
export type TypedClient = v.InferOutput<typeof TypedClient>;

export const authorizationProcedures = {
  /**
   * Starts an attempt and answers at once; what becomes of it stands in its Authorization record.
   * The host permission must have been asked for by the page, in the click.
   */
  connect: {
    input: v.object({
      providerId: Id,
      methodId: Id,
      params: Params,
      /** Empty: named after the identity. */
      name: v.nullable(Name),
      environmentId: Id,
      tags: Tags,
      scopes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(200)),
      credential: v.nullable(TypedCredential),
      client: v.nullable(TypedClient),
    }),
    output: v.object({ authorizationId: v.string() }),
  },
  /** The same for a connection that exists: it keeps everything but its credential. */
  reconnect: {
    input: v.object({
      connectionId: Id,
      credential: v.nullable(TypedCredential),
      client: v.nullable(TypedClient),
      /** Makes the provider ask which account is meant. */
      chooseAccount: v.boolean(),
    }),
    output: v.object({ authorizationId: v.string() }),
  },
  /** Ends an attempt that still runs; closes its window. */
  cancelAuthorization: { input: v.object({ authorizationId: Id }), output: Nothing },
  /** Forgets an attempt that ended; a credential that waited for a choice is revoked and destroyed. */
  dismissAuthorization: { input: v.object({ authorizationId: Id }), output: Nothing },
  /**
   * The person's choice after `mismatch` (`keep-both`, `replace`) or `duplicate` (`update`,
   * `keep-both`).
   */
  chooseAuthorization: {
    input: v.object({
      authorizationId: Id,
      choice: v.picklist(['keep-both', 'replace', 'update']),
    }),
    output: v.object({ connectionId: v.string() }),
  },
};
