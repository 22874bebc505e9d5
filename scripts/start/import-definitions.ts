import type { Page } from 'playwright-core';
import { importDefinition, type DefinitionFile } from '../../test/support/journey/options-page.ts';

/** Imports the practice definitions as a person would: through the dialog of the options page. */
export async function importDefinitions(
  page: Page,
  definitions: readonly DefinitionFile[],
): Promise<void> {
  for (const definition of definitions) await importDefinition(page, definition);
}
