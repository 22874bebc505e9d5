import { PatchbayError } from '../domain/errors.ts';
import type { Handlers, ParsedInput, ProcedureName } from '../rpc/procedures.ts';
import type { Vault } from '../store/vault.ts';

/** What needs secrets, and is refused with the reason before it begins while they are locked. */
const NEEDS_SECRETS: {
  readonly [N in ProcedureName]?: true | ((input: ParsedInput<N>) => boolean);
} = {
  connect: true,
  reconnect: true,
  chooseAuthorization: true,
  checkNow: true,
  exportSecrets: true,
  // A file in the clear brings none.
  importConnections: ({ passphrase }) => passphrase !== null,
  deleteConnections: ({ revoke }) => revoke,
  endGrant: true,
  lockChanges: true,
  unlockChanges: true,
  provePassphrase: true,
  // Seals the key of now: it must not be changed meanwhile.
  addPasskey: true,
  // Stands in the record that a change of the key writes.
  setAutoLock: true,
};

/** What puts secrets under another key: not while something else is about to write one. */
const CHANGES_KEY: ReadonlySet<ProcedureName> = new Set<ProcedureName>([
  'protectVault',
  'unprotectVault',
  'removePasskey',
  'forgetSecrets',
  'deleteEverything',
]);

/** The same handlers behind the vault's door. Each call says that the person is here. */
export function behindVault(handlers: Handlers, vault: Vault, now: () => number): Handlers {
  let using = 0;
  let isChanging = false;
  const guarded = Object.entries(handlers).map(([name, handle]) => {
    const run = handle as (input: unknown) => Promise<unknown>;
    const rule = NEEDS_SECRETS[name as ProcedureName] as
      | true
      | ((input: unknown) => boolean)
      | undefined;
    const changesKey = CHANGES_KEY.has(name as ProcedureName);
    return [
      name,
      async (input: unknown) => {
        void vault.touch(now()).catch(() => undefined);
        if (changesKey) {
          if (using > 0 || isChanging) throw new PatchbayError('vault-busy');
          isChanging = true;
          return run(input).finally(() => {
            isChanging = false;
          });
        }
        if (rule === undefined || (rule !== true && !rule(input))) return run(input);
        if (isChanging) throw new PatchbayError('vault-busy');
        using += 1;
        try {
          if (await vault.isLocked()) throw new PatchbayError('vault-locked');
          return await run(input);
        } finally {
          using -= 1;
        }
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers;
}
