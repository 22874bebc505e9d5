import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError, type ErrorCode } from '../../lib/domain/errors.ts';
import { NO_ANSWER } from '../../lib/rpc/message.ts';
import { authorization, connection, NOW } from './connections.ts';
import { openPopupWorld, type PopupWorld } from './popup-world.ts';

let world: PopupWorld;

beforeEach(async () => {
  world = openPopupWorld();
  await world.start();
});

const OAUTH = connection({ methodKind: 'oauth2', methodId: 'oauth' });

function failing(code: ErrorCode, detail: string | null = null): () => never {
  return () => {
    throw new PatchbayError(code, detail);
  };
}

function asked(): string[] {
  return world.calls.map(({ procedure }) => procedure);
}

describe('reconnecting', () => {
  it('opens the sign-in window at once where there is one', async () => {
    world.model.actions.reconnect(OAUTH);
    await world.until(() => world.calls.length > 0);
    expect(world.calls[0]).toEqual({
      procedure: 'reconnect',
      input: { connectionId: 'c-1', credential: null, client: null, chooseAccount: false },
    });
    expect(world.opened).toEqual([]);
  });

  it.each(['key', 'bearer', 'basic'] as const)(
    'goes to the page where a new %s can be typed in',
    async (methodKind) => {
      world.model.actions.reconnect(connection({ methodKind }));
      await world.until(() => world.opened.length === 2);
      expect(world.opened).toEqual(['#/connections/c-1?reconnect=1', 'closed']);
      expect(world.calls).toEqual([]);
    },
  );

  it.each(['permission-missing', 'client-missing', 'client-secret-missing'] as const)(
    'goes to the page that can ask when %s',
    async (code) => {
      world.answers.reconnect = failing(code);
      world.model.actions.reconnect(OAUTH);
      await world.until(() => world.opened.length === 2);
      expect(world.opened).toEqual(['#/connections/c-1?reconnect=1', 'closed']);
      expect(world.texts()).toEqual([]);
    },
  );

  it('says in words why it could not begin', async () => {
    world.answers.reconnect = failing('window-busy');
    world.model.actions.reconnect(OAUTH);
    await world.until(() => world.texts().length > 0);
    expect(world.texts()[0]).toContain('sign-in window is still open');
    expect(world.opened).toEqual([]);
  });
});

describe('a background that does not answer', () => {
  it('is said as such, and not as an error of what was asked', async () => {
    world.answers.reconnect = failing('internal', NO_ANSWER);
    world.model.actions.reconnect(OAUTH);
    await world.until(() => world.model.actions.isSilent.value);
    expect(world.texts()).toEqual([]);
  });

  it('is given up on after ten seconds', async () => {
    world.answers.cancelAuthorization = () => new Promise(() => undefined);
    world.model.actions.cancel(authorization());
    await world.until(() => world.calls.length > 0);
    world.pass(9_999);
    expect(world.model.actions.isSilent.value).toBe(false);
    world.pass(1);
    await world.until(() => world.model.actions.isSilent.value);
    expect(asked()).toEqual(['cancelAuthorization']);
  });

  it('is forgiven once it answers', async () => {
    world.answers.stopChecking = failing('internal', NO_ANSWER);
    world.model.actions.stopChecking();
    await world.until(() => world.model.actions.isSilent.value);
    world.answers.listProviders = () => ({ providers: [] });
    world.model.actions.knock();
    await world.until(() => !world.model.actions.isSilent.value);
    expect(asked()).toEqual(['stopChecking', 'listProviders']);
  });
});

describe('checking', () => {
  it('asks about everything in the environment, however long it takes, and says what came out', async () => {
    let finish = (): void => undefined;
    world.answers.checkNow = () =>
      new Promise((resolve) => {
        finish = () =>
          resolve({ checked: 16, reconnect: 2, unverified: 0, left: ['c-17', 'c-18'] });
      });
    world.model.actions.check(null);
    expect(world.model.actions.isChecking.value).toBe(true);
    world.pass(60_000);
    expect(world.model.actions.isSilent.value).toBe(false);
    finish();
    await world.until(() => !world.model.actions.isChecking.value);
    expect(world.calls).toEqual([{ procedure: 'checkNow', input: { ids: [] } }]);
    expect(world.texts()).toEqual(['16 connections checked · 2 need reconnecting · 2 not asked']);
  });

  it('of one connection asks about that one alone', async () => {
    world.answers.checkNow = () => ({ checked: 1, reconnect: 0, unverified: 0, left: [] });
    world.model.actions.check(connection());
    expect(world.model.actions.isChecking.value).toBe(false);
    await world.until(() => world.texts().length > 0);
    expect(world.calls[0]?.input).toEqual({ ids: ['c-1'] });
    expect(world.texts()).toEqual(['1 connection checked']);
  });
});

