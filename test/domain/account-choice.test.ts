import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_ACCOUNTS,
  canExtract,
  changedChoice,
  isUsed,
  missingAccounts,
  usedAccounts,
  type AccountChoice,
  type AccountsChange,
} from '../../lib/domain/account-choice.ts';
import { afterReading, type Account, type Accounts } from '../../lib/domain/identity.ts';
import { ALL } from '../../lib/domain/query.ts';
import { accountsWords } from '../../lib/domain/words.ts';
import { aConnection } from '../support/a-connection.ts';
import { select } from './select.ts';

const account = (id: string): Account => ({ id, label: `Account ${id}` });

function listed(ids: string, isCut = false): Accounts {
  return { kind: 'ready', items: [...ids].map(account), isCut, readAt: 1 };
}

/** The ids of what is used after some steps, with the list as it stands. */
function usedAfter(steps: readonly AccountsChange[], during: Accounts, now: Accounts): string {
  const accountChoice = chosen(steps, during);
  return usedAccounts({ accounts: now, accountChoice })
    .map(({ id }) => id)
    .join('');
}

function chosen(steps: readonly AccountsChange[], accounts: Accounts): AccountChoice {
  return steps.reduce<AccountChoice>(
    (accountChoice, step) => changedChoice({ accounts, accountChoice }, step),
    ALL_ACCOUNTS,
  );
}

const leave = (ids: string): AccountsChange => ({ kind: 'leave-out', ids: [...ids] });
const use = (ids: string): AccountsChange => ({ kind: 'use', ids: [...ids] });

describe('a choice of accounts', () => {
  it.each<[string, AccountsChange[], string]>([
    ['nothing was chosen', [], 'abcd'],
    ['one was left out', [leave('b')], 'acd'],
    ['one was left out and used again', [leave('b'), use('b')], 'abcd'],
    ['only these', [leave('b'), { kind: 'only-these' }], 'ac'],
    ['only these, then one more', [leave('bc'), { kind: 'only-these' }, use('c')], 'ac'],
    ['only these, then new ones too', [{ kind: 'only-these' }, { kind: 'new-too' }], 'abcd'],
    ['none', [{ kind: 'use-none' }], ''],
    ['none, then one', [{ kind: 'use-none' }, use('b')], 'b'],
    [
      'one from none, then new ones too',
      [{ kind: 'use-none' }, use('b'), { kind: 'new-too' }],
      'bd',
    ],
    ['none, then all', [{ kind: 'use-none' }, { kind: 'use-all' }], 'abcd'],
  ])('where %s, decides about an account that is added later', (_, steps, used) => {
    expect(usedAfter(steps, listed('abc'), listed('abcd'))).toBe(used);
  });

  it('is not lost by accounts that go and come back', () => {
    const accountChoice = chosen([leave('c'), { kind: 'only-these' }], listed('abc'));
    const gone = { accounts: listed('c'), accountChoice };
    expect(missingAccounts(gone)).toEqual([account('a'), account('b')]);
    const step = changedChoice(gone, use('a'));
    expect(usedAccounts({ accounts: listed('abc'), accountChoice: step }).length).toBe(2);
    const dropped = changedChoice(gone, leave('a'));
    expect(missingAccounts({ ...gone, accountChoice: dropped })).toEqual([account('b')]);
  });

  it.each<[string, Accounts, number]>([
    ['the list goes on', listed('a', true), 0],
    ['nothing is known', { kind: 'loading' }, 0],
    ['the list could not be read', { kind: 'error', reason: 'limited', readAt: 2 }, 0],
    ['there are no accounts', { kind: 'none', readAt: 2 }, 3],
  ])('counts as gone what is really not listed: %s', (_, accounts, count) => {
    const accountChoice = chosen([{ kind: 'only-these' }], listed('abc'));
    expect(missingAccounts({ accounts, accountChoice }).length).toBe(count);
  });

  it('is undone by the opposite step, whatever came before', () => {
    const ids = fc.subarray(['a', 'b', 'c', 'x']);
    const step = fc.oneof(
      fc.record({ kind: fc.constantFrom('use' as const, 'leave-out' as const), ids }),
      fc.record({
        kind: fc.constantFrom(
          'use-all' as const,
          'use-none' as const,
          'only-these' as const,
          'new-too' as const,
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(step), fc.constantFrom('a', 'b', 'c'), (steps, id) => {
        const accounts = listed('abc');
        const before = chosen(steps, accounts);
        const on = changedChoice({ accounts, accountChoice: before }, use(id));
        const off = changedChoice({ accounts, accountChoice: on }, leave(id));
        expect(isUsed(on)(account(id))).toBe(true);
        expect(isUsed(off)(account(id))).toBe(false);
        expect(new Set(off.accounts.map((one) => one.id)).size).toBe(off.accounts.length);
      }),
    );
  });
});

describe('what a list says of accounts', () => {
  it.each([
    [undefined, { plural: 'accounts_ready', count: 3 }],
    [ALL_ACCOUNTS, { plural: 'accounts_ready', count: 3 }],
    [
      { kind: 'only' as const, accounts: [account('b'), account('gone')] },
      { plural: 'accounts_used', count: 3, args: [1] },
    ],
  ])('with the choice %j', (choice, words) => {
    expect(accountsWords(listed('abc'), choice)).toEqual(words);
  });
});

describe('an error', () => {
  const error: Accounts = { kind: 'error', reason: 'unreachable', readAt: 5 };

  it('keeps the list that was read before, however often it comes', () => {
    const once = afterReading(listed('ab'), error);
    const twice = afterReading(once, { ...error, readAt: 6 });
    expect(twice).toMatchObject({ readAt: 6, known: { readAt: 1, items: { length: 2 } } });
    expect(usedAccounts({ accounts: twice }).length).toBe(2);
    expect(afterReading(twice, listed('c'))).toEqual(listed('c'));
    expect(afterReading({ kind: 'none', readAt: 1 }, error)).toEqual(error);
  });

  it('does not keep a connection from being found by its accounts', () => {
    const connection = aConnection({ accounts: afterReading(listed('ab'), error) });
    expect(select([connection], { ...ALL, text: 'account b' })).toEqual([connection]);
    expect(select([connection], { ...ALL, text: 'account z' })).toEqual([]);
  });
});

describe('extraction', () => {
  const works = aConnection({ accounts: listed('ab') });

  it('can be set up with a connection that works and reaches an account', () => {
    expect(canExtract(works)).toBe(true);
  });

  it('can with one whose provider lists none, which is said as what it is', () => {
    const accounts = { kind: 'none', readAt: 1, isUnlisted: true } as const;
    expect(canExtract({ ...works, accounts })).toBe(true);
    expect(accountsWords(accounts)).toEqual({ key: 'accounts_unlisted' });
  });

  it.each([
    [
      'that does not work',
      { health: { kind: 'reconnect', reason: 'revoked', since: 1, verifiedAt: 0 } },
    ],
    ['that reaches no account', { accounts: { kind: 'none', readAt: 1 } }],
    ['whose accounts are all left out', { accountChoice: { kind: 'only', accounts: [] } }],
  ] as const)('cannot with one %s', (_, changes) => {
    expect(canExtract({ ...works, ...changes })).toBe(false);
  });
});
