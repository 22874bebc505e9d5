/** Whatever a page, or what has taken one over, sends to the background: a reply, and no secret in it. */
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from 'wxt/browser';
import { secret } from '../../lib/domain/credential.ts';
import { ERROR_CODES } from '../../lib/domain/errors.ts';
import { openFile } from '../../lib/domain/transfer/carry.ts';
import { keepClient } from '../../lib/engine/clients.ts';
import { handlers } from '../../lib/engine/handlers.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import type { Reply } from '../../lib/rpc/message.ts';
import { procedures, type Handlers, type ProcedureName } from '../../lib/rpc/procedures.ts';
import { answer, serve } from '../../lib/rpc/serve.ts';
import { underViewOnly, UNDER_VIEW_ONLY } from '../../lib/rpc/view-only.ts';
import { commit } from '../../lib/store/commit.ts';
import { CLOUD, KEYS } from '../engine/definitions.ts';
import { aConnection } from '../support/a-connection.ts';
import { fakeWorld, json, type FakeWorld } from '../support/fake-ports.ts';
import { CAMPAIGN_MS, inputs } from './campaign.ts';
import { echo, leaked } from './canary.ts';
import { hostileText, mutated } from './mutations.ts';
import { validInput } from './valid-input.ts';

// What one guess costs is not under test here.
vi.mock('../../lib/domain/kdf-iterations.ts', () => ({ KDF_ITERATIONS: 1000 }));

const names = Object.keys(procedures) as ProcedureName[];
const FILE = JSON.stringify(
  openFile([aConnection({ id: 'third' })], { environments: [], tags: [], views: [] }, 1),
);
const TEXTS = [
  'by-key',
  'by-sign-in',
  'nothing',
  'production',
  'staging',
  'my-own',
  'test-keys',
  'test-cloud',
  'key',
  'oauth',
  'ads',
  'read',
  'A name',
  'https://x.example',
  FILE,
  JSON.stringify(KEYS),
];

/** A message of each procedure, mostly one that it takes, spoilt more or less. */
const messages = fc.constantFrom(...names).chain((name) =>
  fc.record({
    name: fc.constant(name as string),
    input: fc.oneof(
      { arbitrary: validInput(procedures[name].input, TEXTS), weight: 1 },
      {
        arbitrary: mutated(validInput(procedures[name].input, TEXTS), fc.oneof(hostileText, echo)),
        weight: 3,
      },
    ),
  }),
);

/** Secrets that no message holds, so that whatever tells one has it from the vault. */
const KEPT = {
  clientSecret: 'Ks2 hNe "Wu5q" Fo\u00e4p',
  key: 'Kk7_tBv-Jd4cRm-Y9',
  accessToken: 'Ka3.eGs-Xi6nUz~L5',
  refreshToken: 'Kr8/oPy+Qa1wHf=2C',
} as const;

/** A background that holds every kind of secret. */
async function secretive(): Promise<{ world: FakeWorld; all: Handlers }> {
  const world = await fakeWorld();
  const { engine } = world;
  world.answer = () => json({ id: 'alice', label: 'alice' });
  for (const definition of [KEYS, CLOUD]) await engine.providers.keep(JSON.stringify(definition));
  const client = await keepClient(
    engine,
    'test-cloud',
    {},
    {
      clientId: 'client',
      clientSecret: secret(KEPT.clientSecret),
    },
  );
  const byKey = aConnection({ id: 'by-key', providerId: 'test-keys' });
  const bySignIn = aConnection({
    id: 'by-sign-in',
    providerId: 'test-cloud',
    methodId: 'oauth',
    methodKind: 'oauth2',
  });
  await commit(world.db, {
    connections: new Map([byKey, bySignIn].map((one) => [one.id, () => one])),
    also: client.also,
    putSecrets: [
      ...client.putSecrets,
      await engine.vault.seal('credential', 'by-key', { kind: 'key', key: secret(KEPT.key) }),
      await engine.vault.seal('credential', 'by-sign-in', {
        kind: 'oauth2',
        accessToken: secret(KEPT.accessToken),
        refreshToken: secret(KEPT.refreshToken),
        clientId: 'client',
        accessEndsAt: null,
        obtainedAt: 0,
      }),
    ],
  });
  return { world, all: handlers(engine, openSweeper(engine)) };
}

