/** Whatever an API answers to a check or a list of accounts: a verdict, never an exception, and no secret in it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secret, type Credential } from '../../lib/domain/credential.ts';
import { judge } from '../../lib/domain/judge.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import { readAccounts } from '../../lib/health/read-accounts.ts';
import { runCheck } from '../../lib/health/run-check.ts';
import type { Method, Provider } from '../../lib/providers/schema.ts';
import { definitions } from '../classifier/run-row.ts';
import { answersWith, apiBodies, tokenBodies } from './answers.ts';
import { CAMPAIGN_MS, inputs } from './campaign.ts';
import { CANARIES, leaked } from './canary.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;
const PARAMS = { site: 'https://site.test.example', subdomain: 'x', account: 'x' };

const CREDENTIALS: Readonly<Record<Method['kind'], Credential>> = {
  oauth2: {
    kind: 'oauth2',
    accessToken: secret(CANARIES.accessToken),
    refreshToken: secret(CANARIES.refreshToken),
    clientId: 'client',
    accessEndsAt: null,
    obtainedAt: NOW,
  },
  key: { kind: 'key', key: secret(CANARIES.key) },
  bearer: { kind: 'bearer', token: secret(CANARIES.key) },
  basic: { kind: 'basic', user: 'alice', password: secret(CANARIES.password) },
};

const SECRETS: Readonly<Record<Method['kind'], readonly string[]>> = {
  oauth2: [CANARIES.accessToken, CANARIES.refreshToken],
  key: [CANARIES.key],
  bearer: [CANARIES.key],
  basic: [CANARIES.password],
};

const asked = fc.constantFrom(
  ...[...definitions().values()].flatMap((provider: Provider) =>
    provider.methods.map((method) => ({
      provider,
      method,
      params: Object.fromEntries(
        provider.params.map(({ id, kind }) => [id, kind === 'site' ? PARAMS.site : 'x']),
      ),
    })),
  ),
);
const any = fc.record({ asked, answer: answersWith(fc.oneof(apiBodies, tokenBodies)) });

describe('an API', () => {
  it(
    'may answer anything to a check [F10 F13 F14 F17]',
    async () => {
      await fc.assert(
        fc.asyncProperty(any, async ({ asked: { provider, method, params }, answer }) => {
          const credential = CREDENTIALS[method.kind];
          const send = async (): Promise<Answer> => answer;
          const now = (): number => NOW;
          const result = await runCheck(provider.check, method, credential, params, send, now);
          expect(leaked(result, SECRETS[method.kind])).toEqual([]);
          const { verdict } = result;
          const waits = verdict.kind === 'provider-trouble' ? (verdict.retryAt ?? NOW) - NOW : 0;
          expect(waits).toBeGreaterThanOrEqual(0);
          expect(waits).toBeLessThanOrEqual(DAY);
          expect(judge(answer, provider.check, NOW).kind).toBe(verdict.kind);
        }),
        inputs(),
      );
    },
    CAMPAIGN_MS,
  );

  it(
    'may answer anything to a list of accounts, page after page',
    async () => {
      const listing = fc.record({
        asked: asked.filter(({ provider }) => provider.accounts !== undefined),
        answers: fc.array(answersWith(apiBodies), { minLength: 1, maxLength: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(listing, async ({ asked: { provider, method, params }, answers }) => {
          let page = 0;
          const send = async (): Promise<Answer> => answers[page++ % answers.length] as Answer;
          if (provider.accounts === undefined) throw new TypeError('no accounts');
          const credential = CREDENTIALS[method.kind];
          const read = await readAccounts(provider, method, credential, params, send, () => NOW);
          expect(leaked(read, SECRETS[method.kind])).toEqual([]);
          expect(page).toBeLessThanOrEqual(20);
        }),
        inputs(500),
      );
    },
    CAMPAIGN_MS,
  );
});
