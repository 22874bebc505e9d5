import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROVIDER_SCHEMA_PATH, providerSchemaText } from '../../scripts/provider-schema.ts';

describe('public/provider.schema.json', () => {
  it('is what `npx tsx scripts/generate-public.ts` writes now', () => {
    expect(readFileSync(PROVIDER_SCHEMA_PATH, 'utf8')).toBe(providerSchemaText());
  });

  it('asks for what has no default, and for nothing else that nobody named', () => {
    const schema = JSON.parse(providerSchemaText()) as Record<string, unknown>;
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['schema', 'id', 'name', 'mark', 'methods', 'check', 'links', 'verifiedOn'],
    });
  });
});
