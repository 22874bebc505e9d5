/** Whatever providers answer during whole checks: nothing that is stored, shown or told holds a secret. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../lib/domain/connection.ts';
import { secret, type Credential } from '../../lib/domain/credential.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import { secretStrings } from '../../lib/providers/credential-headers.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { commit } from '../../lib/store/commit.ts';
import { readKept } from '../../lib/store/read.ts';
import { CLOUD, KEYS } from '../engine/definitions.ts';
import { aConnection } from '../support/a-connection.ts';
import { fakeWorld, type FakeWorld } from '../support/fake-ports.ts';
import { answersWith, apiBodies, tokenBodies } from './answers.ts';
import { CAMPAIGN_MS, inputs } from './campaign.ts';
import { CANARIES, leaked, leakedWhole } from './canary.ts';

const ACCOUNTS = {
  url: 'https://api.test.example/accounts',
  items: 'items',
  id: 'id',
  label: 'label',
};

async function filled(): Promise<FakeWorld> {
  const world = await fakeWorld();
  for (const definition of [KEYS, CLOUD])
    await world.engine.providers.keep(JSON.stringify({ ...definition, accounts: ACCOUNTS }));
  return world;
}

/** Both connections as new. */
async function reset({ engine, db, now }: FakeWorld, accessEndsAt: number): Promise<void> {
  const byKey = aConnection({ id: 'by-key', providerId: 'test-keys' });
  const bySignIn: Connection = aConnection({
    id: 'by-sign-in',
    providerId: 'test-cloud',
    methodId: 'oauth',
    methodKind: 'oauth2',
    grant: {
      scopesAsked: ['read'],
      scopesGiven: ['read'],
      accessEndsAt,
      grantedAt: now,
      isRenewable: true,
    },
  });
  const tokens: Credential = {
    kind: 'oauth2',
    accessToken: secret(CANARIES.accessToken),
    refreshToken: secret(CANARIES.refreshToken),
    clientId: 'client',
    accessEndsAt,
    obtainedAt: now - 600_000,
  };
  // What earlier ones left would be more and more.
  await Promise.all([db.clear('checks'), db.clear('activity'), db.clear('strips')]);
  await commit(db, {
    connections: new Map([byKey, bySignIn].map((one) => [one.id, () => one])),
    putSecrets: [
      await engine.vault.seal('credential', 'by-key', { kind: 'key', key: secret(CANARIES.key) }),
      await engine.vault.seal('credential', 'by-sign-in', tokens),
    ],
  });
}

const OURS: ReadonlySet<string> = new Set(Object.values(CANARIES));

describe('a check', () => {
  it(
    'may be answered by anything, again and again [O10 E5 F17]',
    async () => {
      const world = await filled();
      const answers = fc.record({
        token: answersWith(tokenBodies),
        api: fc.array(answersWith(apiBodies), { minLength: 1, maxLength: 3 }),
        isOver: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(answers, async ({ token, api, isOver }) => {
          await reset(world, world.now + (isOver ? -1 : 3_000_000));
          world.changes.length = 0;
          let asked = 0;
          world.answer = ({ url }): Answer =>
            url.endsWith('/token') ? token : (api[asked++ % api.length] as Answer);
          const tally = await openSweeper(world.engine).check(['by-key', 'by-sign-in']);
          // Where nobody answers, or the machine is offline, nothing is said of them.
          const isDown = (await readKept(world.db, 'network'))?.down != null;
          const isOffline = [token, ...api].some(
            (one) => one.kind === 'silence' && one.silence === 'offline',
          );
          expect(tally.checked).toBeLessThanOrEqual(2);
          expect(tally.checked).toBeGreaterThanOrEqual(isDown || isOffline ? 0 : 2);
          const checks = await world.db.getAll('checks');
          const told = [world.changes, [...world.notifications], world.badge];
          for (const connection of await world.db.getAll('connections')) {
            const { id, health, nextCheckAt } = connection;
            const own = checks.filter(({ connectionId }) => connectionId === id);
            // A provider can only repeat what it was sent.
            const kept = await world.engine.vault.open('credential', id);
            if (kept === null) throw new TypeError('the credential is gone');
            const seen = [connection, own, told];
            const secrets = secretStrings(kept);
            const ours = secrets.filter((one) => OURS.has(one));
            const invented = secrets.filter((one) => !OURS.has(one));
            expect(leaked(seen, ours)).toEqual([]);
            // What a provider invents may hold a part of anything, and stands nowhere as a whole.
            expect(leakedWhole(seen, invented)).toEqual([]);
            expect(['active', 'unverified', 'reconnect', 'expiring']).toContain(health.kind);
            expect(nextCheckAt ?? 0).toBeLessThanOrEqual(world.now + 25 * 3_600_000);
          }
          world.sent.length = 0;
        }),
        inputs(150, 30_000),
      );
    },
    CAMPAIGN_MS,
  );
});
