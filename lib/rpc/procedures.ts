/**
 * Everything that a page may ask of the background. Inputs are checked before they are believed;
 * outputs are parsed too, so that a field that nobody named cannot leave (valibot drops it).
 *
 * Pages import the types of this file alone: `rpc/client.ts` needs no schema.
 */
import * as v from 'valibot';
import { COLUMN_IDS, COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN } from '../domain/columns.ts';
import { ERROR_CODES } from '../domain/errors.ts';
import { DAY_MINUTES } from '../domain/quiet-hours.ts';
import { FILE_BYTES_MAX } from '../domain/transfer/file-limits.ts';
import {
  PASSPHRASE_LENGTH_MAX,
  PASSPHRASE_LENGTH_MIN,
} from '../domain/transfer/passphrase-strength.ts';
import { editProcedures } from './edit-procedures.ts';
import { flowProcedures } from './flow-procedures.ts';
import { Id, Ids, Name, Nothing } from './inputs.ts';
import { noticeProcedures } from './notice-procedures.ts';
import { Outcomes } from './outcomes.ts';
import { tagProcedures, Tags } from './tag-procedures.ts';
import { PASSPHRASE_MAX, PASSPHRASE_MIN } from '../domain/view-only.ts';

const EnvironmentName = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(60));
const ViewName = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(60));
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

const MethodSummary = v.object({
  id: v.string(),
  kind: v.picklist(['oauth2', 'key', 'bearer', 'basic']),
  label: v.nullable(v.string()),
  /** Labels of the fields to fill in. */
  fields: v.object({
    key: v.nullable(v.string()),
    user: v.nullable(v.string()),
    password: v.nullable(v.string()),
    example: v.nullable(v.string()),
  }),
  scopes: v.array(v.object({ id: v.string(), label: v.string(), on: v.boolean() })),
  /** For `oauth2`: whether the person must bring a client, and with a secret. */
  client: v.nullable(
    v.object({
      own: v.boolean(),
      secret: v.picklist(['none', 'optional', 'required']),
      /** The id of the client that is already kept for this provider; the secret never shows. */
      keptId: v.nullable(v.string()),
      redirectUrl: v.string(),
    }),
  ),
  /** When access ends by itself, as the provider states. */
  lapses: v.array(
    v.object({
      afterS: v.number(),
      since: v.picklist(['grant', 'use']),
      when: v.nullable(v.string()),
      source: v.string(),
    }),
  ),
  /** Whether the provider can be asked to end a grant. */
  canRevoke: v.boolean(),
  /** Permissions to ask for; where a site is a parameter, its origin is added by the page. */
  origins: v.array(v.string()),
});

export const ProviderSummary = v.object({
  id: v.string(),
  name: v.string(),
  mark: v.object({ text: v.string(), color: v.string(), path: v.nullable(v.string()) }),
  source: v.picklist(['catalogue', 'imported']),
  params: v.array(
    v.object({
      id: v.string(),
      label: v.string(),
      kind: v.picklist(['site', 'text']),
      example: v.string(),
      default: v.nullable(v.string()),
    }),
  ),
  methods: v.array(MethodSummary),
  hosts: v.array(v.string()),
  links: v.object({ docs: v.string(), key: v.nullable(v.string()), app: v.nullable(v.string()) }),
  verifiedOn: v.string(),
  connections: v.number(),
});

const DefinitionIssue = v.object({
  /** Dotted path of the field, empty for the whole file. */
  path: v.string(),
  /** What is wrong there, as a code of the message catalogue: `definition_issue_<code>`. */
  code: v.string(),
  /** What the field should have been, or the value that broke the rule; a stranger's text. */
  expected: v.nullable(v.string()),
  received: v.nullable(v.string()),
});

const TransferText = v.pipe(v.string(), v.maxLength(FILE_BYTES_MAX));
/** To open a file with; `null` for one in the clear. */
const OpeningPassphrase = v.nullable(v.pipe(v.string(), v.maxLength(PASSPHRASE_LENGTH_MAX)));
const MinuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(DAY_MINUTES - 1));
/** Of one connection; a list of accounts is never longer. */
const AccountIds = v.pipe(v.array(Id), v.maxLength(5000));

