/** Writes what `public/` holds of the providers: the schema of a definition, and the built-in ones. */
import { writeFileSync } from 'node:fs';
import { CATALOGUE_PATH, catalogueText } from './catalogue-file.ts';
import { PROVIDER_SCHEMA_PATH, providerSchemaText } from './provider-schema.ts';

writeFileSync(PROVIDER_SCHEMA_PATH, providerSchemaText());
writeFileSync(CATALOGUE_PATH, catalogueText());
