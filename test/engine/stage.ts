/** A world with two providers and a person who signs in to them; the steps that journeys share. */
import type { Authorization } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { connect, reconnect } from '../../lib/engine/authorize.ts';
import { UNDO_MS } from '../../lib/domain/deletion.ts';
import { deleteConnections } from '../../lib/engine/delete.ts';
import { finishDeletions } from '../../lib/engine/finish-deletions.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { openSweeper, type SweepTally } from '../../lib/engine/sweep.ts';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import type { Input } from '../../lib/rpc/procedures.ts';
import { fakeWorld, json, type FakeWorld } from '../support/fake-ports.ts';
import { CLOUD, KEYS } from './definitions.ts';

type Ended = { readonly id: string; readonly state: Authorization['state'] };

export interface Stage {
  readonly world: FakeWorld;
  /** Who the API says that a credential belongs to. */
  person: string;
  /** Answers a token request; the next tokens unless replaced. */
  token: () => Promise<Answer> | Answer;
  /** Answers anything else. */
  api: (request: OutgoingRequest) => Promise<Answer> | Answer;
  readonly tokens: (more?: object) => Answer;
  readonly byKey: (key?: string, more?: Partial<Input<'connect'>>) => Promise<Ended>;
  readonly bySignIn: (more?: Partial<Input<'connect'>>) => Promise<Ended>;
  readonly again: (connectionId: string) => Promise<Ended>;
  readonly ended: (id: string) => Promise<Ended>;
  readonly all: () => Promise<Connection[]>;
  readonly only: () => Promise<Connection>;
  readonly check: (engine?: Engine) => Promise<SweepTally>;
  readonly sentTo: (end: string) => OutgoingRequest[];
  /** Deletes, and lets the time pass in which it could be undone. */
  readonly deleteForGood: (ids: readonly string[], revoke?: boolean) => Promise<void>;
}

export const REFUSED_GRANT = json({ error: 'invalid_grant' }, 400);
export const REFUSED_KEY = json({ message: 'no' }, 401);
export const DOWN = json('<html>down</html>', 503);
export const OFFLINE: Answer = { kind: 'silence', silence: 'offline', tookMs: 1 };

/** The wish for a connection by sign-in, to be changed at will. */
export const WISH: Input<'connect'> = {
  providerId: 'test-cloud',
  methodId: 'oauth',
  params: {},
  name: null,
  environmentId: 'production',
  tags: [],
  scopes: ['read'],
  credential: null,
  client: null,
};

/** Sets a stage; the sign-in window comes back at once with a code. */
export async function setStage(more: readonly ProviderInput[] = []): Promise<Stage> {
  const world = await fakeWorld();
  for (const definition of [KEYS, CLOUD, ...more])
    await world.engine.providers.keep(JSON.stringify(definition));
  world.window = signedIn;
  world.answer = (request) => (request.url.endsWith('/token') ? stage.token() : stage.api(request));
  let issued = 0;
  const begin = async (wish: Partial<Input<'connect'>>): Promise<Ended> =>
    stage.ended((await connect(world.engine, { ...WISH, ...wish })).authorizationId);
  const stage: Stage = {
    world,
    person: 'alice',
    token: () => stage.tokens(),
    api: () => json({ id: stage.person, label: `${stage.person}@test.example` }),
    tokens(extra = {}) {
      issued += 1;
      return json({
        access_token: `access-${issued}`,
        refresh_token: `refresh-${issued}`,
        token_type: 'Bearer',
        expires_in: 3600,
        ...extra,
      });
    },
    byKey: (key = 'a-key', wish = {}) =>
      begin({
        providerId: 'test-keys',
        methodId: 'key',
        scopes: [],
        credential: { kind: 'key', key },
        ...wish,
      }),
    bySignIn: (wish = {}) => begin(wish),
    async again(connectionId) {
      const wish = { connectionId, credential: null, client: null, chooseAccount: false };
      return stage.ended((await reconnect(world.engine, wish)).authorizationId);
    },
    ended: (id) => ended(world, id),
    all: () => world.db.getAll('connections'),
    async only() {
      const [first, ...rest] = await stage.all();
      if (first === undefined || rest.length > 0) throw new Error('not exactly one connection');
      return first;
    },
    check: async (engine = world.engine) =>
      openSweeper(engine).check((await stage.all()).map(({ id }) => id)),
    sentTo: (end) => world.sent.filter(({ url }) => url.endsWith(end)),
    async deleteForGood(ids, revoke = false) {
      await deleteConnections(world.engine, { ids: [...ids], revoke });
      world.now += UNDO_MS;
      await finishDeletions(world.engine);
    },
  };
  return stage;
}

/** What the window comes back with when the person says yes. */
function signedIn(url: string): { kind: 'answer'; url: string } {
  const { searchParams } = new URL(url);
  const back = new URL(searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('state', searchParams.get('state') ?? '');
  back.searchParams.set('code', 'code');
  return { kind: 'answer', url: back.href };
}

async function ended(world: FakeWorld, id: string): Promise<Ended> {
  for (let turn = 0; turn < 500; turn++) {
    const found = await world.db.get('authorizations', id);
    const isOver =
      found !== undefined && !['queued', 'waiting', 'proving'].includes(found.state.kind);
    if (isOver && !world.engine.attempts.has(id)) return { id, state: found.state };
    await nextTurn();
  }
  throw new Error('the attempt did not end');
}

/** One turn of the event loop: what waits for the store goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}

/** Something that happens when the test says so. */
export function gate(): { readonly reached: Promise<void>; readonly pass: () => Promise<void> } & {
  readonly open: () => void;
} {
  let reach = (): void => undefined;
  let open = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    reached,
    pass: () => {
      reach();
      return opened;
    },
    open: () => open(),
  };
}
