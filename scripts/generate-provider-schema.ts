/** Writes `public/provider.schema.json` from the schema of provider definitions. */
import { writeFileSync } from 'node:fs';
import { PROVIDER_SCHEMA_PATH, providerSchemaText } from './provider-schema.ts';

writeFileSync(PROVIDER_SCHEMA_PATH, providerSchemaText());
