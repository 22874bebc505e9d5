/**
 * What was asked of each service. Holds no secret: no address parameters, no bodies, and of headers
 * only what tests look at.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from './loopback.ts';

export type ServiceName = 'authorisation' | 'api' | 'keys' | 'basic' | 'desk';

export interface LoggedRequest {
  readonly service: ServiceName;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: {
    readonly origin: string | null;
    /** Whether any cookie came along. */
    readonly cookie: boolean;
    /** The scheme alone: `Bearer`, `Basic`. */
    readonly authorization: string | null;
    readonly apiKey: boolean;
    readonly userAgent: string | null;
  };
  /** `grant_type` of a token request that reached the server's own work. */
  readonly grantType: string | null;
  /** `null` until an answer has begun; stays so where none ever came. */
  readonly status: number | null;
}

export interface RequestLog {
  /** Requests in order of arrival, of one service or of all. */
  of(service: ServiceName): readonly LoggedRequest[];
  all(): readonly LoggedRequest[];
  /** Requests of one service to one path (exactly), optionally of one method. */
  to(service: ServiceName, path: string, method?: string): readonly LoggedRequest[];
  /** The next request that arrives from now on and whose path begins so. */
  next(service: ServiceName, pathPrefix?: string): Promise<LoggedRequest>;
  clear(): void;
}

export interface RequestRecorder extends RequestLog {
  record(service: ServiceName, request: IncomingMessage, response: ServerResponse): void;
  noteGrantType(request: IncomingMessage, grantType: string): void;
}

interface Entry extends LoggedRequest {
  grantType: string | null;
}

interface Waiter {
  readonly service: ServiceName;
  readonly pathPrefix: string;
  readonly resolve: (entry: LoggedRequest) => void;
}

export function createRequestLog(): RequestRecorder {
  let entries: Entry[] = [];
  let waiters: Waiter[] = [];
  const byRequest = new WeakMap<IncomingMessage, Entry>();

  return {
    of: (service) => entries.filter((entry) => entry.service === service),
    all: () => [...entries],
    to: (service, path, method) =>
      entries.filter(
        (entry) =>
          entry.service === service &&
          entry.path === path &&
          (method === undefined || entry.method === method),
      ),
    next: (service, pathPrefix = '/') =>
      new Promise((resolve) => waiters.push({ service, pathPrefix, resolve })),
    clear() {
      entries = [];
    },
    record(service, request, response) {
      const entry = entryFor(service, request, response);
      byRequest.set(request, entry);
      entries.push(entry);
      const isMet = (one: Waiter) =>
        one.service === service && entry.path.startsWith(one.pathPrefix);
      const met = waiters.filter(isMet);
      waiters = waiters.filter((one) => !isMet(one));
      for (const one of met) one.resolve(entry);
    },
    noteGrantType(request, grantType) {
      const entry = byRequest.get(request);
      if (entry) entry.grantType = grantType;
    },
  };
}

function entryFor(service: ServiceName, request: IncomingMessage, response: ServerResponse): Entry {
  const { headers } = request;
  // Read from the response itself, because a client may see an answer before our events of it fire.
  let open: ServerResponse | null = response;
  let status: number | null = null;
  const read = () => (open?.headersSent ? open.statusCode : status);
  response.once('close', () => {
    status = read();
    open = null;
  });
  return {
    service,
    at: Date.now(),
    method: request.method ?? 'GET',
    path: pathOf(request),
    headers: {
      origin: headers.origin ?? null,
      cookie: headers.cookie !== undefined,
      authorization: headers.authorization?.split(' ')[0] ?? null,
      apiKey: headers['x-api-key'] !== undefined,
      userAgent: headers['user-agent'] ?? null,
    },
    grantType: null,
    get status() {
      return read();
    },
  };
}
