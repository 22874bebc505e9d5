/**
 * Checks that say what is known already, in a real browser: its own cache must not answer them, and
 * what a server says of its pace must outlive the worker.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connection, connectionOf, ended, wishFor } from './support/connect.ts';
import { useWorld } from './support/world.ts';

const ETAG = '"first"';

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const conditions: (string | undefined)[] = [];

const world = useWorld();

beforeAll(async () => {
  server = createServer((request, response) => {
    conditions.push(request.headers['if-none-match']);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

beforeEach(() => {
  conditions.length = 0;
  answer = (request, response) => {
    const headers = { etag: ETAG, 'cache-control': 'private, max-age=60' };
    if (request.headers['if-none-match'] === ETAG) response.writeHead(304, headers).end();
    else
      response
        .writeHead(200, { ...headers, 'content-type': 'application/json' })
        .end('{"id":"alice","label":"alice"}');
  };
});

async function connect(): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const definition = {
    ...world.practice.definitions.keys,
    id: 'conditional',
    name: 'Conditional',
    accounts: undefined,
    check: {
      url: `http://127.0.0.1:${port}/me`,
      identity: { id: 'id', label: 'label' },
      conditional: true,
    },
  };
  await world.call('importProvider', { text: JSON.stringify(definition) });
  const credential = { kind: 'key' as const, key: 'a-key-of-alice' };
  const { authorizationId } = await world.call(
    'connect',
    wishFor('conditional', { methodId: 'key', credential }),
  );
  return (await connectionOf(world, await ended(world, authorizationId))).id;
}

describe('a service that says when nothing has changed', () => {
  it('is asked with its tag, is believed, and is heard when it refuses', async () => {
    const id = await connect();
    await world.call('checkNow', { ids: [id] });
    await world.browser.stopWorker();
    await world.call('checkNow', { ids: [id] });
    expect(conditions).toEqual([undefined, undefined, ETAG]);
    const well = await connection(world, id);
    expect(well.health.kind).toBe('active');
    expect(well.identity?.id).toBe('alice');

    answer = (_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
    };
    await world.call('checkNow', { ids: [id] });
    expect((await connection(world, id)).health.kind).toBe('reconnect');
  });
});

describe('a service that asks to be polled rarely', () => {
  it('is not asked sooner by the next worker', async () => {
    answer = (_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-poll-interval': '7200' })
        .end('{"id":"alice","label":"alice"}');
    };
    const id = await connect();
    const begunAt = Date.now();
    await world.call('checkNow', { ids: [id] });
    await world.browser.stopWorker();
    await world.call('listProviders', {});
    const { nextCheckAt } = await connection(world, id);
    expect(nextCheckAt).toBeGreaterThanOrEqual(begunAt + 7_200_000);
  });
});
