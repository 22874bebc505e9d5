/**
 * What a provider definition may say. One schema for the built-in catalogue and for definitions
 * that a person imports: everything that the catalogue can say, a custom definition can.
 */
import * as v from 'valibot';
import { ProviderObject, type Definition, type DefinitionInput } from './definition.ts';
import { breaches } from './field-rules.ts';

/** The largest definition file that is read, in bytes. */
export const DEFINITION_BYTES_MAX = 256 * 1024;

/** A definition with its defaults filled in. Messages of issues are codes of `issue-codes.ts`. */
export const Provider = v.pipe(
  ProviderObject,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const { path, code, received } of breaches(dataset.value))
      addIssue({
        message: code,
        path: pathTo(dataset.value, path),
        received: received ?? '',
      });
  }),
);

export type Provider = Definition;
/** A definition as it is written: what has a default may be left out. */
export type ProviderInput = DefinitionInput;
export type Method = Provider['methods'][number];
export type Oauth2Method = Extract<Method, { kind: 'oauth2' }>;
export type CheckDefinition = Provider['check'];
export type AccountsDefinition = NonNullable<Provider['accounts']>;
export type { Fact } from './definition.ts';
export { ProviderObject } from './definition.ts';
export { templates } from './templates.ts';

type PathItem = v.ObjectPathItem | v.ArrayPathItem | v.UnknownPathItem;

/** A dotted path as valibot keeps it. */
function pathTo(value: Definition, path: string): [PathItem, ...PathItem[]] {
  let input: unknown = value;
  const items = path.split('.').map((key): v.UnknownPathItem => {
    const parent = input;
    input = typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined;
    return { type: 'unknown', origin: 'value', input: parent, key, value: input };
  });
  const [first, ...rest] = items;
  if (first === undefined) throw new TypeError('an empty path');
  return [first, ...rest];
}
