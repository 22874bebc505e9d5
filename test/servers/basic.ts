/**
 * A service with user name and password (HTTP Basic, RFC 7617).
 *
 * Its 401 carries `WWW-Authenticate: Basic`, as the RFC asks. A browser shows its own password dialog
 * for that only where a request may use the browser's credentials: a fetch with
 * `credentials: 'omit'` shows none.
 */
import { randomBytes } from 'node:crypto';
import { addressOf, sendJson, type Handler } from './loopback.ts';
import { isPerson, PEOPLE, profileOf, type Directory, type Person } from './people.ts';

export interface Passwords {
  passwordOf(person: Person): string;
  setPassword(person: Person, password: string): void;
  /** Every password that there ever was. */
  all(): readonly string[];
}

export function createPasswords(): Passwords {
  const passwords = new Map<Person, string>(PEOPLE.map((person) => [person, randomPassword()]));
  const ever = new Set(passwords.values());
  return {
    passwordOf: (person) => passwords.get(person) ?? '',
    setPassword(person, password) {
      passwords.set(person, password);
      ever.add(password);
    },
    all: () => [...ever],
  };
}

export function randomPassword(): string {
  return `practice-${randomBytes(9).toString('base64url')}`;
}

const PAGE_SIZE = 2;

/** `GET /session` says who; `GET /folders` pages by the `Link` header (RFC 8288). */
export function createBasicService(
  origin: string,
  passwords: Passwords,
  directory: Directory,
): Handler {
  return (request, response) => {
    const person = personIn(request.headers.authorization, passwords);
    if (person === null) {
      return sendJson(
        response,
        401,
        { message: 'Wrong user name or password.' },
        { 'www-authenticate': 'Basic realm="practice", charset="UTF-8"' },
      );
    }
    const { pathname, searchParams } = addressOf(request);
    if (pathname === '/session') {
      const { id, name, email, workspace } = profileOf(person);
      return sendJson(response, 200, {
        user: { id, name, email },
        organisation: { name: workspace },
      });
    }
    if (pathname !== '/folders') return sendJson(response, 404, { message: 'No such path.' });
    const page = Math.max(1, Number(searchParams.get('page')) || 1);
    const all = directory.accountsOf(person);
    const next = `<${origin}/folders?page=${page + 1}>; rel="next"`;
    return sendJson(
      response,
      200,
      all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
      page * PAGE_SIZE < all.length ? { link: next } : {},
    );
  };
}

function personIn(authorization: string | undefined, passwords: Passwords): Person | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const user = pair.slice(0, pair.indexOf(':'));
  const password = pair.slice(pair.indexOf(':') + 1);
  return isPerson(user) && passwords.passwordOf(user) === password ? user : null;
}
