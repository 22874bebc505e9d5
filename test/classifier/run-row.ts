/** Runs an answer through the real check of a real connection: store, vault, renewal, second question. */
import { readdirSync, readFileSync } from 'node:fs';
import { secret, type Credential } from '../../lib/domain/credential.ts';
import type { Answer } from '../../lib/domain/exchange.ts';
import type { Health } from '../../lib/domain/health.ts';
import { keepClient } from '../../lib/engine/clients.ts';
import { openSweeper } from '../../lib/engine/sweep.ts';
import { catalogue } from '../../lib/providers/catalogue.ts';
import { defaultParams, parseDefinition } from '../../lib/providers/registry.ts';
import type { Method, Provider, ProviderInput } from '../../lib/providers/schema.ts';
import { commit } from '../../lib/store/commit.ts';
import { CLOUD, KEYS } from '../engine/definitions.ts';
import { smallDefinition } from '../providers/small-definition.ts';
import { aConnection } from '../support/a-connection.ts';
import { fakeWorld, json, type FakeWorld } from '../support/fake-ports.ts';
import type { Asked, Row } from './rows.ts';

const folder = new URL('../../docs/definitions/', import.meta.url);

/** The definitions that people may import, by the name of their file. */
export const importable: ReadonlyMap<string, string> = new Map(
  readdirSync(folder).map((file) => [
    file.replace(/\.json$/, ''),
    readFileSync(new URL(file, folder), 'utf8'),
  ]),
);

/** A service that does everything in a way of its own, as TikTok, Figma and Zendesk do (`providers.md` §2d). */
const ODD: ProviderInput = {
  ...smallDefinition(),
  id: 'test-odd',
  methods: [
    {
      kind: 'oauth2',
      authorize: 'https://example.com/authorize',
      token: 'https://example.com/token',
      pkce: 'required',
      client: { kind: 'own', secret: 'none' },
      tokenAuth: 'none',
      life: { rotates: true },
      tokenRules: [
        { path: 'code', in: [40_105], then: 'rejected' },
        { path: 'code', in: [40_100], then: 'rate-limited' },
        { path: 'code', in: [40_001], then: 'misconfigured' },
      ],
    },
    { kind: 'bearer', label: 'Token' },
  ],
  check: {
    url: 'https://api.example.com/me',
    rules: [{ status: [403], path: 'err', in: ['Invalid token'], then: 'rejected' }],
    identity: { id: 'user.id', label: 'user.name' },
  },
};

/** Made for tests alone. */
const plain: ReadonlyMap<string, string> = new Map(
  [CLOUD, KEYS, ODD].map((definition) => [definition.id, JSON.stringify(definition)]),
);

/** Every definition that a row may name. */
export function definitions(): ReadonlyMap<string, Provider> {
  const texts = [...importable.values(), ...plain.values()];
  const imported = texts.map((text) => {
    const parsed = parseDefinition(text);
    if (parsed.kind === 'bad') throw new TypeError(JSON.stringify(parsed.issues));
    return parsed.provider;
  });
  return new Map([...catalogue, ...imported].map((provider) => [provider.id, provider]));
}

const providers = definitions();

export interface Classified {
  readonly health: Health;
  readonly world: FakeWorld;
}

/** What is said of a connection that worked until this answer came. */
export async function classify(
  row: Pick<Row, 'service' | 'asked' | 'came' | 'goesOn'>,
): Promise<Classified> {
  const provider = providers.get(row.service);
  if (provider === undefined) throw new TypeError(`no definition of ${row.service}`);
  const isSignIn = row.asked !== 'key';
  const method = provider.methods.find(({ kind }) => (kind === 'oauth2') === isSignIn);
  if (method === undefined) throw new TypeError(`${row.service} has no such method`);
  const world = await fakeWorld();
  await seed(world, provider, method, row.asked);
  const isAtToken = row.asked.startsWith('token');
  world.answer = ({ method: verb, url, headers }): Answer => {
    const isToken =
      method.kind === 'oauth2' && verb === 'POST' && isTokenUrl(url, provider, method);
    if (isToken) return isAtToken ? row.came : TOKENS;
    const isRenewed = JSON.stringify(headers).includes('access-2');
    return isAtToken || (isRenewed && row.goesOn !== true) ? knows(provider) : row.came;
  };
  await openSweeper(world.engine).check(['connection']);
  const after = await world.db.get('connections', 'connection');
  if (after === undefined) throw new TypeError('the connection is gone');
  return { health: after.health, world };
}

/** A health in a word or two, as rows write it. */
export function spell(health: Health): string {
  switch (health.kind) {
    case 'reconnect':
      return `reconnect ${health.reason}`;
    case 'unverified':
      return `unverified ${health.doubt}`;
    default:
      return health.kind;
  }
}

const TOKENS = json({
  access_token: 'access-2',
  refresh_token: 'refresh-2',
  token_type: 'Bearer',
  expires_in: 3600,
});

async function seed(
  world: FakeWorld,
  provider: Provider,
  method: Method,
  asked: Asked,
): Promise<void> {
  const { engine, now } = world;
  if (!catalogue.some(({ id }) => id === provider.id))
    await engine.providers.keep(importable.get(provider.id) ?? plain.get(provider.id) ?? '');
  const params = defaultParams(provider);
  const isCutShort = asked === 'token, after one that was cut short';
  const connection = aConnection({
    providerId: provider.id,
    methodId: method.id,
    methodKind: method.kind,
    params,
    health: { kind: 'active', verifiedAt: now - 1 },
    refreshStartedAt: isCutShort ? now - 60_000 : null,
  });
  const isOver = asked.startsWith('token');
  const credential: Credential =
    method.kind === 'oauth2'
      ? {
          kind: 'oauth2',
          accessToken: secret('access-1'),
          refreshToken: secret('refresh-1'),
          clientId: CLIENT.clientId,
          accessEndsAt: isOver ? now - 1 : now + 3_000_000,
          obtainedAt: now - 600_000,
        }
      : method.kind === 'key'
        ? { kind: 'key', key: secret('a-key-of-ours') }
        : { kind: 'bearer', token: secret('a-token-of-ours') };
  const client = await keepClient(engine, provider.id, params, CLIENT);
  await commit(world.db, {
    connections: new Map([[connection.id, () => connection]]),
    also: client.also,
    putSecrets: [
      ...client.putSecrets,
      await engine.vault.seal('credential', connection.id, credential),
    ],
  });
}

const CLIENT = { clientId: 'client', clientSecret: secret('planted-client-secret') };

function isTokenUrl(url: string, provider: Provider, method: Method): boolean {
  if (method.kind !== 'oauth2') return false;
  const { site = '' } = defaultParams(provider);
  return url === new URL(method.token.replace('{site}', site)).href;
}

/** An answer that names a person where the definition looks for one. */
function knows({ check }: Provider): Answer {
  const body = {};
  for (const path of [check.identity.id, check.identity.label]) put(body, path.split('.'));
  return json(body);
}

function put(into: object, [first = '', ...rest]: string[]): void {
  if (rest.length === 0) Reflect.set(into, first, 'alice');
  else {
    const inner: object = Reflect.get(into, first) ?? {};
    Reflect.set(into, first, inner);
    put(inner, rest);
  }
}
