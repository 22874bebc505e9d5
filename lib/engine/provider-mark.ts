import type { ProviderMark } from '../domain/connection.ts';
import { sitesOf, type Params } from '../providers/registry.ts';
import type { Provider } from '../providers/schema.ts';

/** What is kept of a provider with each of its connections. */
export function providerMark(provider: Provider, params: Params): ProviderMark {
  const { name, mark } = provider;
  return { name, text: mark.text, color: mark.color, sites: sitesOf(provider, params) };
}
