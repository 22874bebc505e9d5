import { github } from './catalogue/github.ts';
import { gitlab } from './catalogue/gitlab.ts';
import { google } from './catalogue/google.ts';
import { microsoft } from './catalogue/microsoft.ts';
import { notion } from './catalogue/notion.ts';
import { slack } from './catalogue/slack.ts';
import { complete } from './complete.ts';
import type { Provider } from './schema.ts';

/**
 * The built-in providers, in the order of their names. Where each of their facts comes from stands
 * in `facts/`, which the extension does not carry.
 */
export const catalogue: readonly Provider[] = [
  github,
  gitlab,
  google,
  microsoft,
  notion,
  slack,
].map(complete);
