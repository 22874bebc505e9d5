/**
 * The file that carries connections from one browser to another. In the clear it holds no secret;
 * keys and passwords travel only inside a {@link SealedFile}.
 */
import * as v from 'valibot';
import { NOTES_MAX } from '../connection.ts';
import { OWN_ENVIRONMENTS_MAX } from '../environment.ts';
import {
  FLOW_CONNECTIONS_MAX,
  FLOW_NAME_MAX,
  FLOW_NOTE_MAX,
  flowAddress,
  FLOWS_MAX,
} from '../flow.ts';
import { KDF_ITERATIONS } from '../kdf-iterations.ts';
import { ALL_ENVIRONMENTS } from '../query.ts';
import { VIEWS_MAX } from '../saved-view.ts';
import { TAG_COLORS, TAG_LENGTH_MAX, TAGS_CARRIED_MAX, TAGS_KEPT_MAX } from '../tag.ts';
import {
  FILE_ACCOUNT_LENGTH_MAX,
  FILE_ACCOUNTS_MAX,
  FILE_CONNECTIONS_MAX,
  FILE_SEARCH_LENGTH_MAX,
  FILE_VERSIONS,
  KDF_ITERATIONS_MAX,
} from './file-limits.ts';

const text = (max: number) => v.pipe(v.string(), v.nonEmpty('empty'), v.maxLength(max, 'too-long'));
/** A name as it was typed. */
const name = (max: number) => v.pipe(text(max), v.trim(), v.nonEmpty('empty'));
const list = <S extends v.GenericSchema>(item: S, max: number) =>
  v.pipe(v.array(item), v.maxLength(max, 'too-many'));
const Moment = v.pipe(
  v.number(),
  v.integer('range'),
  v.minValue(0, 'range'),
  v.maxValue(8.64e15, 'range'),
);
/** As ids are made: nothing in it can be mistaken for another name in the vault. */
const Id = v.pipe(text(64), v.regex(/^[\w-]+$/, 'connection-id'));
/** In addresses the other one means all of them. */
const EnvironmentId = v.pipe(Id, v.notValue(ALL_ENVIRONMENTS, 'environment-all'));

const CarriedCredential = v.variant('kind', [
  v.strictObject({ kind: v.literal('key'), key: text(16_384) }),
  v.strictObject({ kind: v.literal('bearer'), token: text(16_384) }),
  v.strictObject({ kind: v.literal('basic'), user: text(500), password: text(4096) }),
]);

const AccountChoice = v.strictObject({
  kind: v.picklist(['all-but', 'only']),
  accounts: list(
    v.strictObject({
      id: text(FILE_ACCOUNT_LENGTH_MAX),
      label: v.pipe(v.string(), v.maxLength(FILE_ACCOUNT_LENGTH_MAX, 'too-long')),
    }),
    FILE_ACCOUNTS_MAX,
  ),
});

const entries = {
  id: Id,
  name: name(500),
  provider: text(200),
  method: text(200),
  params: v.record(
    v.pipe(v.string(), v.maxLength(64, 'too-long')),
    v.pipe(v.string(), v.maxLength(500, 'too-long')),
  ),
  identity: v.nullable(
    v.strictObject({
      id: text(500),
      label: text(500),
      workspace: v.nullable(text(500)),
    }),
  ),
  environment: text(200),
  tags: list(name(TAG_LENGTH_MAX), TAGS_CARRIED_MAX),
  accountChoice: v.optional(AccountChoice),
  notes: v.optional(v.pipe(v.string(), v.maxLength(NOTES_MAX, 'too-long'))),
  statedEndAt: v.optional(Moment),
  /** Since when its sync is paused; not there where it is on. */
  pausedAt: v.optional(Moment),
  isMuted: v.optional(v.literal(true)),
  snoozedUntil: v.optional(Moment),
  createdAt: Moment,
  authorizedAt: v.nullable(Moment),
};

const CarriedConnection = v.strictObject(entries);
const SecretConnection = v.strictObject({ ...entries, credential: v.nullable(CarriedCredential) });

/** As it is kept: a web address that a person may open, without a user or password. */
const FlowAddress = v.pipe(v.string(), v.transform(flowAddress), v.string('url-malformed'));

const CarriedFlow = v.strictObject({
  id: Id,
  name: name(FLOW_NAME_MAX),
  address: v.nullable(FlowAddress),
  note: v.pipe(v.string(), v.maxLength(FLOW_NOTE_MAX, 'too-long')),
  connections: list(Id, FLOW_CONNECTIONS_MAX),
  createdAt: Moment,
});

const Version = v.picklist(FILE_VERSIONS);

/** What connections refer to and what finds them, kept once beside them. */
const belongings = {
  environments: list(v.strictObject({ id: EnvironmentId, name: name(60) }), OWN_ENVIRONMENTS_MAX),
  tags: list(
    v.strictObject({ name: name(TAG_LENGTH_MAX), color: v.nullable(v.picklist(TAG_COLORS)) }),
    TAGS_KEPT_MAX,
  ),
  views: list(
    v.strictObject({
      id: Id,
      name: name(60),
      search: v.pipe(v.string(), v.maxLength(FILE_SEARCH_LENGTH_MAX, 'too-long')),
    }),
    VIEWS_MAX,
  ),
};

/** The file in the clear. Strict: a field that does not belong, such as a secret, is refused. */
export const OpenFile = v.strictObject({
  patchbay: v.literal('connections'),
  version: Version,
  exportedAt: Moment,
  ...belongings,
  connections: list(CarriedConnection, FILE_CONNECTIONS_MAX),
  /** None in older files. */
  flows: v.optional(list(CarriedFlow, FLOWS_MAX)),
});

/** What stands inside a sealed file. */
export const SecretFile = v.strictObject({
  ...OpenFile.entries,
  connections: list(SecretConnection, FILE_CONNECTIONS_MAX),
});

const Base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'type'));

/** Everything of a sealed file that is not sealed; authenticated together with what is. */
const headerEntries = {
  patchbay: v.literal('connections-sealed'),
  version: Version,
  exportedAt: Moment,
  kdf: v.strictObject({
    name: v.literal('PBKDF2-SHA-256'),
    iterations: v.pipe(
      v.number(),
      v.integer('range'),
      v.minValue(KDF_ITERATIONS, 'range'),
      v.maxValue(KDF_ITERATIONS_MAX, 'range'),
    ),
    salt: v.pipe(Base64, v.length(24, 'range')),
  }),
  cipher: v.literal('AES-256-GCM'),
  /** A known text under the same key: tells a wrong passphrase from a file that was changed. */
  proof: v.strictObject({
    iv: v.pipe(Base64, v.length(16, 'range')),
    sealed: v.pipe(Base64, v.maxLength(200, 'too-long')),
  }),
  iv: v.pipe(Base64, v.length(16, 'range')),
};

export const SealedFile = v.strictObject({ ...headerEntries, sealed: Base64 });

export type CarriedConnection = v.InferOutput<typeof CarriedConnection>;
export type CarriedFlow = v.InferOutput<typeof CarriedFlow>;
export type CarriedCredential = v.InferOutput<typeof CarriedCredential>;
export type SecretConnection = v.InferOutput<typeof SecretConnection>;
export type OpenFile = v.InferOutput<typeof OpenFile>;
export type SecretFile = v.InferOutput<typeof SecretFile>;
export type SealedFile = v.InferOutput<typeof SealedFile>;
