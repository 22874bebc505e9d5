/** The services of the simulation: what they know of their grants, and their bad days. */
import * as v from 'valibot';
import type { Answer, OutgoingRequest } from '../../lib/domain/exchange.ts';
import { Provider, type ProviderInput } from '../../lib/providers/schema.ts';
import { json } from '../support/fake-ports.ts';

const common = (
  id: string,
): Pick<ProviderInput, 'schema' | 'id' | 'name' | 'mark' | 'links' | 'verifiedOn'> => ({
  schema: 1,
  id,
  name: id,
  mark: { text: 'S', color: '#123456' },
  links: { docs: 'https://sim.example/docs' },
  verifiedOn: '2026-11-21',
});

const check = (host: string): ProviderInput['check'] => ({
  url: `https://api.${host}.example/me`,
  identity: { id: 'id', label: 'label' },
});

const key: ProviderInput['methods'][number] = {
  kind: 'key',
  label: 'Key',
  place: [{ header: 'X-Api-Key' }],
};

/** A service whose refresh tokens are good for one use, one with keys that says when nothing changed, one that bills each call. */
export const SERVICES = ['cloud', 'keys', 'meter'] as const;
export type ServiceName = (typeof SERVICES)[number];

const INPUTS: readonly ProviderInput[] = [
  {
    ...common('cloud'),
    check: check('cloud'),
    methods: [
      {
        kind: 'oauth2',
        authorize: 'https://id.cloud.example/auth',
        token: 'https://id.cloud.example/token',
        pkce: 'required',
        client: { kind: 'bundled', id: 'client' },
        tokenAuth: 'none',
        scopes: [{ id: 'read', label: 'Read' }],
        life: { accessS: 3600, rotates: true },
      },
    ],
  },
  { ...common('keys'), check: { ...check('keys'), conditional: true }, methods: [key] },
  { ...common('meter'), check: { ...check('meter'), metered: true }, methods: [key] },
];

export const DEFINITIONS: readonly Provider[] = INPUTS.map((input) => v.parse(Provider, input));

