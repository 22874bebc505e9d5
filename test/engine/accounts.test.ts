import { beforeEach, describe, expect, it } from 'vitest';
import { usedAccounts } from '../../lib/domain/account-choice.ts';
import type { OutgoingRequest } from '../../lib/domain/exchange.ts';
import { chooseAuthorization } from '../../lib/engine/choose.ts';
import { chooseAccounts } from '../../lib/engine/choose-accounts.ts';
import { start } from '../../lib/engine/start.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import type { Input } from '../../lib/rpc/procedures.ts';
import { json } from '../support/fake-ports.ts';
import { CLOUD } from './definitions.ts';
import { DOWN, setStage, type Stage } from './stage.ts';

const ACCOUNTS_URL = 'https://api.test.example/accounts';
let stage: Stage;
let reachable: string[] | 'down';

beforeEach(async () => {
  stage = await setStage();
  const accounts = { url: ACCOUNTS_URL, items: '', id: 'id', label: 'label' };
  await stage.world.engine.providers.keep(JSON.stringify({ ...CLOUD, accounts }));
  reachable = ['a', 'b', 'c'];
  const who = stage.api;
  stage.api = (request: OutgoingRequest) => {
    if (request.url !== ACCOUNTS_URL) return who(request);
    return reachable === 'down' ? DOWN : json(reachable.map((id) => ({ id, label: `Team ${id}` })));
  };
});

async function choose(change: Input<'chooseAccounts'>['change']): Promise<void> {
  const { id } = await stage.only();
  await chooseAccounts(stage.world.engine, { id, change });
}

async function used(): Promise<string> {
  return usedAccounts(await stage.only())
    .map(({ id }) => id)
    .join('');
}

describe('a choice of accounts', () => {
  it('made by hand is had again after all of it was wiped, with what is not listed now', async () => {
    await stage.bySignIn();
    await choose({ kind: 'only-these' });
    await choose({ kind: 'leave-out', ids: ['b'] });
    reachable = ['a'];
    await stage.check();
    const { accountChoice } = await stage.only();
    await choose({ kind: 'use-all' });
    if (accountChoice === undefined) throw new Error('nothing was chosen');
    const { kind, accounts } = accountChoice;
    const choice = { kind, accounts: [...accounts] };
    await choose({ kind: 'as-before', choice, made: { kind: 'all-but', accounts: [] } });
    expect((await stage.only()).accountChoice).toEqual(accountChoice);
    expect(accounts.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is not had again over what was ticked since', async () => {
    await stage.bySignIn();
    await choose({ kind: 'use-none' });
    await choose({ kind: 'use', ids: ['b'] });
    const choice = { kind: 'all-but' as const, accounts: [] };
    const none = { kind: 'only' as const, accounts: [] };
    const ticked = { kind: 'only' as const, accounts: [{ id: 'b', label: 'Called otherwise' }] };
    const late = { code: 'changed-meanwhile' };
    await expect(choose({ kind: 'as-before', choice, made: none })).rejects.toMatchObject(late);
    const others = { ...ticked, kind: 'all-but' as const };
    await expect(choose({ kind: 'as-before', choice, made: others })).rejects.toMatchObject(late);
    expect(await used()).toBe('b');
    // The second time as where the first answer was lost.
    for (let time = 0; time < 2; time += 1) {
      await choose({ kind: 'as-before', choice, made: ticked });
      expect(await used()).toBe('abc');
    }
  });

  it('is the person’s, whatever the provider lists when it is asked again', async () => {
    await stage.bySignIn();
    await choose({ kind: 'leave-out', ids: ['b'] });
    reachable = ['b', 'c', 'd'];
    await stage.check();
    expect(await used()).toBe('cd');
    await choose({ kind: 'only-these' });
    reachable = ['a', 'b', 'c', 'd', 'e'];
    await stage.check();
    expect(await used()).toBe('cd');
  });

  it('survives reconnecting, and a worker that starts afresh', async () => {
    await stage.bySignIn();
    await choose({ kind: 'leave-out', ids: ['b'] });
    const { id, accountChoice } = await stage.only();
    await start(stage.world.restarted());
    expect((await stage.again(id)).state.kind).toBe('done');
    expect((await stage.only()).accountChoice).toEqual(accountChoice);
    expect(await used()).toBe('ac');
  });

  it('of two steps at once loses neither, nor a check that runs meanwhile', async () => {
    await stage.bySignIn();
    await Promise.all([
      choose({ kind: 'leave-out', ids: ['a'] }),
      stage.check(),
      choose({ kind: 'leave-out', ids: ['b'] }),
    ]);
    expect(await used()).toBe('c');
    expect((await stage.only()).revision).toBe(3);
  });

  it('is told to open pages, and refused for a connection that is not there', async () => {
    await stage.bySignIn();
    stage.world.changes.length = 0;
    await choose({ kind: 'use-none' });
    expect(stage.world.changes).toMatchObject([
      { kinds: ['connections'], checking: null, ids: [expect.any(String)] },
    ]);
    const gone = { id: 'gone', change: { kind: 'use-all' as const } };
    await expect(chooseAccounts(stage.world.engine, gone)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a list of accounts that cannot be read', () => {
  it('does not wipe the one before, not by reconnecting either', async () => {
    await stage.bySignIn();
    reachable = 'down';
    await stage.check();
    expect((await stage.only()).accounts).toMatchObject({ kind: 'error', reason: 'unreachable' });
    expect(await used()).toBe('abc');
    await stage.again((await stage.only()).id);
    expect((await stage.only()).accounts.kind).toBe('error');
    expect(await used()).toBe('abc');
  });

  it('is asked for again with the next check, and not after hours', async () => {
    await stage.bySignIn();
    reachable = 'down';
    await stage.check();
    reachable = ['a'];
    stage.world.now = (await stage.only()).nextCheckAt ?? 0;
    await openSweeper(stage.world.engine).sweep();
    expect((await stage.only()).accounts).toMatchObject({ kind: 'ready', items: { length: 1 } });
  });

  it('of another identity is not filled with the accounts of the one before', async () => {
    await stage.bySignIn();
    const { id } = await stage.only();
    reachable = 'down';
    stage.person = 'bob';
    const { state, id: authorizationId } = await stage.again(id);
    expect(state.kind).toBe('mismatch');
    await chooseAuthorization(stage.world.engine, { authorizationId, choice: 'replace' });
    expect(await used()).toBe('');
  });
});
