import { secret, type Credential } from '../domain/credential.ts';
import { codeOf, PatchbayError } from '../domain/errors.ts';
import type { Flow } from '../domain/flow.ts';
import { planBelongings, type BelongingsPlan } from '../domain/transfer/belongings.ts';
import { flowsMeant, planFlows, type FlowsPlan } from '../domain/transfer/carry-flows.ts';
import type {
  CarriedConnection,
  CarriedCredential,
  OpenFile,
  SecretFile,
} from '../domain/transfer/connection-file.ts';
import { parseFile, parseSecretFile } from '../domain/transfer/parse-file.ts';
import {
  planImport,
  type ImportGround,
  type ImportPlan,
  type KnownProvider,
  type Misfit,
} from '../domain/transfer/plan-import.ts';
import { originsOf } from '../providers/registry.ts';
import type { Provider } from '../providers/schema.ts';
import type { Output, ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { readConnections } from '../store/connections.ts';
import type { SealedSecret, WriteTransaction } from '../store/database.ts';
import { readFlows } from '../store/flows.ts';
import { editKept, keptIn } from '../store/kept.ts';
import { named, readBelongings } from '../store/read.ts';
import { readable } from '../store/readable.ts';
import { unsealFile } from '../store/vault-passphrase.ts';
import type { Engine } from './engine.ts';
import { finishDeletions } from './finish-deletions.ts';
import { providerMark } from './provider-mark.ts';
import { settleParams } from './providers.ts';
import { tell } from './tell.ts';
import { planWake } from './wake.ts';

/** How many names, and how many providers, a preview tells at the most. */
const NAMES_MAX = 100;

type Read =
  | { readonly kind: 'read'; readonly file: OpenFile | SecretFile }
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
    const { plan, belongings, flows, originsById } = await plannedFor(engine, read.file);
    const withSecret = plan.arrivals.filter(({ credential }) => credential !== null);
    return {
      kind: 'good',
      exportedAt: read.file.exportedAt,
      added: plan.arrivals.length,
      withSecret: withSecret.length,
      present: plan.present.length,
      ...leavingOut(plan),
      names: {
        added: plan.arrivals.slice(0, NAMES_MAX).map(({ connection }) => connection.name),
        present: plan.present.slice(0, NAMES_MAX),
        leftOut: plan.leftOut.slice(0, NAMES_MAX).map(({ name }) => name),
      },
      moved: plan.moved,
      ...belongings.added,
      flows: flows.written.length,
      noRoom: belongings.noRoom + flows.noRoom,
      origins: [
        ...new Set(withSecret.flatMap(({ connection }) => originsById.get(connection.id) ?? [])),
      ],
    };
  });
}

/** How many are left out for each reason, and the providers that are missing, the most missed first. */
function leavingOut({
  leftOut,
}: ImportPlan): Pick<
  Extract<Output<'previewConnections'>, { kind: 'good' }>,
  'leftOut' | 'missing' | 'missingMore'
> {
  const counts: Record<Misfit, number> = { provider: 0, method: 0, parameter: 0 };
  const missed = new Map<string, number>();
  for (const { misfit, provider } of leftOut) {
    counts[misfit] += 1;
    if (misfit === 'provider') missed.set(provider, (missed.get(provider) ?? 0) + 1);
  }
  const missing = [...missed]
    .map(([provider, count]) => ({ provider, count }))
    .sort((a, b) => b.count - a.count);
  return {
    leftOut: counts,
    missing: missing.slice(0, NAMES_MAX),
    missingMore: Math.max(0, missing.length - NAMES_MAX),
  };
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
      const { plan, ground } = await plannedFor(engine, read.file);
      const secrets = await sealed(engine, plan);
      const isArriving = new Set(plan.arrivals.map(({ connection }) => connection.id));
      const arriving = read.file.connections.filter(({ id }) => isArriving.has(id));
      // What was deleted under the same id would end later, and take the secret of what arrived along.
      await finishDeletions(engine, ({ id }) => isArriving.has(id));
      let added = 0;
      await commit(await engine.database(), {
        arrivedBy: 'imported',
        connections: async (tx) => {
          const flows = await tx.objectStore('flows').getAll();
          const { environmentOf } = await keepBelongings(tx, read.file, flows);
          // Made again from what is stored now: an environment or a twin may have come or gone.
          const existing = await tx.objectStore('connections').getAll();
          const again = planImport(arriving, { ...ground, existing, environmentOf });
          const { arrivals } = again;
          const ids = arrivals.map(({ connection }) => connection.id);
          added = ids.length;
          const isHere = new Set([...existing.map(({ id }) => id), ...ids]);
          const idsHere = new Map([...plan.idsHere, ...again.idsHere]);
          for (const [id, here] of idsHere) if (!isHere.has(here)) idsHere.delete(id);
          await keepFlows(tx, read.file, flows, idsHere, new Set(ids));
          await Promise.all(
            ids
              .flatMap((id) => secrets.get(id) ?? [])
              .map((one) => tx.objectStore('secrets').put(one)),
          );
          return new Map(arrivals.map(({ connection }) => [connection.id, () => connection]));
        },
      });
      const kinds = [
        'connections',
        'providers',
        'settings',
        'tags',
        'views',
        'flows',
        'deletions',
      ] as const;
      engine.announce({ kinds, checking: null });
      await Promise.allSettled([tell(engine), planWake(engine)]);
      const leftOut = plan.leftOut.length;
      return { added, present: read.file.connections.length - added - leftOut, leftOut };
    }),
  );
}