describe('attempts', () => {
  it('to reconnect begin anew from where they were', async () => {
    await world.store({ connections: [OAUTH] });
    await world.model.records.readAgain();
    const purpose = { kind: 'reconnect', connectionId: 'c-1' } as const;
    world.model.actions.tryAgain(authorization({ purpose, state: { kind: 'cancelled' } }));
    await world.until(() => world.calls.length === 2);
    expect(asked()).toEqual(['dismissAuthorization', 'reconnect']);
  });

  it('to connect go on in the page that has the form', async () => {
    world.model.actions.tryAgain(authorization({ state: { kind: 'abandoned' } }));
    await world.until(() => world.opened.length === 2);
    expect([world.opened, asked()]).toEqual([['#/connections', 'closed'], []]);
  });
});

describe('sync', () => {
  it('is paused for one connection', async () => {
    world.answers.pauseSync = () => ({ outcomes: [{ id: 'c-1', error: null }] });
    world.model.actions.setSync(connection(), 'paused');
    await world.until(() => world.texts().length > 0);
    expect(world.calls).toEqual([{ procedure: 'pauseSync', input: { ids: ['c-1'] } }]);
    expect(world.texts()[0]).toContain('Sync paused');
  });

  it('that could not be paused is not said to be', async () => {
    world.answers.pauseSync = () => ({ outcomes: [{ id: 'c-1', error: 'not-found' }] });
    world.model.actions.setSync(connection(), 'paused');
    await world.until(() => world.texts().length > 0);
    expect(world.texts()[0]).toContain('not here any more');
  });
});

it('copies what the checks showed, and nothing secret', async () => {
  await world.store({
    connections: [connection()],
    checks: [
      {
        connectionId: 'c-1',
        at: NOW,
        tookMs: 12,
        trigger: 'sweep',
        asked: 'GET api.example.com/me',
        status: 401,
        verdict: 'rejected',
        reason: 'key-rejected',
        words: 'Bad credentials',
        health: 'unverified',
      },
    ],
  });
  world.model.actions.copyEvidence(connection());
  await world.until(() => world.copied.length > 0);
  expect(world.copied[0]).toContain('GET api.example.com/me');
  expect(world.copied[0]).toContain('Bad credentials');
});

it('says that it could not copy where the browser does not let it', async () => {
  world.copying.isAllowed = false;
  world.model.actions.copyEvidence(connection());
  await world.until(() => world.texts().length > 0);
  expect([world.texts(), world.copied]).toEqual([['The browser did not allow copying.'], []]);
});

it('keeps the environment that was chosen', async () => {
  world.model.actions.setEnvironment('staging');
  await world.until(() => world.calls.length > 0);
  expect(world.calls[0]).toEqual({
    procedure: 'saveSettings',
    input: { environmentId: 'staging' },
  });
});

describe('mute and snooze', () => {
  it.each([
    ['mute', 'muteConnections', { isMuted: true }, 'No notifications about Ads from now on.'],
    ['unmute', 'muteConnections', { isMuted: false }, 'Notifications about Ads are on again.'],
    ['hour', 'snoozeConnections', { until: NOW + 60 * 60_000 }, 'Ads is snoozed.'],
    ['end-snooze', 'snoozeConnections', { until: null }, 'Ads is not snoozed any more.'],
  ] as const)('%s is asked for, and said', async (choice, procedure, wish, text) => {
    world.answers[procedure] = ({ ids }) => ({
      outcomes: ids.map((id) => ({ id, error: null })),
    });
    world.model.actions.hear(connection({ name: 'Ads' }), choice);
    await world.until(() => world.texts().length > 0);
    expect(world.calls).toEqual([{ procedure, input: { ids: ['c-1'], ...wish } }]);
    expect(world.texts()[0]).toContain(text);
  });

  it('says what went wrong, of the connection or of the request', async () => {
    world.answers.muteConnections = ({ ids }) => ({
      outcomes: ids.map((id) => ({ id, error: 'not-found' })),
    });
    world.model.actions.hear(connection(), 'mute');
    await world.until(() => world.texts().length > 0);
    expect(world.texts()[0]).not.toContain('No notifications');
    world.answers.muteConnections = failing('internal', NO_ANSWER);
    world.model.actions.hear(connection(), 'mute');
    await world.until(() => world.model.actions.isSilent.value);
    expect(world.texts().length).toBe(1);
  });
});
