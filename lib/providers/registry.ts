/** What the rest of the background asks of provider definitions. */
import { catalogue } from './catalogue.ts';
import type { Provider } from './schema.ts';

export { defaultParams, hostsOf, originsOf, type Params } from './origins.ts';
export {
  parseDefinition,
  type DefinitionIssue,
  type ParsedDefinition,
} from './parse-definition.ts';
export { summarise, type SummaryContext } from './summary.ts';

/** Whether a provider comes with Patchbay: an imported definition can never take its place. */
export function isBuiltIn(id: string): boolean {
  return catalogue.some((provider) => provider.id === id);
}

/** The provider of that id, the built-in one before an imported one; `null` when there is none. */
export function findProvider(id: string, imported: ReadonlyMap<string, Provider>): Provider | null {
  return catalogue.find((provider) => provider.id === id) ?? imported.get(id) ?? null;
}

/** The part of a redirect address that belongs to one provider (RFC 9700 §4.4.2.2). */
export function redirectPath(providerId: string): string {
  return providerId;
}
