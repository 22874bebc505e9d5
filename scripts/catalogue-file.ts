import { fileURLToPath } from 'node:url';
import { catalogue } from '../lib/providers/catalogue.ts';

export const CATALOGUE_PATH = fileURLToPath(new URL('../public/catalogue.json', import.meta.url));

/** The built-in providers with every default filled in, as the background reads them. */
export function catalogueText(): string {
  return `${JSON.stringify(catalogue)}\n`;
}
