import {
  BODY_BYTES_MAX,
  DEADLINE_MS,
  type Answer,
  type OutgoingRequest,
  type Send,
  type Silence,
} from '../domain/exchange.ts';
import { isLoopbackHost, originPattern } from '../domain/url-template.ts';

/**
 * The one way out. Every request goes without cookies (they would make a dead token look alive) and
 * follows no redirect (a 307 would hand the credential on), has a deadline for headers and body
 * together, and stops reading at a cap.
 *
 * The host permission is looked at right before: a form POST without it reaches the server and
 * spends what it carries, and only the answer is withheld.
 */
export function openSend(hasOrigins: (origins: readonly string[]) => Promise<boolean>): Send {
  return async (request) => {
    const startedAt = performance.now();
    const silent = (silence: Silence): Answer => ({
      kind: 'silence',
      silence,
      tookMs: performance.now() - startedAt,
    });
    if (isOffline(request.url)) return silent('offline');
    if (request.isBare !== true && !(await hasOrigins([originPattern(request.url)])))
      return silent('permission-missing');
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    try {
      const response = await fetch(request.url, init(request, deadline));
      if (response.type === 'opaqueredirect') return silent('redirected');
      const text = await readCapped(response);
      if (text === null) return silent('too-large');
      return {
        kind: 'answer',
        status: response.status,
        headers: new Map(response.headers),
        text,
        tookMs: performance.now() - startedAt,
      };
    } catch (thrown) {
      if (deadline.aborted) return silent('timeout');
      if (thrown instanceof CutShort) return silent('cut-short');
      return silent(isOffline(request.url) ? 'offline' : 'unreachable');
    }
  };
}

function init(request: OutgoingRequest, signal: AbortSignal): RequestInit {
  return {
    method: request.method,
    headers: { ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal,
    credentials: 'omit',
    redirect: 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  };
}

/** The connection ended inside the body: an answer had begun, so the server did its work. */
class CutShort extends Error {}

async function readCapped(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new CutShort('body', { cause });
    });
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > BODY_BYTES_MAX) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What the browser knows of the network; this very machine answers without one. */
function isOffline(url: string): boolean {
  return !navigator.onLine && !isLoopbackHost(new URL(url).hostname);
}
