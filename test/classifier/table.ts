/** The rows as a page of the documentation. */
import { readFileSync } from 'node:fs';
import type { Answer } from '../../lib/domain/exchange.ts';
import { markdownTable as table } from '../support/markdown-table.ts';
import { definitions } from './run-row.ts';
import type { Row } from './rows.ts';
import type { redirectRows as Redirects, windowRows as Windows } from './window-rows.ts';

const messages = JSON.parse(
  readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { message: string }>;
const providers = definitions();

const INTRODUCTION = `# What is said of a connection, and why

Every answer below goes through the real check of a connection that worked: store, vault, renewal, second question (\`test/classifier\`). The test that runs them also keeps this page; after a change, run \`npx vitest run --project unit test/classifier -u\`.

- Only a token endpoint's verdict, or a key that was refused twice, says **reconnect**.
- What is wrong with the client, or is an administrator's to mend, never sends anybody to sign in again.
- Throttling, outages, pages where JSON is expected, and codes that nobody knows yet are doubts: **unverified**, with the last good time kept.
- Where nobody answers, offline or anywhere else, no connection is doubted: it stays as it was ([decision 19](decisions/0019-network-truth.md)).

What each service means beyond the standards stands in its definition: the built-in ones in \`lib/providers/catalogue\`, further ones to import in \`docs/definitions\`. [The guide](guides/provider-definitions.md) says how to write them. A service "with rules" is one made up for the test.

"Asked" says which answer is meant: the API's to a **key** (twice, if it refuses), the **API**'s to an access token (renewed once, if it refuses; the renewed one is accepted unless it says "and again"), or the **token** endpoint's to a renewal.
`;

/** The page, in Markdown as oxfmt leaves it. */
export function tableOf(
  rows: readonly Row[],
  windows: typeof Windows,
  redirects: typeof Redirects,
): string {
  const checked = rows.map((row) => [
    row.signal,
    nameOf(row.service),
    row.asked === 'api' ? 'API' : row.asked,
    written(row.came) + (row.goesOn === true ? ', and again' : ''),
    saidOf(row),
  ]);
  return [
    INTRODUCTION,
    '## Checks and renewals\n',
    table(['Signal', 'Service', 'Asked', 'What came', 'What is said'], checked),
    '\n## The sign-in window\n',
    'Whatever comes of an attempt, the connection stays as it was.\n',
    table(
      ['Browser', 'Message', 'What is said'],
      windows.map(({ browser, message, said }) => [browser, message, `\`${said}\``]),
    ),
    '\n## The redirect\n',
    table(
      ['`error`', 'What is said'],
      redirects.map(({ error, said }) => [`\`${error}\``, `\`${said}\``]),
    ),
    '',
  ].join('\n');
}

function nameOf(service: string): string {
  if (service === 'test-odd') return 'with rules';
  return service.startsWith('test-') ? 'any' : (providers.get(service)?.name ?? service);
}

function written(answer: Answer): string {
  if (answer.kind === 'silence') return answer.silence;
  const headers = [...answer.headers].map(([name, value]) => ` \`${name}: ${value}\``);
  const body = answer.text === '' ? '' : ` \`${answer.text}\``;
  return `${answer.status}${headers.join('')}${body}`;
}

function saidOf({ said, came }: Row): string {
  if (came.kind === 'silence' && came.silence === 'offline') return 'as it was';
  const [kind = '', why] = said.split(' ');
  if (why === undefined) return `**${kind}**, renewed`;
  const words = messages[`doubt_${why.replaceAll('-', '_')}`]?.message;
  return `**${kind}**: ${kind === 'unverified' ? (words ?? why) : why}`;
}