function expectReply(reply: Reply): void {
  expect(reply.ok || (ERROR_CODES as readonly string[]).includes(reply.code)).toBe(true);
}

describe('a message', () => {
  it(
    'of any shape is answered by what the schema lets through [E3]',
    async () => {
      const stub = Object.fromEntries(
        names.map((name) => [name, async () => ({})]),
      ) as unknown as Handlers;
      await fc.assert(
        fc.asyncProperty(messages, async ({ name, input }) => {
          expectReply(await answer(stub, name, input));
        }),
        inputs(),
      );
    },
    CAMPAIGN_MS,
  );

  it(
    'of any shape is done or refused by the use cases, which never fail by accident [E3]',
    async () => {
      let { world, all } = await secretive();
      let count = 0;
      await fc.assert(
        fc.asyncProperty(messages, async ({ name, input }) => {
          // Now and then afresh: what one message makes, the next ones meet.
          if (++count % 60 === 0) ({ world, all } = await secretive());
          const reply = await answer(all, name, structuredClone(input));
          expectReply(reply);
          expect(reply).not.toMatchObject({ ok: false, code: 'internal' });
          expect(leaked(reply, Object.values(KEPT))).toEqual([]);
          world.now += 1_000;
        }),
        inputs(),
      );
    },
    CAMPAIGN_MS,
  );

  it(
    'changes nothing while changes are locked, whatever it says [E3]',
    async () => {
      const ran: string[] = [];
      const stub = Object.fromEntries(
        names.map((name) => [name, async () => void ran.push(name)]),
      ) as unknown as Handlers;
      const locked = underViewOnly(stub, async () => ({ kind: 'passphrase' }) as never);
      await fc.assert(
        fc.asyncProperty(messages, async ({ name, input }) => {
          ran.length = 0;
          await answer(locked, name, input);
          expect(ran.filter((one) => UNDER_VIEW_ONLY[one as ProcedureName] === 'refused')).toEqual(
            [],
          );
        }),
        inputs(500),
      );
    },
    CAMPAIGN_MS,
  );
});

describe('the listener', () => {
  afterEach(() => fakeBrowser.reset());

  it(
    'hears nobody but our own pages, and only calls [E3]',
    async () => {
      type Listener = (
        message: unknown,
        sender: object,
        reply: (value: unknown) => void,
      ) => unknown;
      const heard: Listener[] = [];
      const listen = browser.runtime.onMessage.addListener.bind(browser.runtime.onMessage);
      browser.runtime.onMessage.addListener = ((one: Listener) =>
        void heard.push(one)) as typeof listen;
      const stub = Object.fromEntries(
        names.map((name) => [name, async () => ({})]),
      ) as unknown as Handlers;
      serve(stub, Promise.resolve());
      const [listener] = heard;
      const own = browser.runtime.getURL('/' as never);
      const senders = fc.record({
        id: fc.constantFrom(browser.runtime.id, 'another', undefined),
        url: fc.oneof(
          hostileText,
          fc.constantFrom(
            undefined,
            `${own}popup.html`,
            'https://evil.example/',
            `${own.slice(0, -1)}.evil.example/`,
          ),
        ),
      });
      const calls = fc.oneof(
        messages.map(({ name, input }) => ({ patchbay: 'call', procedure: name, input })),
        mutated(fc.constant({ patchbay: 'call', procedure: 'listProviders', input: {} })),
      );
      await fc.assert(
        fc.asyncProperty(senders, calls, async (sender, call) => {
          const isOurs = sender.id === browser.runtime.id && (sender.url ?? '').startsWith(own);
          let answered = (): void => undefined;
          const reply = new Promise<void>((resolve) => {
            answered = resolve;
          });
          const waits = listener?.(call, sender, answered) === true;
          expect(waits && !isOurs).toBe(false);
          // Who is told to wait is answered.
          await (waits ? reply : undefined);
        }),
        inputs(300),
      );
      browser.runtime.onMessage.addListener = listen;
    },
    CAMPAIGN_MS,
  );
});