/** Keeps the flows of a file, with what they use of all that is here by now. */
async function keepFlows(
  tx: WriteTransaction,
  { flows = [] }: OpenFile,
  stored: Flow[],
  idsHere: ReadonlyMap<string, string>,
  arrived: ReadonlySet<string>,
): Promise<void> {
  const here = readable('flows', stored);
  // What cannot be read is not lost either: nothing takes its place.
  const lost = new Set(stored.filter((one) => !here.includes(one)).map(({ id }) => id));
  const given = flows.filter(({ id }) => !lost.has(id));
  const { written } = planFlows(given, here, idsHere, arrived);
  await Promise.all(written.map((flow) => tx.objectStore('flows').put(flow)));
}

/** Keeps what a file brings beside its connections. */
async function keepBelongings(
  tx: WriteTransaction,
  file: OpenFile,
  flows: Flow[],
): Promise<BelongingsPlan> {
  const here = {
    environments: named(await keptIn(tx, 'environments')),
    tags: (await keptIn(tx, 'tags')) ?? [],
    views: (await keptIn(tx, 'views')) ?? [],
  };
  const meant = flowsMeant(file.flows ?? [], readable('flows', flows));
  const plan = planBelongings(file, here, meant);
  const { kept, added } = plan;
  if (added.environments > 0) await editKept(tx, 'environments', () => kept.environments);
  if (added.tags > 0) await editKept(tx, 'tags', () => kept.tags);
  if (added.views > 0) await editKept(tx, 'views', () => kept.views);
  return plan;
}

async function readFile(text: string, passphrase: string | null): Promise<Read> {
  const parsed = parseFile(text);
  if (parsed.kind === 'bad') return parsed;
  if (parsed.kind === 'open') return { kind: 'read', file: parsed.file };
  if (passphrase === null) return { kind: 'locked' };
  try {
    const opened = parseSecretFile(await unsealFile(parsed.file, passphrase));
    return opened.kind === 'bad' ? opened : { kind: 'read', file: opened.file };
  } catch (thrown) {
    return { kind: 'bad', code: codeOf(thrown), issues: [], issuesLeftOut: 0 };
  }
}

interface Planned {
  readonly plan: ImportPlan;
  readonly belongings: BelongingsPlan;
  readonly flows: FlowsPlan;
  readonly ground: ImportGround;
  readonly originsById: ReadonlyMap<string, readonly string[]>;
}

async function plannedFor(engine: Engine, file: OpenFile | SecretFile): Promise<Planned> {
  const db = await engine.database();
  const [existing, here, flowsHere, providers] = await Promise.all([
    readConnections(db, null),
    readBelongings(db),
    readFlows(db),
    foundProviders(engine, file.connections),
  ]);
  const originsById = new Map<string, readonly string[]>();
  const settled = new Map<string, Settled>();
  const carried = file.flows ?? [];
  const belongings = planBelongings(file, here, flowsMeant(carried, flowsHere));
  const ground: ImportGround = {
    existing,
    environmentOf: belongings.environmentOf,
    now: engine.now(),
    known(one) {
      // Thousands differ in nothing of it.
      const key = JSON.stringify([one.provider, one.method, one.params]);
      const found = settled.get(key) ?? settle(providers.get(one.provider) ?? null, one);
      settled.set(key, found);
      originsById.set(one.id, found.origins);
      return found.known;
    },
  };
  const plan = planImport(file.connections, ground);
  const arriving = new Set(plan.arrivals.map(({ connection }) => connection.id));
  const flows = planFlows(carried, flowsHere, plan.idsHere, arriving);
  return { plan, belongings, flows, ground, originsById };
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

/** What becomes of a connection by its provider, method and parameters alone. */
interface Settled {
  readonly known: KnownProvider | Misfit;
  /** Permissions that its check needs. */
  readonly origins: readonly string[];
}

function settle(provider: Provider | null, one: CarriedConnection): Settled {
  const method = provider?.methods.find(({ id }) => id === one.method);
  if (provider === null || method === undefined)
    return { known: provider === null ? 'provider' : 'method', origins: [] };
  try {
    const params = settleParams(provider, one.params);
    const known = { provider: providerMark(provider, params), methodKind: method.kind, params };
    return { known, origins: originsOf(provider, one.method, params) };
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return { known: 'parameter', origins: [] };
    throw thrown;
  }
}

async function sealed(
  engine: Engine,
  { arrivals }: ImportPlan,
): Promise<ReadonlyMap<string, SealedSecret>> {
  const secrets = arrivals.flatMap(({ connection: { id }, credential }) =>
    credential === null ? [] : [{ id, credential: credentialOf(credential) }],
  );
  const all = secrets.map(
    async ({ id, credential }) =>
      [id, await engine.vault.seal('credential', id, credential)] as const,
  );
  return new Map(await Promise.all(all));
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
