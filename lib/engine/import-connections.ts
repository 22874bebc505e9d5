import { secret, type Credential } from '../domain/credential.ts';
import { codeOf, PatchbayError } from '../domain/errors.ts';
import type {
  CarriedConnection,
  CarriedCredential,
  SecretConnection,
} from '../domain/transfer/connection-file.ts';
import { parseFile, parseSecretFile } from '../domain/transfer/parse-file.ts';
import { planImport, type ImportPlan, type KnownProvider } from '../domain/transfer/plan-import.ts';
import { originsOf } from '../providers/registry.ts';
import type { Provider } from '../providers/schema.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import type { SealedSecret } from '../store/database.ts';
import { readConnections, readEnvironments } from '../store/read.ts';
import { unsealFile } from '../store/vault-passphrase.ts';
import type { Engine } from './engine.ts';
import { finishDeletions } from './finish-deletions.ts';
import { providerMark } from './provider-mark.ts';
import { methodOf, settleParams } from './providers.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

type Read =
  | {
      readonly kind: 'read';
      readonly connections: readonly (CarriedConnection | SecretConnection)[];
      readonly exportedAt: number;
    }
  | { readonly kind: 'locked' }
  | Extract<Output<'previewConnections'>, { kind: 'bad' }>;

/** What importing a file would do. Changes nothing. */
export function previewConnections(
  engine: Engine,
  input: ParsedInput<'previewConnections'>,
): Promise<Output<'previewConnections'>> {
  return engine.keepAwake(async () => {
    const read = await readFile(input.text, input.passphrase);
    if (read.kind !== 'read') return read;
    const { plan, originsById } = await plannedFor(engine, read.connections);
    const withSecret = plan.arrivals.filter(({ credential }) => credential !== null);
    return {
      kind: 'good',
      exportedAt: read.exportedAt,
      added: plan.arrivals.length,
      withSecret: withSecret.length,
      present: plan.present.length,
      unknown: plan.unknown.length,
      moved: plan.moved,
      origins: [
        ...new Set(withSecret.flatMap(({ connection }) => originsById.get(connection.id) ?? [])),
      ],
    };
  });
}

/**
 * Imports a file, all of it in one transaction. What is here already is left as it is.
 * @throws PatchbayError with what is wrong with the file; nothing is written then
 */
export function importConnections(
  engine: Engine,
  input: ParsedInput<'importConnections'>,
): Promise<Output<'importConnections'>> {
  // One at a time: an import that comes between would put its secrets under the same ids.
  return engine.lock('import-connections', () =>
    engine.keepAwake(async () => {
      const read = await readFile(input.text, input.passphrase);
      if (read.kind === 'locked') throw new PatchbayError('transfer-passphrase-wrong');
      if (read.kind === 'bad') throw new PatchbayError(read.code, read.issues[0]?.path ?? null);
      const { plan } = await plannedFor(engine, read.connections);
      const arriving = new Set(plan.arrivals.map(({ connection }) => connection.id));
      // What was deleted under the same id would end later, and take the secret of what arrived along.
      await finishDeletions(engine, ({ id }) => arriving.has(id));
      await commit(await engine.database(), {
        connections: new Map(
          plan.arrivals.map(({ connection }) => [connection.id, (stored) => stored ?? connection]),
        ),
        putSecrets: await sealed(engine, plan),
      });
      engine.announce({ kinds: ['connections', 'providers'], checking: null });
      await Promise.allSettled([tell(engine), planWake(engine)]);
      return {
        added: plan.arrivals.length,
        present: plan.present.length,
        unknown: plan.unknown.length,
      };
    }),
  );
}

async function readFile(text: string, passphrase: string | null): Promise<Read> {
  const parsed = parseFile(text);
  if (parsed.kind === 'bad') return parsed;
  if (parsed.kind === 'open') return { kind: 'read', ...parsed.file };
  if (passphrase === null) return { kind: 'locked' };
  try {
    const opened = parseSecretFile(await unsealFile(parsed.file, passphrase));
    return opened.kind === 'bad' ? opened : { kind: 'read', ...opened.file };
  } catch (thrown) {
    return { kind: 'bad', code: codeOf(thrown), issues: [], issuesLeftOut: 0 };
  }
}

async function plannedFor(
  engine: Engine,
  connections: readonly (CarriedConnection | SecretConnection)[],
): Promise<{ plan: ImportPlan; originsById: ReadonlyMap<string, readonly string[]> }> {
  const db = await engine.database();
  const [existing, environments, providers] = await Promise.all([
    readConnections(db, null),
    readEnvironments(db),
    foundProviders(engine, connections),
  ]);
  const originsById = new Map<string, readonly string[]>();
  const plan = planImport(connections, {
    existing,
    environmentIds: environments.map(({ id }) => id),
    now: engine.now(),
    known(one) {
      const provider = providers.get(one.provider) ?? null;
      const known = provider === null ? null : knownOf(provider, one);
      if (provider !== null && known !== null)
        originsById.set(one.id, originsOf(provider, one.method, known.params));
      return known;
    },
  });
  return { plan, originsById };
}

async function foundProviders(
  engine: Engine,
  connections: readonly CarriedConnection[],
): Promise<Map<string, Provider | null>> {
  const ids = [...new Set(connections.map(({ provider }) => provider))];
  return new Map(
    await Promise.all(ids.map(async (id) => [id, await engine.providers.find(id)] as const)),
  );
}

/** @returns `null` where the method is not there or a parameter does not fit */
function knownOf(provider: Provider, one: CarriedConnection): KnownProvider | null {
  try {
    const params = settleParams(provider, one.params);
    return {
      provider: providerMark(provider, params),
      methodKind: methodOf(provider, one.method).kind,
      params,
    };
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return null;
    throw thrown;
  }
}

function sealed(engine: Engine, { arrivals }: ImportPlan): Promise<SealedSecret[]> {
  return Promise.all(
    arrivals.flatMap(({ connection, credential }) =>
      credential === null
        ? []
        : [engine.vault.seal('credential', connection.id, credentialOf(credential))],
    ),
  );
}

function credentialOf(carriedCredential: CarriedCredential): Credential {
  switch (carriedCredential.kind) {
    case 'key':
      return { kind: 'key', key: secret(carriedCredential.key) };
    case 'bearer':
      return { kind: 'bearer', token: secret(carriedCredential.token) };
    case 'basic':
      return {
        kind: 'basic',
        user: carriedCredential.user,
        password: secret(carriedCredential.password),
      };
  }
}
