/**
 * One question to a provider and what came back, as values. The one way out of the extension is a
 * {@link Send}, handed in by the background.
 */

/** What is sent. `url` is absolute and judged; `headers` may hold a credential. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Host permission is not asked about and cookies never go along; for addresses without a secret. */
  readonly isBare?: boolean;
}

/** `GET api.example.com/me`: what may be shown of a request. A query may hold what a person typed. */
export function describe({ method, url }: OutgoingRequest): string {
  const { host, pathname } = new URL(url);
  return `${method} ${host}${pathname}`;
}

/** Why no answer can be read. */
export type Silence =
  | 'offline'
  | 'timeout'
  | 'unreachable'
  | 'redirected'
  | 'too-large'
  | 'cut-short'
  | 'permission-missing';

export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      readonly text: string;
      /** Milliseconds until the body was read. */
      readonly tookMs: number;
    }
  | { readonly kind: 'silence'; readonly silence: Silence; readonly tookMs: number };

/** Sends one request; never throws for anything that a network or a server can do. */
export type Send = (request: OutgoingRequest) => Promise<Answer>;

/** The longest an answer is waited for, headers and body together: at 30 s a worker's fetch dies without a word. */
export const DEADLINE_MS = 20_000;

/** The most that is read of an answer, bytes. */
export const BODY_BYTES_MAX = 256 * 1024;

/** The JSON of an answer, or `undefined` when it holds none. */
export function jsonOf(text: string): unknown {
  const trimmed = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (!/^\s*[[{"\dtfn-]/.test(trimmed)) return undefined;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return undefined;
  }
}
