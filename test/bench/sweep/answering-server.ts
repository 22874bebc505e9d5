import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that says yes to everybody, and counts. */
export interface AnsweringServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** How long each answer waits, milliseconds. */
  latencyMs: number;
  /** Requests since the last call, and how many of them were open at once. */
  takeCounts(): { readonly requests: number; readonly peak: number };
  stop(): Promise<void>;
}

/** Longer than a whole run: a connection that is closed under the browser would cost one more request. */
const KEEP_ALIVE_MS = 30 * 60_000;

/** Starts the service on this machine's own address, at any free port. */
export async function startAnsweringServer(): Promise<AnsweringServer> {
  let requests = 0;
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    requests += 1;
    open += 1;
    peak = Math.max(peak, open);
    const answer = (): void => {
      open -= 1;
      const id = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const body = JSON.stringify({ id, label: `${id}@people.example` });
      response.setHeader('content-type', 'application/json');
      response.setHeader('content-length', Buffer.byteLength(body));
      response.end(body);
    };
    if (service.latencyMs === 0) answer();
    else setTimeout(answer, service.latencyMs);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: AnsweringServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    latencyMs: 0,
    takeCounts() {
      const counts = { requests, peak };
      requests = 0;
      peak = open;
      return counts;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return service;
}
