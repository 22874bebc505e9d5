/**
 * Secrets stay where they belong. The recorder of `support/` listens in every end-to-end test; here
 * it is proven to hear, and every way of a secret through the extension is gone once.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  attempt,
  attemptSignIn,
  basicWish,
  connectByBasic,
  connectByKey,
  connectByOauth,
  connection,
  keyWish,
} from './support/connect.ts';
import { endGoing } from './support/end-going.ts';
import { eventually } from './support/eventually.ts';
import { createRecorder } from './support/recorder.ts';
import { replyTo } from './support/procedure-call.ts';
import { sealedNames } from './support/stored.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();

const MARK = 'a-marked-text-that-is-no-secret';

describe('the recorder', () => {
  it.each([
    ['as it is', (secret: string) => secret],
    ['inside a sentence', (secret: string) => `got ${secret} from there`],
    ['in an address', (secret: string) => `https://x.example/?t=${encodeURIComponent(secret)}`],
    ['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
    ['as basic authentication', (secret: string) => `Basic ${btoa(`alice:${secret}`)}`],
    ['as JSON', (secret: string) => JSON.stringify({ secret })],
  ])('finds a secret written %s', (_, write) => {
    const recorder = createRecorder();
    const secret = 'pass/word+with "signs" & more';
    recorder.hear('somewhere', write(secret));
    recorder.hear('elsewhere', 'nothing at all');
    expect(recorder.leaks([secret, 'another'])).toEqual(['secret 1 (pas…) in somewhere']);
  });

  it('hears the worker, pages, replies, broadcasts, notifications and stores', async () => {
    const { browser, page, recorder } = world;
    const places = () => recorder.leaks([MARK]).map((leak) => leak.split(' in ')[1]);
    await (await browser.worker()).evaluate((mark) => console.info(mark), MARK);
    await page.evaluate((mark) => console.info(mark), MARK);
    await page.evaluate((mark) => sessionStorage.setItem('mark', mark), MARK);
    await page.evaluate((mark) => void document.body.append(mark), MARK);
    await page.evaluate((mark) => {
      const channel = new BroadcastChannel('patchbay-changes');
      channel.postMessage(mark);
      channel.close();
    }, MARK);
    // A name is said in a reply, a notification, records and a tooltip's neighbourhood.
    const { id } = await connectByKey(world, 'alice', { name: MARK });
    await world.call('deleteConnections', { ids: [id], revoke: true });
    const definition = { ...world.practice.definitions.keys, name: MARK };
    await replyTo(page, 'previewProvider', { text: JSON.stringify(definition) });
    const again = await connectByKey(world, 'alice', { name: MARK });
    world.practice.control.revokeKey('alice');
    await world.call('checkNow', { ids: [again.id] });
    await recorder.look(browser);
    await fetch(`${world.practice.origins.keys}/v1/whoami?mark=${MARK}`);
    await eventually(() =>
      expect(places().sort()).toEqual([
        'address at a provider',
        'broadcast',
        'console of page',
        'console of worker',
        'page',
        'records of patchbay/activity',
        'records of patchbay/authorizations',
        'records of patchbay/connections',
        'records of patchbay/deletions',
        'reply',
        'web storage',
      ]),
    );
    await eventually(() => expect(recorder.leaks(['notifications.create'])).toHaveLength(1));
    await page.evaluate(() => sessionStorage.clear());
  });
});

describe('the recorder hears the worker that was stopped and started again', () => {
  /** Whatever the life before it said was said by another text. @returns a text of its own */
  async function nextLife(name: string): Promise<string> {
    const before = await bornAt();
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    expect(await bornAt()).toBeGreaterThan(before);
    return `${MARK}-${name}`;
  }

  async function bornAt(): Promise<number> {
    return (await world.browser.worker()).evaluate(() => performance.timeOrigin);
  }

  const leaks = (text: string) => world.recorder.leaks([text]);

  it('log something, and once more after another stop', async () => {
    for (const name of ['second', 'third']) {
      const said = await nextLife(name);
      expect(leaks(said)).toEqual([]);
      await (await world.browser.worker()).evaluate((said) => console.info(said), said);
      await eventually(() => expect(leaks(said)).toEqual(['secret 1 (a-m…) in console of worker']));
    }
  });

  it('throw an exception, and leave a promise rejected', async () => {
    const place = 'secret 1 (a-m…) in uncaught error of worker';
    const thrown = await nextLife('thrown');
    await (
      await world.browser.worker()
    ).evaluate((text) => {
      setTimeout(() => {
        throw new Error(text);
      }, 0);
    }, thrown);
    await eventually(() => expect(leaks(thrown)).toEqual([place]));
    const rejected = await nextLife('rejected');
    await (
      await world.browser.worker()
    ).evaluate((text) => {
      void Promise.reject(new Error(text));
    }, rejected);
    await eventually(() => expect(leaks(rejected)).toEqual([place]));
  });

  it('show a notification', async () => {
    const name = `${MARK}-shown`;
    const { id } = await connectByKey(world, 'alice', { name });
    await nextLife('shown');
    world.practice.control.revokeKey('alice');
    await world.call('checkNow', { ids: [id] });
    await eventually(() => expect(leaks(name)).toContain('secret 1 (a-m…) in console of worker'));
  });
});

