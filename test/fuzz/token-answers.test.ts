/** Whatever a token endpoint answers: an outcome, never an exception, and no secret in it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reveal, secret } from '../../lib/domain/credential.ts';
import { ERROR_CODES } from '../../lib/domain/errors.ts';
import { jsonOf, type Answer } from '../../lib/domain/exchange.ts';
import { valueAt } from '../../lib/domain/json-path.ts';
import { serverOf, type Server } from '../../lib/oauth/server.ts';
import { readRedirect } from '../../lib/oauth/authorize.ts';
import { revoke } from '../../lib/oauth/revoke.ts';
import { exchangeCode, refresh, type TokenOutcome } from '../../lib/oauth/token.ts';
import { method, REDIRECT } from '../oauth/server.ts';
import { definitions } from '../classifier/run-row.ts';
import { answersWith, tokenBodies } from './answers.ts';
import { CAMPAIGN_MS, inputs } from './campaign.ts';
import { CANARIES, leaked } from './canary.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const CLIENT = { clientId: 'client', clientSecret: secret(CANARIES.clientSecret) };

/** Every way to renew that some definition has, beside a plain one. */
const servers: readonly Server[] = [
  method({ client: { kind: 'own', secret: 'required' }, tokenAuth: 'post' }),
  ...[...definitions().values()].flatMap(({ methods }) =>
    methods.flatMap((one) =>
      one.kind === 'oauth2' && one.tokenRules.length + one.bearerTypes.length > 0 ? [one] : [],
    ),
  ),
].map((one) => serverOf(one, { site: 'https://site.test.example', subdomain: 'x' }, CLIENT));

/** How a code or a refresh token is exchanged, once. */
function asked(server: Server, answer: Answer, isRenewal: boolean): Promise<TokenOutcome> {
  const ask = { server, now: () => NOW, send: async () => answer };
  if (isRenewal) return refresh(ask, secret(CANARIES.refreshToken), [CANARIES.accessToken]);
  const iss = encodeURIComponent(server.as.issuer);
  const back = `${REDIRECT}?code=${CANARIES.code}&state=s&iss=${iss}`;
  const params = readRedirect(server, back, { redirectUri: REDIRECT, state: secret('s') });
  return exchangeCode(ask, params, REDIRECT, secret(CANARIES.verifier));
}

const EXCHANGING = [CANARIES.code, CANARIES.verifier, CANARIES.clientSecret];
const RENEWING = [CANARIES.refreshToken, CANARIES.accessToken, CANARIES.clientSecret];

/** The tokens that an answer brings, if they are whole. */
function tokensOf(answer: Answer): string[] {
  const json = answer.kind === 'answer' ? jsonOf(answer.text) : null;
  const given = [valueAt(json, 'access_token'), valueAt(json, 'refresh_token')];
  return [CANARIES.newAccessToken, CANARIES.newRefreshToken].filter((one) => given.includes(one));
}

describe('a token endpoint', () => {
  it(
    'may answer anything [F17 O9 O10]',
    async () => {
      const any = fc.record({
        server: fc.constantFrom(...servers),
        answer: answersWith(tokenBodies),
        isRenewal: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(any, async ({ server, answer, isRenewal }) => {
          const outcome = await asked(server, answer, isRenewal);
          expect(
            leaked(outcome, [...(isRenewal ? RENEWING : EXCHANGING), ...tokensOf(answer)]),
          ).toEqual([]);
          expect(
            outcome.kind === 'refused'
              ? ERROR_CODES.includes(outcome.code)
              : reveal(outcome.credential.accessToken) !== '',
          ).toBe(true);
        }),
        inputs(),
      );
    },
    CAMPAIGN_MS,
  );

  it(
    'may answer anything to a revocation',
    async () => {
      const any = fc.record({
        server: fc.constantFrom(...servers),
        answer: answersWith(tokenBodies),
      });
      const credential = {
        kind: 'oauth2' as const,
        accessToken: secret(CANARIES.accessToken),
        refreshToken: secret(CANARIES.refreshToken),
        clientId: 'client',
        accessEndsAt: null,
        obtainedAt: NOW,
      };
      await fc.assert(
        fc.asyncProperty(any, async ({ server, answer }) => {
          const said = await revoke(
            server,
            credential,
            CLIENT,
            {},
            async () => answer,
            () => NOW,
          );
          expect(['revoked', 'unsupported', 'failed']).toContain(said.kind);
        }),
        inputs(300),
      );
    },
    CAMPAIGN_MS,
  );
});