export const procedures = {
  /** All providers, catalogue first, ready for a form. */
  listProviders: { input: Nothing, output: v.object({ providers: v.array(ProviderSummary) }) },

  /** Reads a definition file and says what is wrong with it; changes nothing. */
  previewProvider: {
    input: v.object({ text: v.string() }),
    output: v.variant('kind', [
      v.object({ kind: v.literal('good'), provider: ProviderSummary, replaces: v.boolean() }),
      v.object({
        kind: v.literal('bad'),
        code: v.picklist(ERROR_CODES),
        issues: v.array(DefinitionIssue),
        issuesLeftOut: v.number(),
      }),
    ]),
  },
  /** Keeps a definition that {@link previewProvider} called good. */
  importProvider: { input: v.object({ text: v.string() }), output: v.object({ id: v.string() }) },
  removeProvider: { input: v.object({ id: Id }), output: Nothing },

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

  /**
   * Makes the queue "Reconnect all" anew: of everything broken in an environment (`null`: in all), of
   * what is broken among `ids`, or of what the one before has left.
   */
  startRepair: {
    input: v.object({
      environmentId: v.nullable(Id),
      onlyLeft: v.boolean(),
      ids: v.optional(Ids),
    }),
    output: Nothing,
  },
  /** One step of the person in the queue; attempts to sign in move it by themselves. */
  changeRepair: {
    input: v.variant('kind', [
      v.object({
        kind: v.literal('decide'),
        connectionId: Id,
        decision: v.picklist(['later', 'skip', 'next']),
      }),
      /** What broke since joins. */
      v.object({ kind: v.literal('continue') }),
      v.object({ kind: v.literal('stop') }),
      /** Forgets it. */
      v.object({ kind: v.literal('close') }),
      v.object({ kind: v.literal('by-itself'), isOn: v.boolean() }),
    ]),
    output: Nothing,
  },

  /** Checks now; waits for the answers. Empty `ids`: everything in the chosen environment. */
  checkNow: {
    input: v.object({ ids: Ids }),
    output: v.object({ checked: v.number(), reconnect: v.number(), unverified: v.number() }),
  },
  /** Ends a running {@link checkNow} early; what was checked stays. */
  stopChecking: { input: Nothing, output: Nothing },

  ...editProcedures,
  ...tagProcedures,
  ...flowProcedures,
  ...noticeProcedures,
  /**
   * Changes which accounts are used. Says what changes and not what is chosen: of two clicks in a row
   * the second does not take the first back.
   */
  chooseAccounts: {
    input: v.object({
      id: Id,
      change: v.variant('kind', [
        v.object({ kind: v.picklist(['use', 'leave-out']), ids: AccountIds }),
        v.object({ kind: v.picklist(['use-all', 'use-none', 'only-these', 'new-too']) }),
      ]),
    }),
    output: Nothing,
  },
  /** Makes the same connection in another environment; it has no credential until it is authorised. */
  copyConnection: {
    input: v.object({ id: Id, environmentId: Id }),
    output: v.object({ id: v.string() }),
  },
  addEnvironment: {
    input: v.object({ name: EnvironmentName }),
    output: v.object({ id: v.string() }),
  },
  renameEnvironment: { input: v.object({ id: Id, name: EnvironmentName }), output: Nothing },
  /** What stands in it goes to `moveTo`. */
  removeEnvironment: { input: v.object({ id: Id, moveTo: Id }), output: Nothing },
  pauseSync: { input: v.object({ ids: Ids }), output: Outcomes },
  resumeSync: { input: v.object({ ids: Ids }), output: Outcomes },

  /**
   * Deletes our reference, at once for everything that shows or checks it, for good when it can be
   * undone no more; `revoke` asks the provider to end the grant then, as far as it can.
   */
  deleteConnections: {
    input: v.object({ ids: Ids, revoke: v.boolean() }),
    output: v.object({ deleted: v.number(), batchId: v.string() }),
  },
  /** Puts back what was deleted together; `restored` is none when it was too late. */
  undoDeletion: {
    input: v.object({ batchId: Id }),
    output: v.object({ restored: v.number() }),
  },
  /** The person has read which grants could not be ended. */
  dismissNotRevoked: { input: Nothing, output: Nothing },

  /** Keeps search, filters and order, as they stand in the address, under a name of its own. */
  saveView: {
    input: v.object({ name: ViewName, search: v.pipe(v.string(), v.maxLength(4000)) }),
    output: v.object({ id: v.string() }),
  },
  renameView: { input: v.object({ id: Id, name: ViewName }), output: Nothing },
  removeView: { input: v.object({ id: Id }), output: Nothing },
  /** Every connection with its key or password, sealed; tokens of a sign-in are left out. */
  exportSecrets: {
    input: v.object({
      passphrase: v.pipe(
        v.string(),
        v.minLength(PASSPHRASE_LENGTH_MIN),
        v.maxLength(PASSPHRASE_LENGTH_MAX),
      ),
    }),
    output: v.object({ text: v.string(), connections: v.number(), withSecret: v.number() }),
  },
  /** Reads a file of connections and says what importing it would do; changes nothing. */
  previewConnections: {
    input: v.object({ text: TransferText, passphrase: OpeningPassphrase }),
    output: v.variant('kind', [
      v.object({
        kind: v.literal('good'),
        exportedAt: v.number(),
        added: v.number(),
        /** Of those that are added: how many bring their key or password. */
        withSecret: v.number(),
        present: v.number(),
        unknown: v.number(),
        moved: v.number(),
        /** What else is added: environments, tags or their colours, views. */
        environments: v.number(),
        tags: v.number(),
        views: v.number(),
        /** Of those: how many are left out, because as many are kept here as can be. */
        noRoom: v.number(),
        /** Permissions that the first checks need. */
        origins: v.array(v.string()),
      }),
      /** Sealed: a passphrase is needed. */
      v.object({ kind: v.literal('locked') }),
      v.object({
        kind: v.literal('bad'),
        code: v.picklist(ERROR_CODES),
        issues: v.array(DefinitionIssue),
        issuesLeftOut: v.number(),
      }),
    ]),
  },
  /** Imports a file that {@link previewConnections} called good, in one transaction. */
  importConnections: {
    input: v.object({ text: TransferText, passphrase: OpeningPassphrase }),
    output: v.object({ added: v.number(), present: v.number(), unknown: v.number() }),
  },

  saveSettings: {
    input: v.object({
      environmentId: v.optional(v.nullable(Id)),
      periodMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
      notifications: v.optional(v.boolean()),
      endNotices: v.optional(v.boolean()),
      quietHours: v.optional(v.object({ isOn: v.boolean(), from: MinuteOfDay, to: MinuteOfDay })),
      columns: v.optional(
        v.object({
          hidden: v.pipe(v.array(v.picklist(COLUMN_IDS)), v.maxLength(COLUMN_IDS.length)),
          fits: v.boolean(),
          widths: v.record(
            v.picklist(COLUMN_IDS),
            v.pipe(v.number(), v.minValue(COLUMN_WIDTH_MIN), v.maxValue(COLUMN_WIDTH_MAX)),
          ),
        }),
      ),
    }),
    output: Nothing,
  },

  /** View only from now on, until somebody names the passphrase. */
  lockChanges: {
    input: v.object({
      passphrase: v.pipe(v.string(), v.minLength(PASSPHRASE_MIN), v.maxLength(PASSPHRASE_MAX)),
    }),
    output: Nothing,
  },
  /** Asks for the passphrase; after wrong ones a try has to wait. */
  unlockChanges: {
    input: v.object({ passphrase: v.pipe(v.string(), v.maxLength(PASSPHRASE_MAX)) }),
    output: Nothing,
  },
} satisfies Record<string, Procedure>;

export interface Procedure {
  readonly input: v.GenericSchema;
  readonly output: v.GenericSchema;
}
export type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type Input<N extends ProcedureName> = v.InferInput<Procedures[N]['input']>;
export type ParsedInput<N extends ProcedureName> = v.InferOutput<Procedures[N]['input']>;
export type Output<N extends ProcedureName> = v.InferOutput<Procedures[N]['output']>;
export type ProviderSummary = v.InferOutput<typeof ProviderSummary>;
export type MethodSummary = v.InferOutput<typeof MethodSummary>;
export type DefinitionIssue = v.InferOutput<typeof DefinitionIssue>;
export type TypedCredential = v.InferOutput<typeof TypedCredential>;
export type TypedClient = v.InferOutput<typeof TypedClient>;

/** One handler a procedure, as the background implements them. */
export type Handlers = {
  readonly [N in ProcedureName]: (input: ParsedInput<N>) => Promise<Output<N>>;
};
