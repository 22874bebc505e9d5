/** Passkeys that open the vault beside its passphrase. */
import type { passkeyProcedures } from '../rpc/passkey-procedures.ts';
import type { Handlers } from '../rpc/procedures.ts';
import { announceEverything } from './announce-everything.ts';
import type { Engine } from './engine.ts';
import type { Sweeper } from './sweep.ts';
import { afterUnlocking, exclusively } from './vault.ts';

export function passkeyHandlers(
  engine: Engine,
  sweeper: Sweeper,
): Pick<Handlers, keyof typeof passkeyProcedures> {
  const { vault } = engine;
  return {
    async provePassphrase({ current }) {
      await vault.prove(current);
      return {};
    },
    async addPasskey({ current, answer, ...mark }) {
      await withBytes(answer, async (bytes) => {
        // Whoever sits here once must not leave a key of their own behind.
        await vault.prove(current);
        await vault.addPasskey({ ...mark, addedAt: engine.now() }, bytes);
      });
      announceEverything(engine);
      return {};
    },
    async removePasskey({ current, id }) {
      await vault.prove(current);
      await exclusively(engine, sweeper, () => vault.protect(current, engine.now(), id));
      return {};
    },
    async unlockByPasskey({ id, answer }) {
      await withBytes(answer, (bytes) => vault.unlockBy(id, bytes, engine.now()));
      await afterUnlocking(engine, sweeper);
      return {};
    },
  };
}

/** Nothing of an answer is left in our memory once it has been used. */
async function withBytes(
  answer: number[],
  run: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  const bytes = Uint8Array.from(answer);
  answer.fill(0);
  try {
    await run(bytes);
  } finally {
    bytes.fill(0);
  }
}
