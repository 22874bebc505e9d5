/** Connections as a person with many of them has them; the same ones in every run. */
import { moveTotals, type Connection, type Totals } from '../../../lib/domain/connection.ts';
import type { Health } from '../../../lib/domain/health.ts';
import { catalogue } from '../../../lib/providers/catalogue.ts';
import { toStored } from '../../../lib/store/commit.ts';
import type { StoredConnection } from '../../../lib/store/database.ts';
import { NO_TOTALS } from '../../../lib/store/read.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ENVIRONMENTS = ['production', 'production', 'staging', 'development'];
const TEAMS = ['Billing', 'Warehouse', 'Marketing', 'Support', 'Research', 'Payroll'];

export interface Records {
  readonly connections: readonly StoredConnection[];
  readonly totals: Totals;
}

/** @param now epoch ms; everything lies before it, and nothing is due soon */
export function makeRecords(count: number, now: number): Records {
  const connections = Array.from({ length: count }, (_, at) => connectionAt(at, now));
  const changes = connections.map((after) => ({ before: null, after }));
  return { connections: connections.map(toStored), totals: moveTotals(NO_TOTALS, changes) };
}

function connectionAt(at: number, now: number): Connection {
  const provider = pick(catalogue, at);
  const method = pick(provider.methods, at);
  const login = `person.${at}@team-${at % 37}.example`;
  const createdAt = now - (30 + (at % 400)) * DAY;
  return {
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `${pick(TEAMS, at)} ${provider.name} ${at}`,
    providerId: provider.id,
    provider: { name: provider.name, text: provider.mark.text, color: provider.mark.color },
    methodId: method.id,
    methodKind: method.kind,
    params: {},
    environmentId: pick(ENVIRONMENTS, at),
    tags: at % 3 === 0 ? ['quarterly', `team-${at % 37}`] : [],
    identity: { id: `u-${at}`, label: login, workspace: `Team ${at % 37}` },
    accounts: {
      kind: 'ready',
      items: [0, 1, 2].map((n) => ({ id: `a-${at}-${n}`, label: `Account ${n} of ${login}` })),
      isCut: false,
      readAt: now - 20 * MINUTE,
    },
    grant:
      method.kind === 'oauth2'
        ? {
            scopesAsked: ['read', 'profile'],
            scopesGiven: ['read', 'profile'],
            grantedAt: createdAt,
            accessEndsAt: now + 50 * MINUTE,
            isRenewable: true,
          }
        : null,
    health: healthAt(at, now),
    sync: { kind: 'on' },
    createdAt,
    updatedAt: createdAt,
    authorizedAt: createdAt,
    nextCheckAt: now + DAY,
    checkedAt: now - 5 * MINUTE,
    troubles: 0,
    refreshStartedAt: null,
    revision: 1,
  };
}

/** Two in a hundred are broken, one is expiring, two cannot be verified. */
function healthAt(at: number, now: number): Health {
  const verifiedAt = now - 5 * MINUTE;
  switch (at % 100) {
    case 3:
    case 53:
      return { kind: 'reconnect', reason: 'revoked', since: now - DAY, verifiedAt };
    case 17:
      return { kind: 'expiring', expiresAt: now + 6 * DAY, verifiedAt };
    case 29:
    case 71:
      return { kind: 'unverified', doubt: 'unreachable', since: verifiedAt, verifiedAt };
    default:
      return { kind: 'active', verifiedAt };
  }
}

function pick<T>(things: readonly T[], at: number): T {
  const thing = things[at % things.length];
  if (thing === undefined) throw new RangeError('nothing to pick from');
  return thing;
}
