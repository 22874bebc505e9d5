import { describe, expect, it } from 'vitest';
import { activityOf, topicOf } from '../../lib/domain/activity.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Health } from '../../lib/domain/health.ts';
import { aConnection } from '../support/a-connection.ts';

const BROKEN: Health = { kind: 'reconnect', reason: 'revoked', since: 5, verifiedAt: 1 };
const DOUBTED: Health = { kind: 'unverified', doubt: 'server-error', since: 5, verifiedAt: 1 };

function kinds(before: Connection | null, after: Connection | null): string[] {
  return activityOf([{ before, after }], { at: 9 }).map(({ happening }) => happening.kind);
}

describe('what a change says', () => {
  it.each([
    ['broke', aConnection(), aConnection({ health: BROKEN })],
    ['mended', aConnection({ health: BROKEN }), aConnection()],
    ['doubted', aConnection(), aConnection({ health: DOUBTED })],
    ['verified', aConnection({ health: DOUBTED }), aConnection()],
    ['reauthorized', aConnection(), aConnection({ authorizedAt: 7 })],
    [
      'ends-soon',
      aConnection(),
      aConnection({ health: { kind: 'expiring', expiresAt: 99, verifiedAt: 1 } }),
    ],
    ['renamed', aConnection({ name: 'Old' }), aConnection({ name: 'New' })],
    ['edited', aConnection(), aConnection({ tags: ['one'], notes: 'x' })],
    ['paused', aConnection(), aConnection({ sync: { kind: 'paused', since: 3 } })],
    ['resumed', aConnection({ sync: { kind: 'paused', since: 3 } }), aConnection()],
    ['muted', aConnection(), aConnection({ isMuted: true })],
    ['unmuted', aConnection({ isMuted: true }), aConnection({ isMuted: false })],
    ['snoozed', aConnection(), aConnection({ snoozedUntil: 50 })],
    ['snooze-ended', aConnection({ snoozedUntil: 50 }), aConnection()],
    ['connected', null, aConnection()],
    ['deleted', aConnection(), null],
  ])('%s', (kind, before, after) => {
    expect(kinds(before, after)).toEqual([kind]);
  });

  it.each(['copied', 'imported'] as const)('%s, with a key or without', (arrivedBy) => {
    for (const health of [{ kind: 'unauthorized' }, { ...DOUBTED, doubt: 'unchecked' }] as const) {
      const change = { before: null, after: aConnection({ health }) };
      const lines = activityOf([change], { at: 9, arrivedBy });
      expect(lines.map(({ happening }) => happening.kind)).toEqual([arrivedBy]);
    }
  });

  it('nothing of a check that finds what was found before, nor of the first of two refusals', () => {
    const suspect: Health = { ...DOUBTED, doubt: 'suspect' };
    const offline: Health = { ...DOUBTED, doubt: 'offline' };
    expect(kinds(aConnection(), aConnection({ checkedAt: 8 }))).toEqual([]);
    expect(kinds(aConnection(), aConnection({ health: suspect }))).toEqual([]);
    expect(kinds(aConnection({ health: suspect }), aConnection())).toEqual([]);
    expect(kinds(aConnection(), aConnection({ health: offline }))).toEqual([]);
    expect(kinds(aConnection({ health: BROKEN }), aConnection({ health: BROKEN }))).toEqual([]);
  });

  it('that it was mended by the session that the browser had', () => {
    const change = {
      before: aConnection({ health: BROKEN, methodKind: 'oauth2' }),
      after: aConnection({ methodKind: 'oauth2', authorizedAt: 9 }),
    };
    const [line] = activityOf([change], { at: 9, putAuthorization: { isSilent: true } });
    expect(line?.happening).toEqual({ kind: 'mended', how: 'session' });
  });

  it('how it was mended', () => {
    const before = aConnection({ health: BROKEN, methodKind: 'oauth2' });
    const how = (after: Connection) =>
      activityOf([{ before, after }]).map(({ happening }) => happening);
    expect(how(aConnection({ methodKind: 'oauth2' }))).toEqual([
      { kind: 'mended', how: 'by-itself' },
    ]);
    expect(how(aConnection({ methodKind: 'oauth2', authorizedAt: 9 }))).toEqual([
      { kind: 'mended', how: 'reconnected' },
    ]);
    expect(how(aConnection({ authorizedAt: 9 }))).toEqual([
      { kind: 'mended', how: 'key-replaced' },
    ]);
  });

  it('a snooze that ends because it was mended is said once, as the mending', () => {
    const before = aConnection({ health: BROKEN, snoozedUntil: 50 });
    expect(kinds(before, aConnection())).toEqual(['mended']);
  });

  it('a connection that comes back by Undo was brought back, whatever its state', () => {
    const changes = [{ before: null, after: aConnection() }];
    const [line] = activityOf(changes, { at: 9, isUndo: true });
    expect(line).toMatchObject({ happening: { kind: 'restored' }, at: 9 });
  });
});

it('the same that happens to very many is one line, found by the first of them', () => {
  const changes = Array.from({ length: 500 }, (_, at) => ({
    before: null,
    after: aConnection({ id: `c-${at}`, name: `N ${at}` }),
  }));
  const lines = activityOf(changes, { at: 9 });
  expect(lines).toMatchObject([{ count: 500, name: 'N 0' }]);
  expect(lines[0]?.connectionIds).toHaveLength(100);
  expect(activityOf(changes.slice(0, 25))).toHaveLength(25);
});

it('each kind has a topic to be found by', () => {
  expect(topicOf({ kind: 'broke', reason: 'expired' })).toBe('health');
  expect(topicOf({ kind: 'ends-soon', endsAt: 1 })).toBe('ends');
  expect(topicOf({ kind: 'notified', about: 'broke' })).toBe('notices');
  expect(topicOf({ kind: 'deleted' })).toBe('changes');
});
