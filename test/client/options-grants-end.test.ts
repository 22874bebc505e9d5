/** Ending grants before everything is deleted: told, stopped, tried again, and never past a closed dialog. */
import { beforeEach, describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { VaultDialog } from '../../lib/client/options-vault.ts';
import type { GrantsEnd } from '../../lib/client/options-grants-end.ts';
import { authorization, connection, method, NOW, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;
let dialog: VaultDialog;
let grants: GrantsEnd;
/** What the provider does not end. */
let refused: string[];

const named = (id: string, methodId: string) =>
  connection({ id, name: id, methodId, health: { kind: 'active', verifiedAt: NOW } });

beforeEach(async () => {
  const methods = [method(), signIn({ canRevoke: true })];
  world = openWorld('', [provider({ methods }), provider({ id: 'another', methods })]);
  refused = [];
  world.answers.endGrant = ({ id }) => ({ left: refused.filter((name) => name === id) });
  await world.model.load();
  await world.store({ connections: [named('a', 'oauth'), named('b', 'oauth'), named('k', 'key')] });
  world.model.vault.show('delete-everything');
  const { value } = world.model.vault.open;
  if (value?.grants == null) throw new Error('not open');
  dialog = value;
  grants = value.grants;
  dialog.confirmation.value = 'delete everything';
});

const asked = (): unknown[] =>
  world.calls
    .filter(({ procedure }) => procedure === 'endGrant')
    .map(({ input }) => (input as { id: string | null }).id);
const isDestroyed = (): boolean =>
  world.calls.some(({ procedure }) => procedure === 'deleteEverything');

describe('before everything is deleted', () => {
  it('what can be ended and what cannot is said', () => {
    expect(grants.revocable.value.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(grants.others.value.map(({ id }) => id)).toEqual(['k']);
  });

  it('no provider is asked unless the person wants it', async () => {
    await dialog.submit();
    expect(asked()).toEqual([null]);
    expect(isDestroyed()).toBe(true);
  });

  it('each grant is ended, and then everything deleted', async () => {
    grants.isWanted.value = true;
    await dialog.submit();
    expect(asked()).toEqual([null, 'a', 'b']);
    expect(world.order.at(-1)).toBe('deleteEverything');
    expect(grants.ended.value).toBe(2);
  });

  it('what lives on is named and nothing deleted; again asks for that alone', async () => {
    grants.isWanted.value = true;
    refused = ['b'];
    await dialog.submit();
    expect([grants.left.value, grants.isTold.value, isDestroyed()]).toEqual([['b'], true, false]);
    grants.again();
    refused = [];
    await dialog.submit();
    expect(asked()).toEqual([null, 'a', 'b', null, 'b']);
    expect(isDestroyed()).toBe(true);
  });

  it('what lives on and was named does not keep the person', async () => {
    grants.isWanted.value = true;
    refused = ['a', 'b'];
    await dialog.submit();
    await dialog.submit();
    expect(asked()).toEqual([null, 'a', 'b']);
    expect(isDestroyed()).toBe(true);
  });

  it('who wants grants ended after all is not taken for told', async () => {
    world.answers.endGrant = ({ id }) => ({ left: id === null ? ['deleted before'] : [] });
    await dialog.submit();
    expect([grants.isTold.value, isDestroyed()]).toEqual([true, false]);
    grants.isWanted.value = true;
    expect(grants.isTold.value).toBe(false);
    await dialog.submit();
    expect(asked()).toEqual([null, null, 'a', 'b']);
  });

  it('one that got no answer is named, and keeps no other', async () => {
    await world.store({ connections: [{ ...named('c', 'oauth'), providerId: 'another' }] });
    grants.isWanted.value = true;
    world.answers.endGrant = ({ id }) => {
      if (id === 'a') throw new PatchbayError('internal');
      return { left: [] };
    };
    await dialog.submit();
    expect(asked().toSorted()).toEqual(['a', 'b', 'c', null]);
    expect([grants.left.value, grants.progress.value, dialog.problem.value]).toEqual([
      ['a'],
      null,
      null,
    ]);
    expect(isDestroyed()).toBe(false);
  });

  it('what waits for a choice is given back when the grants are over', async () => {
    const state = {
      kind: 'duplicate',
      connectionId: 'a',
      identity: { id: 'a', label: 'a', workspace: null },
    } as const;
    await world.store({ authorization: authorization({ state }) });
    grants.isWanted.value = true;
    await dialog.submit();
    expect(world.order.slice(-3)).toEqual(['endGrant', 'dismissAuthorization', 'deleteEverything']);
  });

  it.each(['stopped', 'closed'] as const)('nothing more is asked once it is %s', async (how) => {
    grants.isWanted.value = true;
    world.answers.endGrant = ({ id }) => {
      if (id === 'a' && how === 'stopped') grants.stop();
      if (id === 'a' && how === 'closed') world.model.vault.close();
      return { left: [] };
    };
    await dialog.submit();
    expect(asked()).toEqual([null, 'a']);
    expect([grants.isStopped.value, grants.progress.value, isDestroyed()]).toEqual([
      true,
      null,
      false,
    ]);
  });
});
