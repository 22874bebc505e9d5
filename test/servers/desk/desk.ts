/**
 * The practice desk: a web page that breaks and mends the practice services by hand.
 *
 * It shows the practice secrets, so it answers its own page alone: not other sites (their requests
 * carry another origin), nor names that somebody points at this machine (DNS rebinding).
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PracticeControl } from '../control.ts';
import type { ProviderDefinitionJson } from '../definitions.ts';
import { pathOf, readForm, send, sendHtml, sendJson, type Handler } from '../loopback.ts';
import { act } from './desk-actions.ts';
import { deskPage } from './desk-page.ts';
import { deskState, deskView } from './desk-state.ts';

export interface DeskOptions {
  readonly origins: { readonly desk: string };
  readonly definitions: readonly ProviderDefinitionJson[];
  readonly control: PracticeControl;
}

const POLICY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const FILES: Readonly<Record<string, string>> = {
  '/desk.css': 'text/css; charset=utf-8',
  '/desk.js': 'text/javascript; charset=utf-8',
  '/mark.svg': 'image/svg+xml',
};

export function createDesk({ origins, definitions, control }: DeskOptions): Handler {
  const files = new Map(definitions.map((one) => [`${one.id}.json`, one]));
  const view = () => deskView(deskState(control));

  return async (request, response) => {
    if (request.headers.host !== new URL(origins.desk).host)
      return sendJson(response, 421, { error: 'This name is not the desk.' });
    const path = pathOf(request);
    if (request.method === 'POST') return press(request, response, path, origins.desk);
    const type = FILES[path];
    if (path === '/') sendHtml(response, 200, deskPage(view(), [...files.keys()]), POLICY);
    else if (type !== undefined) send(response, 200, type, ownFile(path), POLICY);
    else if (path === '/control/state') sendJson(response, 200, deskState(control));
    else if (path === '/control/view') sendJson(response, 200, view());
    else sendDefinition(response, files.get(path.replace(/^\/definitions\//, '')));
  };

  async function press(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    origin: string,
  ): Promise<void> {
    if (!isOwnPage(request, origin))
      return sendJson(response, 403, { error: 'Only the desk itself may do this.' });
    const message = act(path.replace(/^\/control\//, ''), await readForm(request), control);
    if (message === null) return sendJson(response, 400, { error: 'No such action.' });
    return sendJson(response, 200, { message, view: view() });
  }
}

/** Browsers say where a request comes from, and pages cannot forge it (Fetch metadata, RFC 6454 §7). */
function isOwnPage(request: IncomingMessage, origin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return site === 'same-origin' || request.headers.origin === origin;
}

function sendDefinition(response: ServerResponse, definition?: ProviderDefinitionJson): void {
  if (definition) sendJson(response, 200, definition);
  else sendJson(response, 404, { error: 'Not here.' });
}

function ownFile(path: string): string {
  return readFileSync(new URL(`.${path}`, import.meta.url), 'utf8');
}
