/** Where the catalogue's facts come from, by provider. For tests and people; the extension does not carry this. */
import type { Facts } from './fact.ts';
import { githubFacts } from './github.ts';
import { gitlabFacts } from './gitlab.ts';
import { googleFacts } from './google.ts';
import { microsoftFacts } from './microsoft.ts';
import { notionFacts } from './notion.ts';
import { slackFacts } from './slack.ts';

export const facts: Readonly<Record<string, Facts>> = {
  github: githubFacts,
  gitlab: gitlabFacts,
  google: googleFacts,
  microsoft: microsoftFacts,
  notion: notionFacts,
  slack: slackFacts,
};
