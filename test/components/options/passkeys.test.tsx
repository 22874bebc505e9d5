import { expect, it } from 'vitest';
import type { WrappedKey } from '../../../lib/domain/vault-lock.ts';
import { openWorld, type World } from '../../client/options-world.ts';
import { all, settled, show, the } from './page.tsx';

const SEALED = { iv: new Uint8Array(12), sealed: new ArrayBuffer(16) };
const KEPT: WrappedKey = {
  kind: 'passphrase',
  keyId: 'key',
  iterations: 1,
  salt: new Uint8Array(16),
  iv: new Uint8Array(12),
  wrapped: new ArrayBuffer(48),
  isLocked: false,
  autoLockMinutes: null,
  passkeys: [
    {
      id: 'AQID',
      transports: [],
      name: '<b>Laptop</b>',
      addedAt: 1,
      privateKey: SEALED,
      publicKey: SEALED,
      key: { ...SEALED, from: new Uint8Array(65) },
    },
  ],
};

/** In a browser whose passkeys cannot answer. */
async function shown(kept: WrappedKey): Promise<World> {
  const world = openWorld('#/settings');
  await (await world.database()).put('kept', kept, 'vault');
  await world.model.load();
  show(world);
  await settled();
  return world;
}

it('where the browser cannot, that is said, none is offered, and what there is can be removed', async () => {
  const world = await shown(KEPT);
  expect(the('.passkeys > .hint').textContent).toBe(
    'This browser cannot unlock Patchbay with a passkey. The passphrase does.',
  );
  expect(all('button', 'Add a passkey')).toEqual([]);
  expect(the('.passkeys bdi').textContent).toBe('<b>Laptop</b>');
  the('button', 'Remove passkey <b>Laptop</b>').click();
  await settled();
  expect(world.model.vault.passkeys.open.value?.removed?.id).toBe('AQID');
  the('dialog', 'Remove passkey <b>Laptop</b>');
});

it('while locked the passphrase alone is asked for there', async () => {
  await shown({ ...KEPT, isLocked: true });
  expect(all('.unlock button').map(({ textContent }) => textContent)).toEqual(['Unlock']);
});
