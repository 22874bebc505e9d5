/**
 * Lets a service do its whole work and keeps the answer back: to hold it, to spoil it, or to send it.
 */
import type { ServerResponse } from 'node:http';

export interface CapturedAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Sends the answer as the service meant it. */
  send(): void;
}

/**
 * Runs the work against a response that keeps everything back.
 * @returns the answer, once the service has finished it. The response is as new again: its status
 * and headers are set, nothing is sent.
 */
export async function captureAnswer(
  response: ServerResponse,
  work: () => void | Promise<void>,
): Promise<CapturedAnswer> {
  const chunks: Buffer[] = [];
  const { write, end, writeHead } = response;
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const finished = new Promise<void>((resolve) => {
    response.writeHead = ((status: number, headers?: Record<string, string>) => {
      response.statusCode = status;
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
      return response;
    }) as typeof response.writeHead;
    response.write = ((chunk: unknown) => {
      keep(chunk);
      return true;
    }) as typeof response.write;
    response.end = ((chunk: unknown) => {
      keep(chunk);
      resolve();
      return response;
    }) as typeof response.end;
  });
  try {
    await Promise.all([work(), finished]);
  } finally {
    Object.assign(response, { write, end, writeHead });
  }
  const body = Buffer.concat(chunks);
  return { status: response.statusCode, body, send: () => void response.end(body) };
}
