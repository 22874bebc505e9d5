/** Locking changes, and unlocking them again. */
import { PatchbayError } from '../domain/errors.ts';
import {
  managedOf,
  viewOnlyOf,
  waitLeft,
  type ManagedValues,
  type ViewOnly,
} from '../domain/view-only.ts';
import type { ParsedInput } from '../rpc/procedures.ts';
import { commit } from '../store/commit.ts';
import { editKept } from '../store/kept.ts';
import { readKept } from '../store/read.ts';
import { secretId } from '../store/vault.ts';
import { isPassphrase, verifierOf } from './passphrase.ts';
import type { Ports } from './ports.ts';

/** There is one lock, and one passphrase to it. */
const VERIFIER = 'view-only';

/** Whether changes are locked at this moment. Writes down for pages what the organisation set. */
export async function viewOnly(ports: Ports): Promise<ViewOnly> {
  const managed = managedOf(await ports.managed());
  const db = await ports.database();
  const [lock, known] = await Promise.all([readKept(db, 'viewOnly'), readKept(db, 'managed')]);
  if (!isSame(managed, known)) {
    await commit(db, { also: (tx) => editKept(tx, 'managed', () => managed) });
    announce(ports);
  }
  return viewOnlyOf(lock ?? null, managed);
}

function isSame(managed: ManagedValues, known: ManagedValues | undefined): boolean {
  return managed.viewOnly === known?.viewOnly && managed.organisation === known.organisation;
}

/** Locks changes under a passphrase. @throws PatchbayError `view-only` where they are locked already */
export async function lockChanges(
  ports: Ports,
  { passphrase }: ParsedInput<'lockChanges'>,
): Promise<void> {
  const sealed = await ports.vault.seal('passphrase', VERIFIER, await verifierOf(passphrase));
  await commit(await ports.database(), {
    // A second page must not put its passphrase in the place of the first one's.
    also: async (tx) => {
      await editKept(tx, 'viewOnly', (lock) => {
        if (lock !== undefined) throw new PatchbayError('view-only');
        return { wrongTries: 0, triedAt: 0 };
      });
      await tx.objectStore('secrets').put(sealed);
    },
  });
  announce(ports);
}

/**
 * Unlocks changes; without a lock there is nothing to do.
 * @throws PatchbayError `passphrase-wrong`; `passphrase-wait` where it is too soon for another try;
 * `view-only-organisation`; `vault-broken`
 */
export async function unlockChanges(
  ports: Ports,
  { passphrase }: ParsedInput<'unlockChanges'>,
): Promise<void> {
  const now = await viewOnly(ports);
  if (now.kind === 'organisation') throw new PatchbayError('view-only-organisation');
  if (now.kind === 'off') return;
  await countTry(ports);
  const verifier = await ports.vault.open('passphrase', VERIFIER);
  if (verifier === null) throw new PatchbayError('vault-broken', 'passphrase');
  const isRight = await isPassphrase(passphrase, verifier);
  if (isRight)
    await commit(await ports.database(), {
      also: (tx) => editKept(tx, 'viewOnly', () => undefined),
      deleteSecrets: [secretId('passphrase', VERIFIER)],
    });
  announce(ports);
  if (!isRight) throw new PatchbayError('passphrase-wrong');
}

/** Counts a try as a wrong one before it is looked at: whoever stops us in between gains nothing. */
async function countTry(ports: Ports): Promise<void> {
  await commit(await ports.database(), {
    also: (tx) =>
      editKept(tx, 'viewOnly', (lock) => {
        if (lock === undefined) return undefined;
        if (waitLeft(lock, ports.now()) > 0) throw new PatchbayError('passphrase-wait');
        return { ...lock, wrongTries: lock.wrongTries + 1, triedAt: ports.now() };
      }),
  });
}

function announce(ports: Ports): void {
  ports.announce({ kinds: ['settings'], checking: null });
}
