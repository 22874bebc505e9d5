/** What a page may ask about providers, and how it is told of them. */
import * as v from 'valibot';
import { Id, Nothing } from './inputs.ts';
import { CodeOut } from './outcomes.ts';

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
  /** Whether its definition says how accounts are listed. */
  listsAccounts: v.boolean(),
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

/** A file that cannot be used, and why. */
export const BadFile = v.object({
  kind: v.literal('bad'),
  code: CodeOut,
  issues: v.array(DefinitionIssue),
  issuesLeftOut: v.number(),
});

export type ProviderSummary = v.InferOutput<typeof ProviderSummary>;
export type MethodSummary = v.InferOutput<typeof MethodSummary>;
export type DefinitionIssue = v.InferOutput<typeof DefinitionIssue>;
export type BadFile = v.InferOutput<typeof BadFile>;

export const providerProcedures = {
  /** All providers, catalogue first, ready for a form. */
  listProviders: { input: Nothing, output: v.object({ providers: v.array(ProviderSummary) }) },

  /** Reads a definition file and says what is wrong with it; changes nothing. */
  previewProvider: {
    input: v.object({ text: v.string() }),
    output: v.variant('kind', [
      v.object({ kind: v.literal('good'), provider: ProviderSummary, replaces: v.boolean() }),
      BadFile,
    ]),
  },
  /** Keeps a definition that {@link previewProvider} called good. */
  importProvider: { input: v.object({ text: v.string() }), output: v.object({ id: v.string() }) },
  removeProvider: { input: v.object({ id: Id }), output: Nothing },
};
