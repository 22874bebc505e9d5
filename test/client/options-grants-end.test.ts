/** Ending grants before everything is deleted: told, stopped, tried again, and never past a closed dialog. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { VaultDialog } from '../../lib/client/options-vault.ts';
import type { GrantsEnd } from '../../lib/client/options-grants-end.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { NO_ANSWER } from '../../lib/rpc/message.ts';
import { connection, method, NOW, provider, signIn } from './connections.ts';
import { openWorld, type World } from './options-world.ts';

let world: World;
let dialog: VaultDialog;
let grants: GrantsEnd;
/** What the provider does not end. */
let refused: string[];

const named = (id: string, methodId: string) =>
  connection({ id, name: id, methodId, health: { kind: 'active', verifiedAt: NOW } });

beforeEach(async () => {
  world = openWorld('', [provider({ methods: [method(), signIn({ canRevoke: true })] })]);
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

  it('nothing is deleted past one that could not even be asked for, and all the others end first', async () => {
    const others = [method(), signIn({ canRevoke: true })];
    world = openWorld('', [
      provider({ methods: others }),
      provider({ id: 'elsewhere', methods: others }),
    ]);
    await world.model.load();
    await world.store({
      connections: [
        named('a', 'oauth'),
        named('b', 'oauth'),
        { ...named('e', 'oauth'), providerId: 'elsewhere' },
        { ...named('f', 'oauth'), providerId: 'elsewhere' },
      ],
    });
    world.answers.endGrant = async ({ id }) => {
      if (id === 'a') throw new PatchbayError('internal', NO_ANSWER);
      if (id === 'e') await Promise.resolve();
      return { left: id === 'e' ? ['e'] : [] };
    };
    world.model.vault.show('delete-everything');
    dialog = world.model.vault.open.value as VaultDialog;
    grants = dialog.grants as GrantsEnd;
    dialog.confirmation.value = 'delete everything';
    grants.isWanted.value = true;
    await dialog.submit();
    expect(asked().toSorted()).toEqual(['a', 'e', 'f', null]);
    expect(dialog.problem.value).toBe('internal');
    expect([grants.progress.value, grants.isTold.value, isDestroyed()]).toEqual([
      null,
      false,
      false,
    ]);
    await dialog.submit();
    expect(isDestroyed()).toBe(false);
  });
});
