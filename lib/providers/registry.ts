/** What the rest of the background asks of provider definitions. */
export { defaultParams, hostsOf, originsOf, sitesOf, type Params } from './origins.ts';
export {
  parseDefinition,
  type DefinitionIssue,
  type ParsedDefinition,
} from './parse-definition.ts';
export { summarise, type SummaryContext } from './summary.ts';

/** The part of a redirect address that belongs to one provider (RFC 9700 §4.4.2.2). */
export function redirectPath(providerId: string): string {
  return providerId;
}
