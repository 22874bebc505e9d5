/**
 * The ways in which a service can go wrong, and how each looks on the wire.
 */
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { CapturedAnswer } from './captured-answer.ts';
import { send, sendHtml } from './loopback.ts';

export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      /** `Retry-After`, in seconds or as a date text (RFC 9110 §10.2.3). */
      readonly retryAfter?: number | string;
    }
  /** A sign-in page where data was expected, as captive portals and expired sessions send it. */
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 307 | 308 }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** Breaks the connection. `afterWork`: the service did what was asked, only the answer is lost. */
  | { readonly kind: 'reset'; readonly afterWork?: boolean }
  /** Half of a JSON answer, then a broken connection. */
  | { readonly kind: 'truncated'; readonly afterWork?: boolean }
  /** One byte every so often. */
  | { readonly kind: 'drip'; readonly everyMs: number; readonly afterWork?: boolean }
  /** A well-formed JSON answer of so many bytes. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** Any answer at all; an object goes out as JSON, a text as it is. */
  | {
      readonly kind: 'body';
      readonly body: string | object;
      readonly status?: number;
      readonly contentType?: string;
    }
  /** The ordinary answer, late. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Whether the service does its work and only the answer suffers. */
export function worksFirst(fault: Fault): boolean {
  return fault.kind === 'delay' || ('afterWork' in fault && fault.afterWork === true);
}

/** Answers with a fault instead of with the service's own work. */
export function answerFault(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      return sendStatus(fault, response);
    case 'html':
      return sendHtml(response, fault.status ?? 200, PORTAL_PAGE);
    case 'redirect':
      return send(response, fault.status ?? 302, 'text/plain', '', { location: fault.to });
    case 'hang':
    case 'delay':
      return;
    case 'reset':
      return void response.destroy();
    case 'truncated':
      return cutShort(response, 200, JSON_HEADERS, Buffer.from(FILLER));
    case 'drip':
      return drip(response, 200, JSON_HEADERS, Buffer.from(FILLER), fault.everyMs);
    case 'huge':
      return sendHuge(response, fault.bytes);
    case 'body':
      return send(
        response,
        fault.status ?? 200,
        fault.contentType ??
          (typeof fault.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'),
        typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body),
      );
  }
}

/** Sends what the service answered, spoilt by a fault for which `worksFirst` holds. */
export async function spoilAnswer(
  fault: Fault,
  answer: CapturedAnswer,
  response: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return answer.send();
    case 'truncated':
      return cutShort(response, answer.status, {}, answer.body);
    case 'drip':
      return drip(response, answer.status, {}, answer.body, fault.everyMs);
    default:
      return void response.destroy();
  }
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const FILLER = JSON.stringify({ status: 'ok', note: 'a practice answer that says nothing' });
const PORTAL_PAGE = `<!doctype html><html lang="en"><title>Sign in to the network</title>
<h1>Welcome to the harbour network</h1><form><label>Room <input name="room"></label></form></html>`;

function sendStatus(fault: Extract<Fault, { kind: 'status' }>, response: ServerResponse): void {
  const wait = fault.retryAfter;
  send(
    response,
    fault.status,
    fault.contentType ?? 'text/plain; charset=utf-8',
    fault.body ?? STATUS_CODES[fault.status] ?? '',
    wait === undefined ? {} : { 'retry-after': String(wait) },
  );
}

function cutShort(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function drip(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  everyMs: number,
): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= body.length) response.end();
  }, everyMs);
  response.once('close', () => clearInterval(timer));
  response.once('finish', () => clearInterval(timer));
}

const CHUNK = Buffer.alloc(64 * 1024, 'a');

function sendHuge(response: ServerResponse, bytes: number): void {
  const head = '{"id":"practice-alice","filler":"';
  const tail = '"}';
  let left = Math.max(bytes - head.length - tail.length, 0);
  response.writeHead(200, {
    ...JSON_HEADERS,
    'content-length': String(head.length + left + tail.length),
  });
  response.write(head);
  const pour = () => {
    while (left > 0) {
      const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length));
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', pour);
        return;
      }
    }
    response.end(tail);
  };
  pour();
}
