import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../lib/browser/window-messages.ts';
import { secret } from '../../lib/domain/credential.ts';
import { codeOf } from '../../lib/domain/errors.ts';
import { readRedirect } from '../../lib/oauth/authorize.ts';
import { REDIRECT, server } from '../oauth/server.ts';
import { json } from '../support/fake-ports.ts';
import { rows } from './rows.ts';
import { classify, definitions, importable, spell } from './run-row.ts';
import { tableOf } from './table.ts';
import { windowRows, redirectRows } from './window-rows.ts';

const named = rows.map((row) => ({ ...row, name: `${row.signal}, ${row.service}, ${row.asked}` }));

describe('what came, and what is said', () => {
  it.each(named)('$name', async (row) => {
    const { health, world } = await classify(row);
    expect(spell(health)).toBe(row.said);
    expect(world.notifications.size).toBe(row.said.startsWith('reconnect') ? 1 : 0);
  });

  it('stands in the documentation', async () => {
    await expect(tableOf(rows, windowRows, redirectRows)).toMatchFileSnapshot(
      '../../docs/classifier.md',
    );
  });

  it('names every service whose definition has rules', () => {
    const services = new Set(rows.map(({ service }) => service));
    const ruled = [...definitions().values()].filter(({ check, methods }) =>
      [check.rules, ...methods.map((one) => (one.kind === 'oauth2' ? one.tokenRules : []))].some(
        (rules) => rules.length > 0,
      ),
    );
    expect(ruled.map(({ id }) => id).filter((id) => !services.has(id))).toEqual([]);
  });
});

describe('an earlier renewal that was cut short', () => {
  const cutShort = async (body: object) => {
    const asked = 'token, after one that was cut short';
    const { world } = await classify({ service: 'test-odd', asked, came: json(body) });
    const connection = await world.db.get('connections', 'connection');
    return (connection?.refreshStartedAt ?? 0) - world.now;
  };

  it('stays the first suspect once the server has said something else', async () => {
    expect(await cutShort({ code: 40_100 })).toBe(-60_000);
  });

  it('is followed by another that may have been', async () => {
    expect(await cutShort({ code: 1 })).toBe(0);
  });
});

describe('a server that asks to be left alone', () => {
  const waits = (came: ReturnType<typeof json>) =>
    classify({ service: 'test-keys', asked: 'key', came });

  it.each([
    ['half an hour', '1800', 1_800_000],
    ['longer than a day, for its clock is wrong', 'Wed, 21 Nov 2096 12:00:00 GMT', 86_400_000],
  ])('is, for %s', async (_, after, atLeast) => {
    const { world } = await waits(json({}, 429, { 'retry-after': after }));
    const connection = await world.db.get('connections', 'connection');
    const wait = (connection?.nextCheckAt ?? 0) - world.now;
    // Not all who were told so come in the same second.
    expect(wait - atLeast).toBeGreaterThan(0);
    expect(wait - atLeast).toBeLessThan(30_000);
  });
});

describe('the sign-in window', () => {
  it.each(windowRows)('$message', ({ message, said }) => {
    const outcome = outcomeOf(message);
    expect(outcome.kind === 'failed' ? outcome.code : outcome.kind).toBe(said);
  });

  it.each(redirectRows)('comes back with $error', ({ error, said }) => {
    const back = `${REDIRECT}?error=${error}&state=s`;
    const expected = { redirectUri: REDIRECT, state: secret('s') };
    let code: string | null = null;
    try {
      readRedirect(server(), back, expected);
    } catch (thrown) {
      code = codeOf(thrown);
    }
    expect(code).toBe(said);
  });
});

describe('the definitions that people may import', () => {
  it.each([...importable])('%s says where its rules come from', (id, text) => {
    const provider = definitions().get(id);
    const facts = Object.keys(provider?.facts ?? {});
    const ruled = [
      ...(provider?.check.rules.length ? ['check.rules'] : []),
      ...(provider?.methods ?? []).flatMap((method, at) =>
        method.kind === 'oauth2' && method.tokenRules.length > 0
          ? [`methods.${at}.tokenRules`]
          : [],
      ),
    ];
    expect(facts).toEqual(expect.arrayContaining(ruled));
    expect(JSON.parse(text)).toMatchObject({ $schema: '../../public/provider.schema.json' });
  });
});
