/**
 * A practice service over TLS, with a certificate that can be changed while it runs: as at a provider
 * whose certificate has run out.
 */
import { request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SelfSigned } from './self-signed.ts';

export interface TlsFront {
  /** `https://127.0.0.1:PORT`, without a trailing slash. */
  readonly origin: string;
  /** How each connection began, byte for byte, whether or not anything could be read from it. */
  readonly beginnings: readonly Buffer[];
  /** Shows this certificate to whoever connects from now on; nobody stays connected. */
  present(certificate: SelfSigned): void;
  stop(): Promise<void>;
}

/** The first byte of a connection that begins with a TLS handshake (RFC 8446 §5.1). */
export const TLS_HANDSHAKE = 0x16;

/** @param service the origin of the practice service behind it, which answers in its place */
export async function openTlsFront(service: string, first: SelfSigned): Promise<TlsFront> {
  const beginnings: Buffer[] = [];
  const connected = new Set<Socket>();
  const behind = createTlsServer({ key: first.key, cert: first.cert }, (request, response) => {
    const { method, headers, url = '/' } = request;
    const host = new URL(service).host;
    const onward = forward(
      new URL(url, service),
      { method: method ?? 'GET', headers: { ...headers, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const server = createServer((socket) => {
    const { port } = behind.address() as AddressInfo;
    const onward = connect(port, '127.0.0.1');
    socket.once('data', (bytes) => beginnings.push(bytes));
    for (const end of [socket, onward]) {
      connected.add(end);
      end.on('close', () => connected.delete(end));
      // Who does not trust the certificate hangs up.
      end.on('error', () => undefined);
    }
    socket.pipe(onward).pipe(socket);
  });
  await Promise.all([behind, server].map(listening));
  const hangUp = (): void => {
    for (const socket of connected) socket.destroy();
  };
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    beginnings,
    present({ key, cert }) {
      behind.setSecureContext({ key, cert });
      hangUp();
    },
    stop: () =>
      new Promise((resolve) => {
        behind.close();
        server.close(() => resolve());
        hangUp();
      }),
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}
