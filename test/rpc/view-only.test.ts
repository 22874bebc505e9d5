import { describe, expect, it } from 'vitest';
import { NOT_VIEW_ONLY, type ViewOnly } from '../../lib/domain/view-only.ts';
import { procedures, type Handlers, type ProcedureName } from '../../lib/rpc/procedures.ts';
import { UNDER_VIEW_ONLY, underViewOnly } from '../../lib/rpc/view-only.ts';

const PASSPHRASE: ViewOnly = {
  kind: 'passphrase',
  lock: { wrongTries: 0, triedAt: 0 },
};
const ORGANISATION: ViewOnly = { kind: 'organisation', name: null };

/** What looks, checks, marks as read, or ends what was begun. Everything else is a change. */
const LOOKS: readonly ProcedureName[] = [
  'listProviders',
  'previewProvider',
  'previewConnections',
  'cancelAuthorization',
  'dismissAuthorization',
  'checkNow',
  'stopChecking',
  'dismissNotRevoked',
  'unlockChanges',
  'setAsideUnreadable',
  'unlockVault',
  'unlockByPasskey',
  'lockVault',
];
/** What costs somebody who has forgotten a passphrase all that it kept. */
const WAYS_OUT: readonly ProcedureName[] = ['forgetSecrets'];
const names = Object.keys(procedures) as ProcedureName[];
const changes = names.filter((name) => !LOOKS.includes(name) && !WAYS_OUT.includes(name));

function run(name: ProcedureName, viewOnly: () => Promise<ViewOnly>, input: object = { a: 1 }) {
  const ran: string[] = [];
  const entries = names.map((one) => [one, async () => void ran.push(one)]);
  const handlers = underViewOnly(Object.fromEntries(entries) as Handlers, viewOnly);
  const handle = handlers[name] as (input: unknown) => Promise<unknown>;
  return { ran, done: handle(input) };
}

it('every procedure is declared, and nothing else', () => {
  expect(Object.keys(UNDER_VIEW_ONLY).toSorted()).toEqual(names.toSorted());
});

describe.each(changes)('%s', (name) => {
  it.each([
    [PASSPHRASE, 'view-only'],
    [ORGANISATION, 'view-only-organisation'],
  ])('is refused under %j, and not begun', async (viewOnly, code) => {
    const { ran, done } = run(name, async () => viewOnly);
    await expect(done).rejects.toMatchObject({ code });
    expect(ran).toEqual([]);
  });

  it('runs without a lock', async () => {
    const { ran, done } = run(name, async () => NOT_VIEW_ONLY);
    await done;
    expect(ran).toEqual([name]);
  });

  it('is not begun where nobody can say whether changes are locked', async () => {
    const { ran, done } = run(name, () => Promise.reject(new Error('no store')));
    await expect(done).rejects.toThrow('no store');
    expect(ran).toEqual([]);
  });
});

describe.each(WAYS_OUT)('%s', (name) => {
  it('runs under the lock of a person, and not under the one of an organisation', async () => {
    const own = run(name, async () => PASSPHRASE);
    await own.done;
    expect(own.ran).toEqual([name]);
    const theirs = run(name, async () => ORGANISATION);
    await expect(theirs.done).rejects.toMatchObject({ code: 'view-only-organisation' });
    expect(theirs.ran).toEqual([]);
  });
});

describe.each(LOOKS)('%s', (name) => {
  it('runs under every lock, and asks for none', async () => {
    const { ran, done } = run(name, () => Promise.reject(new Error('asked')));
    await done;
    expect(ran).toEqual([name]);
  });
});

describe('saveSettings', () => {
  it('may choose which environment is looked at', async () => {
    const { ran, done } = run('saveSettings', async () => PASSPHRASE, { environmentId: 'staging' });
    await done;
    expect(ran).toEqual(['saveSettings']);
  });

  it('may change nothing else along with it', async () => {
    const input = { environmentId: 'staging', notifications: false };
    const { ran, done } = run('saveSettings', async () => PASSPHRASE, input);
    await expect(done).rejects.toMatchObject({ code: 'view-only' });
    expect(ran).toEqual([]);
  });
});
