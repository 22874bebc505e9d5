import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPasskeyDialogs, type PasskeyDialog } from '../../lib/client/options-passkeys.ts';
import type { Passkeys } from '../../lib/client/passkeys.ts';
import { createVaultUnlock } from '../../lib/client/vault-lock.ts';
import { PatchbayError } from '../../lib/domain/errors.ts';
import type { call as rpcCall } from '../../lib/rpc/client.ts';
import { NO_ANSWER } from '../../lib/rpc/message.ts';
import { answerOf, LAPTOP, NO_ANSWER_LEFT } from '../support/a-passkey.ts';
import { openWorld, type World } from './options-world.ts';

const PASSPHRASE = 'correct horse battery';

let world: World;
let answer: number[];
/** What the browser was asked, in order. */
let browserAsked: unknown[];
let passkeys: { -readonly [N in keyof Passkeys]: Passkeys[N] };
let asked: { procedure: string; input: object }[];
/** What the background says; called with the procedure. */
let background: (procedure: string) => void;

const call = (async (procedure: string, input: object) => {
  // An answer is overwritten once it was sent.
  asked.push({ procedure, input: structuredClone(input) });
  background(procedure);
  return {};
}) as typeof rpcCall;

beforeEach(() => {
  world = openWorld();
  answer = answerOf('AQID');
  browserAsked = [];
  asked = [];
  background = () => undefined;
  passkeys = {
    work: async () => true,
    make: async (name, known) => {
      browserAsked.push({ make: name, known });
      return { id: 'new', transports: ['internal'], answer };
    },
    ask: async (known) => {
      browserAsked.push({ ask: known });
      return { id: 'AQID', answer };
    },
    drop: (ids) => void browserAsked.push({ drop: ids }),
  };
});

const dialogs = () =>
  createPasskeyDialogs(
    { call, messages: world.model.messages, records: world.model.records },
    passkeys,
  );

function opened(model: ReturnType<typeof dialogs>): PasskeyDialog {
  const dialog = model.open.value;
  if (dialog === null) throw new Error('not open');
  dialog.passphrase.value = PASSPHRASE;
  return dialog;
}

describe('adding a passkey', () => {
  it('proves the passphrase first, and sends and forgets the answer', async () => {
    const model = dialogs();
    model.add();
    const dialog = opened(model);
    dialog.name.value = ' Laptop ';
    await dialog.submit();
    expect(browserAsked).toEqual([{ make: 'Laptop', known: [] }]);
    const input = { current: PASSPHRASE, name: 'Laptop', id: 'new', transports: ['internal'] };
    expect(asked).toEqual([
      { procedure: 'provePassphrase', input: { current: PASSPHRASE } },
      { procedure: 'addPasskey', input: { ...input, answer: answerOf('AQID') } },
    ]);
    expect(answer).toEqual(NO_ANSWER_LEFT);
    expect(model.open.value).toBeNull();
    expect(world.texts()).toContain('The passkey is added.');
  });

  it('asks the browser for nothing where the passphrase is wrong', async () => {
    background = () => {
      throw new PatchbayError('passphrase-wrong');
    };
    const model = dialogs();
    model.add();
    await opened(model).submit();
    expect(browserAsked).toEqual([]);
    expect(model.open.value?.problem.value).toBe('passphrase-wrong');
  });

  it('says what the browser said, and adds nothing', async () => {
    passkeys.make = () => Promise.reject(new PatchbayError('passkey-unsupported'));
    const model = dialogs();
    model.add();
    await opened(model).submit();
    expect(model.open.value?.problem.value).toBe('passkey-unsupported');
    expect(asked.map(({ procedure }) => procedure)).toEqual(['provePassphrase']);
  });

  it('leaves no passkey at the authenticator that was not kept', async () => {
    background = (procedure) => {
      if (procedure === 'addPasskey') throw new PatchbayError('vault-busy');
    };
    const model = dialogs();
    model.add();
    await opened(model).submit();
    expect(browserAsked.at(-1)).toEqual({ drop: ['new'] });
    expect(answer).toEqual(NO_ANSWER_LEFT);
    expect(model.open.value?.problem.value).toBe('vault-busy');
  });

  it('leaves the passkey where nobody said whether it was kept', async () => {
    background = (procedure) => {
      if (procedure === 'addPasskey') throw new PatchbayError('internal', NO_ANSWER);
    };
    const model = dialogs();
    model.add();
    await opened(model).submit();
    expect(browserAsked).toEqual([{ make: 'Passkey', known: [] }]);
    expect(answer).toEqual(NO_ANSWER_LEFT);
    expect(model.open.value?.problem.value).toBe('internal');
  });

  it('is not offered where the browser cannot, who is asked once somebody looks', async () => {
    const work = vi.fn<Passkeys['work']>(async () => false);
    passkeys.work = work;
    const model = dialogs();
    expect(model.work.value).toBeNull();
    expect(work).not.toHaveBeenCalled();
    model.work.subscribe(() => undefined)();
    model.work.subscribe(() => undefined);
    await vi.waitFor(() => expect(model.work.value).toBe(false));
    expect(work).toHaveBeenCalledOnce();
  });
});

it('removing a passkey takes the passphrase, and tells its authenticator', async () => {
  const model = dialogs();
  model.remove(LAPTOP);
  const dialog = opened(model);
  dialog.passphrase.value = '';
  await dialog.submit();
  expect(asked).toEqual([]);
  await opened(model).submit();
  expect(asked).toEqual([
    { procedure: 'removePasskey', input: { current: PASSPHRASE, id: 'AQID' } },
  ]);
  expect(browserAsked).toEqual([{ drop: ['AQID'] }]);
});

describe('unlocking with a passkey', () => {
  const unlock = () => createVaultUnlock(call, world.model.messages, passkeys.ask);

  it('sends the answer and forgets it', async () => {
    const model = unlock();
    await model.unlockByPasskey([LAPTOP]);
    expect(asked).toEqual([
      { procedure: 'unlockByPasskey', input: { id: 'AQID', answer: answerOf('AQID') } },
    ]);
    expect(answer).toEqual(NO_ANSWER_LEFT);
    expect(model.problem.value).toBeNull();
    expect(world.texts()).toContain('Unlocked. What is due is checked now.');
  });

  it.each(['passkey-none', 'passkey-wrong'] as const)(
    'says %s, and can be tried again',
    async (code) => {
      const model = unlock();
      background = () => {
        throw new PatchbayError(code);
      };
      await model.unlockByPasskey([LAPTOP]);
      expect([model.problem.value, model.isBusy.value]).toEqual([code, false]);
      expect(answer).toEqual(NO_ANSWER_LEFT);
      background = () => undefined;
      await model.unlockByPasskey([LAPTOP]);
      expect(model.problem.value).toBeNull();
    },
  );

  it('goes on elsewhere without a word', async () => {
    const model = createVaultUnlock(call, world.model.messages, async () => null);
    await model.unlockByPasskey([LAPTOP]);
    expect(asked).toEqual([]);
    expect(world.texts()).toEqual([]);
    expect(model.isBusy.value).toBe(false);
  });
});