describe('a secret', () => {
  const wrong = 'pk_practice_wrong-but-nobodys-business';

  beforeAll(() => world.recorder.plant(wrong));

  it('goes through connecting, checking, renewing, breaking and mending unseen [O10]', async () => {
    const { control } = world.practice;
    await connectByKey(world, 'alice', { name: 'Key' });
    await connectByBasic(world, 'bob');
    const { id } = await connectByOauth(world, 'alice', { name: 'Cloud' });
    await world.call('checkNow', { ids: [] });
    control.expireAccessTokens('alice');
    await world.call('checkNow', { ids: [] });
    control.rotateKey('alice');
    control.changePassword('bob');
    control.revokeGrants('alice');
    await world.call('checkNow', { ids: [] });
    expect((await connection(world, id)).health.kind).toBe('reconnect');
    await attemptSignIn(world, 'alice');
    await world.recorder.look(world.browser);
    await world.call('deleteConnections', { ids: [id], revoke: true });
    await world.recorder.look(world.browser);
    for (const attempt of await world.records('authorizations'))
      await world.call('dismissAuthorization', { authorizationId: attempt.id });
    await endGoing(world, 'practice-oauth');
    expect(world.recorder.leaks(control.secrets())).toEqual([]);
  });

  it('that was refused is not repeated, not even by a service that quotes it [O10]', async () => {
    const key = { kind: 'key', key: wrong } as const;
    const message = `The key ${wrong} is unknown. Use ${world.practice.control.keyOf('bob')}.`;
    const body = { error: { code: 'invalid_key', message } };
    world.practice.control.setFault('keys', { kind: 'body', status: 401, body });
    const { state } = await attempt(world, keyWish(world, 'alice', { credential: key }));
    expect(state).toMatchObject({ kind: 'failed', code: 'credential-rejected' });
    expect(JSON.stringify(state)).toContain('The key [redacted] is unknown');
    expect(await sealedNames(world.page)).not.toContainEqual(
      expect.stringMatching(/^(credential|authorization):/),
    );
  });

  it('of a password is not repeated either, and its user name may be', async () => {
    const password = world.practice.control.passwordOf('alice');
    const body = { message: `alice has no password ${password}` };
    world.practice.control.setFault('basic', { kind: 'body', status: 401, body });
    const { state } = await attempt(world, basicWish(world, 'alice'));
    expect(state).toMatchObject({ detail: 'alice has no password [redacted]' });
  });

  it('that waits for a choice is sealed, and gone when nobody chooses', async () => {
    await connectByOauth(world, 'alice');
    const { id, state } = await attemptSignIn(world, 'alice');
    expect(state.kind).toBe('duplicate');
    expect(await sealedNames(world.page)).toContain(`authorization:${id}`);
    await world.call('dismissAuthorization', { authorizationId: id });
    expect(await sealedNames(world.page)).not.toContain(`authorization:${id}`);
  });
});

describe('what the extension never does', () => {
  it('is keep more in the storage of extensions than how many connections there are [E5]', async () => {
    await connectByKey(world, 'alice');
    await world.call('lockChanges', { passphrase: 'correct horse' });
    await world.call('unlockChanges', { passphrase: 'correct horse' });
    const kept = async (): Promise<object[]> => {
      type Area = Record<'local' | 'sync' | 'session', { get(keys: null): Promise<object> }>;
      const { storage } = (globalThis as unknown as { chrome: { storage: Area } }).chrome;
      return Promise.all(
        [storage.local, storage.sync, storage.session].map((area) => area.get(null)),
      );
    };
    const marker = { had: { count: 1, at: expect.any(Number) } };
    await eventually(async () => expect(await world.page.evaluate(kept)).toEqual([marker, {}, {}]));
    expect(await (await world.browser.worker()).evaluate(kept)).toEqual([marker, {}, {}]);
  });

  it('is have a vault key whose bytes a script could read [E5]', async () => {
    await connectByKey(world, 'alice');
    const extractable = await world.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('patchbay-vault');
          opening.addEventListener('success', () => {
            const reading = opening.result.transaction('keys').objectStore('keys').getAll();
            reading.addEventListener('success', () =>
              resolve((reading.result as CryptoKey[]).map((key) => key.extractable)),
            );
          });
        }),
    );
    expect(extractable).toEqual([false]);
  });
});

describe('nobody but our own pages', () => {
  it('can ask the background anything [E2 E3]', async () => {
    const { context, extensionId } = world.browser;
    const tab = await context.newPage();
    await tab.goto(world.practice.origins.desk);
    const reached = await tab.evaluate(async (id) => {
      const { chrome } = globalThis as unknown as {
        chrome?: { runtime?: { sendMessage?: (id: string, message: object) => Promise<unknown> } };
      };
      const message = { patchbay: 'call', procedure: 'listProviders', input: {} };
      const answer = await chrome?.runtime?.sendMessage?.(id, message).catch(() => undefined);
      return answer ?? null;
    }, extensionId);
    expect(reached).toBeNull();
    const address = `chrome-extension://${extensionId}/options.html`;
    const framed = tab.waitForEvent('frameattached');
    await tab.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }, address);
    await framed;
    await eventually(() => {
      const inner = tab.frames().find((frame) => frame !== tab.mainFrame());
      expect(inner?.url()).toMatch(/^chrome-error:|^$/);
    });
    await tab.close();
  });
});
