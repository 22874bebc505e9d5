/** Input that a schema takes, made from the schema itself: a procedure that is new needs no list of its own. */
import * as fc from 'fast-check';
import * as v from 'valibot';

/** What is read of valibot's schemas. */
interface Shape extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly value?: Shape;
  readonly wrapped?: Shape;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

/**
 * @param texts what to put where a text is wanted and fits: ids that exist, files, names
 */
export function validInput(
  schema: v.GenericSchema,
  texts: readonly string[],
): fc.Arbitrary<unknown> {
  return inputOf(schema, texts).filter((input) => v.is(schema, input));
}

function inputOf(schema: Shape, texts: readonly string[]): fc.Arbitrary<unknown> {
  const inner = (one: Shape | undefined): fc.Arbitrary<unknown> =>
    one === undefined ? fc.constant(undefined) : inputOf(one, texts);
  switch (schema.type) {
    case 'object':
    case 'strict_object':
      return objectOf(schema.entries ?? {}, inner);
    case 'string': {
      const fitting = [...texts, LONG_ENOUGH].filter((text) => v.is(schema, text));
      return fc.constantFrom(...fitting);
    }
    case 'number':
      return fc.constantFrom(...[1, 60, 1440, 1.7e12].filter((one) => v.is(schema, one)));
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(schema.literal);
    case 'picklist':
      return fc.constantFrom(...(schema.options ?? []));
    case 'array':
      return fc.array(inner(schema.item), { maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.constantFrom('site', 'account'), inner(schema.value), { maxKeys: 2 });
    case 'nullable':
      return fc.option(inner(schema.wrapped));
    case 'optional':
      return fc.option(inner(schema.wrapped), { nil: undefined });
    case 'variant':
    case 'union':
      return fc.oneof(...((schema.options ?? []) as readonly Shape[]).map(inner));
    // The one there is: what a passkey answered.
    case 'unknown':
      return fc.array(fc.nat(255), { minLength: 32, maxLength: 32 });
    default:
      return fc.constantFrom(null, 'anything');
  }
}

const LONG_ENOUGH = 'quite long enough for anything 2026';

function objectOf(
  entries: Readonly<Record<string, Shape>>,
  inner: (one: Shape) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const made = Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, inner(one)]));
  return fc
    .record(made)
    .map((given) =>
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    );
}
