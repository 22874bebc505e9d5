/** What a page may ask about files of connections. */
import * as v from 'valibot';
import { FILE_BYTES_MAX } from '../domain/transfer/file-limits.ts';
import {
  SEAL_PASSPHRASE_MAX,
  SEAL_PASSPHRASE_MIN,
} from '../domain/transfer/passphrase-strength.ts';
import { BadFile } from './provider-procedures.ts';

const TransferText = v.pipe(v.string(), v.maxLength(FILE_BYTES_MAX));
/** To open a file with; `null` for one in the clear. */
const OpeningPassphrase = v.nullable(v.pipe(v.string(), v.maxLength(SEAL_PASSPHRASE_MAX)));

export const transferProcedures = {
  /** Every connection with its key or password, sealed; tokens of a sign-in are left out. */
  exportSecrets: {
    input: v.object({
      passphrase: v.pipe(
        v.string(),
        v.minLength(SEAL_PASSPHRASE_MIN),
        v.maxLength(SEAL_PASSPHRASE_MAX),
      ),
    }),
    output: v.variant('kind', [
      v.object({
        kind: v.literal('sealed'),
        text: v.string(),
        connections: v.number(),
        withSecret: v.number(),
      }),
      /** Nothing is exported: no import would take what stands in one field. */
      v.object({
        kind: v.literal('unreadable'),
        of: v.picklist(['connection', 'environment', 'tag', 'view', 'flow']),
        id: v.nullable(v.string()),
        name: v.string(),
        field: v.string(),
        code: v.string(),
        more: v.number(),
      }),
    ]),
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
        /** Those that do not come, by what of them is not as it is defined here. */
        leftOut: v.object({ provider: v.number(), method: v.number(), parameter: v.number() }),
        /** Ids of providers that are not defined here, and how many more of them there are. */
        missing: v.array(v.object({ provider: v.string(), count: v.number() })),
        missingMore: v.number(),
        /** The first of each. */
        names: v.object({
          added: v.array(v.string()),
          present: v.array(v.string()),
          leftOut: v.array(v.string()),
        }),
        moved: v.number(),
        /** What else is added: environments, tags or their colours, views, flows. */
        environments: v.number(),
        tags: v.number(),
        views: v.number(),
        /** New ones, and those that get a connection. */
        flows: v.number(),
        /** Of those: how many are left out, because as many are kept here as can be. */
        noRoom: v.number(),
        /** Permissions that the first checks need. */
        origins: v.array(v.string()),
      }),
      /** Sealed: a passphrase is needed. */
      v.object({ kind: v.literal('locked') }),
      BadFile,
    ]),
  },
  /** Imports a file that {@link previewConnections} called good, in one transaction. */
  importConnections: {
    input: v.object({ text: TransferText, passphrase: OpeningPassphrase }),
    output: v.object({ added: v.number(), present: v.number(), leftOut: v.number() }),
  },
};
