import * as v from 'valibot';
import { PatchbayError, type ErrorCode } from '../domain/errors.ts';
import { expandUrl } from '../domain/url-template.ts';
import {
  defaultParams,
  originsOf,
  parseDefinition,
  redirectPath,
  summarise,
} from '../providers/registry.ts';
import { Provider, type Method } from '../providers/schema.ts';
import type { Output, ParsedInput, ProviderSummary } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { onDemand } from '../store/on-demand.ts';
import { clientKey, forgetClients } from './clients.ts';
import type { Ports } from './ports.ts';
import { holdersOf, usage, usersOf } from './provider-use.ts';

/** The catalogue and the person's own definitions, read once and kept until one changes. */
export interface Providers {
  /** @returns `null` when there is none of that id (any more) */
  readonly find: (id: string) => Promise<Provider | null>;
  readonly list: () => Promise<Output<'listProviders'>>;
  readonly preview: (text: string) => Promise<Output<'previewProvider'>>;
  readonly keep: (text: string) => Promise<{ id: string }>;
  readonly remove: (input: ParsedInput<'removeProvider'>) => Promise<void>;
  /** What is stored is read again. */
  readonly forget: () => void;
}

/** Opens the providers. */
export function openProviders(ports: Ports): Providers {
  const imported = onDemand(() => readImported(ports));
  const catalogue = onDemand(() => ports.catalogue());
  const findBuiltIn = async (id: string): Promise<Provider | undefined> =>
    (await catalogue()).find((provider) => provider.id === id);
  const changed = (): void => {
    imported.forget();
    ports.announce({ kinds: ['providers'], checking: null });
  };

  /** Whether a definition would send secrets to hosts that the one before did not name, if it can still be read. */
  const reachesFurther = async (provider: Provider): Promise<boolean> => {
    const before = (await imported()).get(provider.id);
    const known = before === undefined ? [] : allOrigins(before);
    return allOrigins(provider).some((origin) => !known.includes(origin));
  };

  /** Built-in ids are taken, and what connections trusted may not be turned to another host. */
  const obstacleTo = async (
    provider: Provider,
    countUsers: typeof usersOf,
  ): Promise<ErrorCode | null> => {
    if ((await findBuiltIn(provider.id)) !== undefined) return 'provider-taken';
    if (!(await reachesFurther(provider))) return null;
    return (await countUsers(await ports.database(), provider.id)) > 0 ? 'provider-in-use' : null;
  };

  return {
    forget: imported.forget,
    async find(id) {
      return (await findBuiltIn(id)) ?? (await imported()).get(id) ?? null;
    },
    async list() {
      const db = await ports.database();
      const own = [...(await imported()).values()];
      const used = await usage(db);
      const clients = new Map((await db.getAll('clients')).map((one) => [one.id, one.clientId]));
      const brief = (provider: Provider, source: 'catalogue' | 'imported'): ProviderSummary =>
        summarise(provider, {
          source,
          keptClientId: clients.get(clientKey(provider.id, defaultParams(provider))) ?? null,
          redirectUrl: ports.authWindow.redirectUrl(redirectPath(provider.id)),
          connections: used.get(provider.id) ?? 0,
        });
      return {
        providers: [
          ...(await catalogue()).map((provider) => brief(provider, 'catalogue')),
          ...own.map((provider) => brief(provider, 'imported')),
        ],
      };
    },
    async preview(text) {
      const parsed = parseDefinition(text);
      if (parsed.kind === 'bad') return parsed;
      const { provider } = parsed;
      const obstacle = await obstacleTo(provider, usersOf);
      if (obstacle !== null) return { kind: 'bad', code: obstacle, issues: [], issuesLeftOut: 0 };
      return {
        kind: 'good',
        provider: summarise(provider, {
          source: 'imported',
          keptClientId: null,
          redirectUrl: ports.authWindow.redirectUrl(redirectPath(provider.id)),
          connections: 0,
        }),
        replaces: (await imported()).has(provider.id),
      };
    },
    async keep(text) {
      const parsed = parseDefinition(text);
      if (parsed.kind === 'bad')
        throw new PatchbayError(parsed.code, parsed.issues[0]?.path ?? null);
      const { provider } = parsed;
      const obstacle = await obstacleTo(provider, holdersOf);
      if (obstacle !== null) throw new PatchbayError(obstacle, provider.id);
      const isElsewhere = await reachesFurther(provider);
      await commit(await ports.database(), {
        also: async (tx) => {
          const { id } = provider;
          await tx
            .objectStore('providers')
            .put({ id, definition: provider, importedAt: ports.now() });
          // A client's secret is for the hosts that it was given for.
          if (isElsewhere) await forgetClients(tx, id);
        },
      });
      changed();
      return { id: provider.id };
    },
    async remove({ id }) {
      const db = await ports.database();
      const users = await holdersOf(db, id);
      if (users > 0) throw new PatchbayError('provider-in-use', String(users));
      if ((await findBuiltIn(id)) !== undefined) return;
      await commit(db, {
        also: async (tx) => {
          await tx.objectStore('providers').delete(id);
          await forgetClients(tx, id);
        },
      });
      changed();
    },
  };
}

function allOrigins(provider: Provider): string[] {
  return provider.methods.flatMap(({ id }) => originsOf(provider, id, defaultParams(provider)));
}

/** One of a provider's ways to authorise. @throws PatchbayError `invalid-request` */
export function methodOf(provider: Provider, methodId: string): Method {
  const method = provider.methods.find((one) => one.id === methodId);
  if (method === undefined) throw new PatchbayError('invalid-request', 'methodId');
  return method;
}

/**
 * The parameters as they are kept: only those that the provider declares, defaults filled in.
 * @throws PatchbayError `parameter-invalid` naming the parameter
 */
export function settleParams(
  provider: Provider,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const settled: Record<string, string> = {};
  for (const param of provider.params) {
    const value = (given[param.id] ?? '').trim() || param.default;
    const isGood =
      value !== undefined &&
      (param.kind !== 'site' || expandUrl(`{${param.id}}/`, { [param.id]: value }) !== null);
    if (!isGood) throw new PatchbayError('parameter-invalid', param.id);
    settled[param.id] = param.kind === 'site' ? value.replace(/\/+$/, '') : value;
  }
  return settled;
}

/** @throws PatchbayError `permission-missing` when a host that gets the credential is not granted */
export async function demandOrigins(
  ports: Ports,
  provider: Provider,
  methodId: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  if (!(await ports.hasOrigins(originsOf(provider, methodId, params))))
    throw new PatchbayError('permission-missing');
}

async function readImported(ports: Ports): Promise<Map<string, Provider>> {
  const stored = await (await ports.database()).getAll('providers');
  return new Map(
    stored.flatMap(({ id, definition }) => {
      const parsed = v.safeParse(Provider, definition);
      return parsed.success ? [[id, parsed.output] as const] : [];
    }),
  );
}
