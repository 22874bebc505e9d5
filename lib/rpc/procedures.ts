/**
 * Everything that a page may ask of the background. Inputs are checked before they are believed;
 * outputs are parsed too, so that a field that nobody named cannot leave (valibot drops it).
 *
 * Pages import the types of this file alone: `rpc/client.ts` needs no schema.
 */
import * as v from 'valibot';
import { COLUMN_IDS, COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN } from '../domain/columns.ts';
import { DAY_MINUTES } from '../domain/quiet-hours.ts';
import { LOCK_PASSPHRASE_MAX, LOCK_PASSPHRASE_MIN } from '../domain/view-only.ts';
import { authorizationProcedures } from './authorization-procedures.ts';
import { editProcedures } from './edit-procedures.ts';
import { flowProcedures } from './flow-procedures.ts';
import { grantProcedures } from './grant-procedures.ts';
import { Id, Ids, Nothing } from './inputs.ts';
import { noticeProcedures } from './notice-procedures.ts';
import { Outcomes } from './outcomes.ts';
import { passkeyProcedures } from './passkey-procedures.ts';
import { providerProcedures } from './provider-procedures.ts';
import { recoveryProcedures } from './recovery-procedures.ts';
import { tagProcedures } from './tag-procedures.ts';
import { transferProcedures } from './transfer-procedures.ts';
import { vaultProcedures } from './vault-procedures.ts';

export type { TypedClient, TypedCredential } from './authorization-procedures.ts';
export type {
  BadFile,
  DefinitionIssue,
  MethodSummary,
  ProviderSummary,
} from './provider-procedures.ts';

const EnvironmentName = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(60));
const ViewSearch = v.pipe(v.string(), v.maxLength(4000));
const ViewName = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(60));
const MinuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(DAY_MINUTES - 1));
/** Of one connection; a list of accounts is never longer. */
const ACCOUNTS_MAX = 5000;
const AccountIds = v.pipe(v.array(Id), v.maxLength(ACCOUNTS_MAX));
const AccountChoice = v.object({
  kind: v.picklist(['all-but', 'only']),
  accounts: v.pipe(
    v.array(v.object({ id: v.string(), label: v.string() })),
    v.maxLength(ACCOUNTS_MAX),
  ),
});

export const procedures = {
  ...providerProcedures,
  ...authorizationProcedures,

  /**
   * Makes the queue "Reconnect all" anew: of everything broken in an environment (`null`: in all), of
   * `ids` whatever their health, or of what the one before has left. While one is under way, `ids` join it.
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
    output: v.object({
      checked: v.number(),
      reconnect: v.number(),
      unverified: v.number(),
      /** Who was not asked about. */
      left: v.array(Id),
    }),
  },
  /** Ends a running {@link checkNow} early; what was checked stays. */
  stopChecking: { input: Nothing, output: Nothing },

  ...editProcedures,
  ...tagProcedures,
  ...flowProcedures,
  ...noticeProcedures,
  ...recoveryProcedures,
  ...vaultProcedures,
  ...passkeyProcedures,
  ...grantProcedures,
  ...transferProcedures,
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
        /** Says what was made, so that nobody's newer choice is overwritten. */
        v.object({ kind: v.literal('as-before'), choice: AccountChoice, made: AccountChoice }),
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
  /** Says which name was seen, as {@link renameView} does. */
  renameEnvironment: {
    input: v.object({ id: Id, name: EnvironmentName, seenName: v.string() }),
    output: Nothing,
  },
  /** What stands in it goes to `moveTo`. */
  removeEnvironment: { input: v.object({ id: Id, moveTo: Id }), output: Nothing },
  /** @param since when it was paused before, where that is put back */
  pauseSync: {
    input: v.object({ ids: Ids, since: v.optional(v.number()) }),
    output: Outcomes,
  },
  resumeSync: { input: v.object({ ids: Ids }), output: Outcomes },

  /**
   * Deletes our reference, at once for everything that shows or checks it, for good when it can be
   * undone no more; `revoke` asks the provider to end the grant then, as far as it can. A further piece
   * of what is undone together names its `batchId`.
   */
  deleteConnections: {
    input: v.object({ ids: Ids, revoke: v.boolean(), batchId: v.optional(Id) }),
    output: v.object({
      deleted: v.number(),
      batchId: v.string(),
      /** Those that were gone already. */
      missing: v.array(Id),
    }),
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
    input: v.object({ name: ViewName, search: ViewSearch }),
    output: v.object({ id: v.string() }),
  },
  /** Says which name was seen, so that nobody's newer one is overwritten. */
  renameView: {
    input: v.object({ id: Id, name: ViewName, seenName: v.string() }),
    output: Nothing,
  },
  /** Says which search was seen, likewise. */
  updateView: {
    input: v.object({ id: Id, search: ViewSearch, seenSearch: v.string() }),
    output: Nothing,
  },
  removeView: { input: v.object({ id: Id }), output: Nothing },
  saveSettings: {
    input: v.object({
      environmentId: v.optional(v.nullable(Id)),
      periodMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
      notifications: v.optional(v.boolean()),
      endNotices: v.optional(v.boolean()),
      signsInInTab: v.optional(v.boolean()),
      /** What is not named stays. */
      quietHours: v.optional(
        v.partial(v.object({ isOn: v.boolean(), from: MinuteOfDay, to: MinuteOfDay })),
      ),
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
      passphrase: v.pipe(
        v.string(),
        v.minLength(LOCK_PASSPHRASE_MIN),
        v.maxLength(LOCK_PASSPHRASE_MAX),
      ),
    }),
    output: Nothing,
  },
  /** Asks for the passphrase; after wrong ones a try has to wait. */
  unlockChanges: {
    input: v.object({ passphrase: v.pipe(v.string(), v.maxLength(LOCK_PASSPHRASE_MAX)) }),
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

/** One handler a procedure, as the background implements them. */
export type Handlers = {
  readonly [N in ProcedureName]: (input: ParsedInput<N>) => Promise<Output<N>>;
};
