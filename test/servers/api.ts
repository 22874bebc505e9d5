/**
 * The resource API behind the authorisation server: who am I, and what can I reach.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorisation } from './authorisation/authorisation.ts';
import { ACCOUNTS_SCOPE } from './authorisation/client.ts';
import { addressOf, sendJson, type Handler } from './loopback.ts';
import { profileOf, type Directory, type Person } from './people.ts';

const PAGE_SIZE = 2;

export function createApi(
  origin: string,
  authorisation: Pick<Authorisation, 'ownerOf'>,
  directory: Directory,
): Handler {
  return async (request, response) => {
    const person = await ownerOf(request, authorisation);
    if (person === null) return refuse(request, response);
    if (!directory.hasRole(person)) return refuseScope(response);
    const { pathname, searchParams } = addressOf(request);
    switch (pathname) {
      case '/me': {
        const { id, login, email, name, workspace } = profileOf(person);
        return sendJson(response, 200, { id, login, email, name, workspace });
      }
      case '/accounts': {
        const page = Math.max(1, Number(searchParams.get('page')) || 1);
        const all = directory.accountsOf(person);
        const next = page * PAGE_SIZE < all.length ? `${origin}/accounts?page=${page + 1}` : null;
        const items = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
        return sendJson(response, 200, { items, next });
      }
      default:
        return sendJson(response, 404, { error: 'not_found' });
    }
  };
}

async function ownerOf(
  request: IncomingMessage,
  authorisation: Pick<Authorisation, 'ownerOf'>,
): Promise<Person | null> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? null : authorisation.ownerOf(token);
}

/** RFC 6750 §3: without a token no error code, with a dead one `invalid_token`. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  const offered = request.headers.authorization !== undefined;
  sendJson(
    response,
    401,
    { error: offered ? 'invalid_token' : 'unauthorized' },
    {
      'www-authenticate': offered
        ? 'Bearer realm="practice", error="invalid_token", error_description="The access token expired or was revoked"'
        : 'Bearer realm="practice"',
    },
  );
}

/** RFC 6750 §3.1: the request requires higher privileges than the token has. */
function refuseScope(response: ServerResponse): void {
  sendJson(
    response,
    403,
    { error: 'insufficient_scope', error_description: 'The role was taken away' },
    {
      'www-authenticate': `Bearer realm="practice", error="insufficient_scope", scope="${ACCOUNTS_SCOPE}"`,
    },
  );
}
