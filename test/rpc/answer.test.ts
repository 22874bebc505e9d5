import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatchbayError } from '../../lib/domain/errors.ts';
import { procedures, type Handlers } from '../../lib/rpc/procedures.ts';
import { TAGS_CARRIED_MAX } from '../../lib/domain/tag.ts';
import { answer } from '../../lib/rpc/serve.ts';

const names = Object.keys(procedures);

/** Every procedure answers what it is told to, and keeps what it was asked. */
function handlers(run: (name: string, input: unknown) => unknown): Handlers {
  const entries = names.map((name) => [name, async (input: unknown) => run(name, input)]);
  return Object.fromEntries(entries) as Handlers;
}

const RENAME = { id: 'c-1', name: 'New', revision: 3 };

describe('a call', () => {
  it('reaches its procedure with parsed input', async () => {
    const asked: unknown[] = [];
    const given = { ...RENAME, name: '  New  ', more: 'dropped' };
    const reply = await answer(
      handlers((name, input) => {
        asked.push([name, input]);
        return {};
      }),
      'renameConnection',
      given,
    );
    expect(reply).toEqual({ ok: true, output: {} });
    expect(asked).toEqual([['renameConnection', RENAME]]);
  });

  it.each(['nothing', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
    'of %j, which is no procedure, is refused',
    async (name) => {
      const reply = await answer(
        handlers(() => ({})),
        name,
        {},
      );
      expect(reply).toEqual({ ok: false, code: 'invalid-request', detail: null });
    },
  );

  it('with a bad field is told which, and changes nothing', async () => {
    const ran: string[] = [];
    const all = handlers((name) => ran.push(name));
    const reply = await answer(all, 'connect', { providerId: 'x', credential: { kind: 'key' } });
    expect(reply).toMatchObject({ ok: false, code: 'invalid-request' });
    expect(await answer(all, 'renameConnection', { ...RENAME, name: ' ' })).toEqual({
      ok: false,
      code: 'invalid-request',
      detail: 'name',
    });
    expect(ran).toEqual([]);
  });

  it('with more tags than a connection carries is for its procedure to refuse, in words of its own', async () => {
    const tags = Array.from({ length: TAGS_CARRIED_MAX + 1 }, (_, at) => `tag ${at}`);
    const all = handlers(() => {
      throw new PatchbayError('tags-carried-full');
    });
    const reply = await answer(all, 'setTags', { id: 'c-1', revision: 3, tags });
    expect(reply).toMatchObject({ code: 'tags-carried-full' });
  });

  it('of garbage is answered by a value, whatever it is', async () => {
    const all = handlers(() => ({}));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything(), async (name, input) => {
        const reply = await answer(all, name, input);
        expect(reply.ok || reply.code === 'invalid-request' || reply.code === 'internal').toBe(
          true,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a reply', () => {
  it('holds nothing that its schema does not name', async () => {
    const reply = await answer(
      handlers(() => ({ authorizationId: 'a-1', accessToken: 'planted-token' })),
      'reconnect',
      { connectionId: 'c-1', credential: null, client: null, chooseAccount: false },
    );
    expect(reply).toEqual({ ok: true, output: { authorizationId: 'a-1' } });
  });

  it('is an error where the output is not what was promised', async () => {
    const reply = await answer(
      handlers(() => ({ id: 7 })),
      'importProvider',
      { text: '{}' },
    );
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
  });

  it('tells the code and detail of a failure, never its cause or its words', async () => {
    const cause = new Error('planted-secret');
    const failing = handlers(() => {
      throw new PatchbayError('not-found', 'c-1', { cause });
    });
    expect(await answer(failing, 'renameConnection', RENAME)).toEqual({
      ok: false,
      code: 'not-found',
      detail: 'c-1',
    });
    const crashing = handlers(() => {
      throw new TypeError('planted-secret');
    });
    expect(await answer(crashing, 'renameConnection', RENAME)).toEqual({
      ok: false,
      code: 'internal',
      detail: null,
    });
  });
});
