import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Template } from '../lib/providers/fields.ts';
import { ProviderObject } from '../lib/providers/schema.ts';

export const PROVIDER_SCHEMA_PATH = fileURLToPath(
  new URL('../public/provider.schema.json', import.meta.url),
);

/** As much of what an address may hold as a pattern can say. */
const ADDRESS = {
  pattern: String.raw`^(https://|http://(localhost|127\.|\[::1\])|\{)`,
  description: 'https:// (http:// on this computer alone), or a {site} in front',
};

/**
 * The JSON schema of a definition as it is written: what has a default may be left out. Rules
 * between fields, and those about what an address may hold, have no JSON form; the import judges
 * them.
 */
export function providerSchemaText(): string {
  const { $schema, ...schema } = toJsonSchema(ProviderObject, {
    typeMode: 'input',
    ignoreActions: ['trim'],
    overrideAction: ({ valibotAction, jsonSchema }) => {
      if (valibotAction.type !== 'check') return undefined;
      return valibotAction === Template.pipe.at(-1) ? { ...jsonSchema, ...ADDRESS } : jsonSchema;
    },
  });
  const titled = {
    $schema,
    title: 'Patchbay provider definition',
    description:
      'Says how Patchbay connects to one service, and how it finds out whether that still works.',
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
