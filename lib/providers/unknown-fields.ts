import type * as v from 'valibot';

/** A key that a schema does not know, or a list where it wants an object. */
export interface OddField {
  readonly keys: readonly string[];
  readonly kind: 'unknown-field' | 'list';
}

/**
 * Every field that a schema does not name. Valibot reports the first of an object alone, and lets
 * `__proto__` and its like pass unseen; somebody who mends a file wants all of them.
 */
export function oddFields(schema: v.GenericSchema, value: unknown): OddField[] {
  const found: OddField[] = [];
  walk(schema, value, [], found);
  return found;
}

/** What the walk reads of valibot's schemas. */
interface Shape extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly Shape[];
  readonly key?: string;
  readonly literal?: unknown;
}

function walk(schema: Shape, value: unknown, keys: readonly string[], found: OddField[]): void {
  if (typeof value !== 'object' || value === null) return;
  switch (schema.type) {
    case 'optional':
      if (schema.wrapped) walk(schema.wrapped, value, keys, found);
      return;
    case 'variant': {
      const option = schema.options?.find((one) => isMeant(one, schema.key ?? '', value));
      if (option) walk(option, value, keys, found);
      return;
    }
    case 'array':
      if (schema.item && Array.isArray(value))
        for (const [at, item] of value.entries())
          walk(schema.item, item, [...keys, `${at}`], found);
      return;
    case 'record':
    case 'strict_object':
      if (Array.isArray(value)) found.push({ keys, kind: 'list' });
      else walkObject(schema, value, keys, found);
  }
}

function walkObject(
  schema: Shape,
  value: object,
  keys: readonly string[],
  found: OddField[],
): void {
  for (const [key, inner] of Object.entries(value)) {
    const entry =
      schema.entries === undefined
        ? MAGIC.has(key)
          ? undefined
          : schema.value
        : Object.hasOwn(schema.entries, key)
          ? schema.entries[key]
          : undefined;
    if (entry === undefined) found.push({ keys: [...keys, key], kind: 'unknown-field' });
    else walk(entry, inner, [...keys, key], found);
  }
}

/** Keys that valibot leaves out of a record. */
const MAGIC = new Set(['__proto__', 'prototype', 'constructor']);

function isMeant(option: Shape, key: string, value: object): boolean {
  const literal = option.entries?.[key] as Shape | undefined;
  return Object.hasOwn(value, key) && literal?.literal === Reflect.get(value, key);
}