/** How a service fails. `cut`: the work is done, and its answer is lost on the way. */
export const FAULTS = [
  'error-500',
  'page-503',
  'retry-seconds',
  'retry-date',
  'retry-absurd',
  'limit-429',
  'timeout',
  'unreachable',
  'portal-page',
  'portal-redirect',
  'portal-401',
  'cut',
  'nobody',
  'broken-json',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The longest that a promise to leave a service alone is kept. */
const DAY_MS = 86_400_000;

/** What a fault answers, how long it takes, and how long it asks to be left alone for. */
export function faultAnswer(
  fault: Fault,
  localNow: number,
): { readonly answer: Answer; readonly tookMs: number; readonly waitMs: number } {
  const page = '<!doctype html><title>Sorry</title>';
  const silence = (kind: 'timeout' | 'unreachable' | 'redirected' | 'cut-short'): Answer => ({
    kind: 'silence',
    silence: kind,
    tookMs: 1,
  });
  const plain = (answer: Answer, tookMs = 200, waitMs = 0) => ({ answer, tookMs, waitMs });
  switch (fault) {
    case 'error-500':
      return plain(json({ message: 'boom' }, 500));
    case 'page-503':
      return plain(json(page, 503));
    case 'retry-seconds':
      return plain(json(page, 503, { 'retry-after': '1800' }), 200, 1_800_000);
    case 'retry-date': {
      const date = new Date(localNow + 2_400_000).toUTCString();
      return plain(json({}, 429, { 'retry-after': date }), 200, 2_400_000);
    }
    case 'retry-absurd':
      return plain(json({}, 429, { 'retry-after': '999999999' }), 200, DAY_MS);
    case 'limit-429':
      return plain(json({ message: 'slow down' }, 429));
    case 'timeout':
      return plain(silence('timeout'), 20_000);
    case 'unreachable':
      return plain(silence('unreachable'));
    case 'portal-page':
      return plain(json(page, 200));
    case 'portal-redirect':
      return plain(silence('redirected'));
    case 'portal-401':
      return plain(json(page, 401));
    case 'cut':
      return plain(silence('cut-short'));
    case 'nobody':
      return plain(json({}));
    case 'broken-json':
      return plain(json('{"id":'));
  }
}

/** What a service knows of one grant. */
export interface Grant {
  readonly service: ServiceName;
  readonly person: string;
  /** When it ended, if it did, by the world's clock. */
  endedAt: number | null;
  /** Whether somebody ended it, or the service itself, because a spent token came again. */
  endedBy: 'person' | 'reuse' | null;
  /** Of `keys` and `meter`. */
  readonly key: string;
  /** The only good one; earlier ones betray a thief. */
  refreshToken: string;
  readonly spent: Set<string>;
  accessToken: string;
  accessEndsAt: number;
  /** In which job the last renewal was asked for, and whether the answer was lost after the work was done. */
  rotatedIn: { readonly job: number; readonly wasCut: boolean } | null;
}

/** A grant that was just given. */
export function newGrant(service: ServiceName, place: number, now: number): Grant {
  return {
    service,
    person: `person-${place}`,
    endedAt: null,
    endedBy: null,
    key: `key-of-${place}`,
    refreshToken: `refresh-${place}-0`,
    spent: new Set(),
    accessToken: `access-${place}-0`,
    accessEndsAt: now + 3_600_000,
    rotatedIn: null,
  };
}

/** Which grant a request is about. */
export function grantOf(grants: readonly Grant[], request: OutgoingRequest): Grant | null {
  const given = new URLSearchParams(request.body ?? '').get('refresh_token');
  const bearer = (request.headers['Authorization'] ?? '').replace('Bearer ', '');
  const key = request.headers['X-Api-Key'];
  return (
    grants.find(
      (one) =>
        (given !== null && (one.refreshToken === given || one.spent.has(given))) ||
        (one.service === 'cloud' && bearer !== '' && bearer.split('-')[1] === place(one)) ||
        (one.service !== 'cloud' && one.key === key),
    ) ?? null
  );
}

function place(grant: Grant): string {
  return grant.person.split('-')[1] ?? '';
}

/** What a service in good health answers, and what it does meanwhile. */
export function serve(
  grant: Grant,
  request: OutgoingRequest,
  now: number,
  rotation: { readonly job: number; readonly wasCut: boolean },
  onReuse: (grant: Grant) => void,
): Answer {
  if (request.url.endsWith('/token')) {
    const given = new URLSearchParams(request.body ?? '').get('refresh_token') ?? '';
    if (grant.endedAt !== null) return json({ error: 'invalid_grant' }, 400);
    if (given !== grant.refreshToken) {
      onReuse(grant);
      grant.endedAt = now;
      grant.endedBy = 'reuse';
      return json({ error: 'invalid_grant' }, 400);
    }
    grant.spent.add(grant.refreshToken);
    grant.refreshToken = `refresh-${place(grant)}-${grant.spent.size}`;
    grant.accessToken = `access-${place(grant)}-${grant.spent.size}`;
    grant.accessEndsAt = now + 3_600_000;
    grant.rotatedIn = rotation;
    return json({
      access_token: grant.accessToken,
      refresh_token: grant.refreshToken,
      token_type: 'Bearer',
      expires_in: 3600,
    });
  }
  const isKnown =
    grant.endedAt === null &&
    (grant.service !== 'cloud' ||
      (request.headers['Authorization'] === `Bearer ${grant.accessToken}` &&
        grant.accessEndsAt > now));
  if (!isKnown) return json({ message: 'unauthorised' }, 401);
  const etag = `"of-${grant.person}"`;
  return request.headers['If-None-Match'] === etag
    ? json('', 304, { etag })
    : json({ id: grant.person, label: grant.person }, 200, { etag });
}
