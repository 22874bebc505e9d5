import type { ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../domain/errors.ts';
import { originPattern, urlProblem } from '../domain/url-template.ts';
import type { MethodSummary, ProviderSummary } from '../rpc/procedures.ts';
import { createFollowed } from './followed.ts';
import type { PageDeps } from './page-deps.ts';

export type { DefinitionIssue, MethodSummary, ProviderSummary } from '../rpc/procedures.ts';

/** Every provider that can be connected to, as the background tells. */
export interface OptionsProviders {
  /** `null` until they came for the first time. */
  readonly list: ReadonlySignal<readonly ProviderSummary[] | null>;
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  readonly find: (id: string) => ProviderSummary | undefined;
  readonly load: () => Promise<void>;
}

export function createProviders(deps: Pick<PageDeps, 'call' | 'onChange'>): OptionsProviders {
  const {
    value: list,
    trouble,
    load,
  } = createFollowed<readonly ProviderSummary[] | null>(deps, ['providers'], null, async () => {
    const { providers } = await deps.call('listProviders', {});
    return providers;
  });
  return {
    list,
    trouble,
    find: (id) => list.value?.find((provider) => provider.id === id),
    load,
  };
}

export function findMethod(
  provider: ProviderSummary | undefined,
  methodId: string,
): MethodSummary | undefined {
  return provider?.methods.find((method) => method.id === methodId);
}

/**
 * Host permissions that a connection needs: those of the method, and the sites that the person named.
 * A site that is no usable address adds nothing; the background says so when it is asked to connect.
 * @param isInTab where people sign in in a tab: what that comes back to has to be seen
 */
export function originsFor(
  provider: ProviderSummary,
  method: MethodSummary,
  params: Readonly<Record<string, string>>,
  isInTab = false,
): string[] {
  const sites = provider.params
    .filter((param) => param.kind === 'site')
    .map((param) => params[param.id]?.trim() || param.default || '')
    .filter((site) => urlProblem(site) === null)
    .map(originPattern);
  const back = isInTab && method.client !== null ? [originPattern(method.client.redirectUrl)] : [];
  return [...new Set([...method.origins, ...sites, ...back])];
}
