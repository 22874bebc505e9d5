/**
 * A service with API keys in `X-Api-Key`.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { addressOf, sendJson, type Handler } from './loopback.ts';
import { PEOPLE, profileOf, type Directory, type Person } from './people.ts';

export interface IssuedKey {
  readonly key: string;
  readonly person: Person;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

export interface KeyRing {
  create(person: Person): string;
  /** Every key that the person ever had, oldest first. */
  list(person: Person): readonly IssuedKey[];
  /** Makes a new key; those before it die. */
  rotate(person: Person): string;
  /** Kills every key of the person. */
  revoke(person: Person): void;
  /** The newest key of the person, alive or not. */
  keyOf(person: Person): string;
  isLive(person: Person): boolean;
  /** Gives a person without a live key a new one. */
  reset(): void;
  ownerOf(key: string): Person | null;
}

export function createKeyRing(): KeyRing {
  const issued: { -readonly [K in keyof IssuedKey]: IssuedKey[K] }[] = [];
  const list = (person: Person) => issued.filter((one) => one.person === person);
  const ring: KeyRing = {
    create(person) {
      const key = `pk_practice_${randomBytes(16).toString('hex')}`;
      issued.push({ key, person, createdAt: Date.now(), revokedAt: null });
      return key;
    },
    list: (person) => list(person).map((one) => ({ ...one })),
    rotate(person) {
      ring.revoke(person);
      return ring.create(person);
    },
    revoke(person) {
      for (const one of list(person)) one.revokedAt ??= Date.now();
    },
    keyOf: (person) => list(person).at(-1)?.key ?? ring.create(person),
    isLive: (person) => list(person).at(-1)?.revokedAt === null,
    reset() {
      for (const person of PEOPLE) if (!ring.isLive(person)) ring.create(person);
    },
    ownerOf: (key) =>
      issued.find((one) => one.key === key && one.revokedAt === null)?.person ?? null,
  };
  ring.reset();
  return ring;
}

const PAGE_SIZE = 2;

export function createKeyService(ring: KeyRing, directory: Directory): Handler {
  return (request, response) => {
    const key = request.headers['x-api-key'];
    const person = typeof key === 'string' ? ring.ownerOf(key) : null;
    if (person === null) return refuse(response, key !== undefined);
    const { pathname, searchParams } = addressOf(request);
    switch (pathname) {
      case '/v1/whoami': {
        const { id, name, email, plan } = profileOf(person);
        return sendJson(response, 200, { id, label: name, email, plan });
      }
      case '/v1/projects':
        return sendProjects(response, directory, person, searchParams.get('cursor'));
      default:
        return sendJson(response, 404, { error: { code: 'not_found', message: 'No such path.' } });
    }
  };
}

/** Pages by cursor: the id of the last project that was sent. */
function sendProjects(
  response: ServerResponse,
  directory: Directory,
  person: Person,
  cursor: string | null,
): void {
  const all = directory.accountsOf(person);
  const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
  const projects = all.slice(start, start + PAGE_SIZE);
  const more = start + PAGE_SIZE < all.length;
  sendJson(response, 200, { projects, next_cursor: more ? (projects.at(-1)?.id ?? null) : null });
}

function refuse(response: ServerResponse, offered: boolean): void {
  const message = offered ? 'This API key is unknown or was revoked.' : 'Send a key as X-Api-Key.';
  sendJson(response, 401, { error: { code: offered ? 'invalid_key' : 'missing_key', message } });
}
