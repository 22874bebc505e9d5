import { placeholders } from '../domain/url-template.ts';
import type { Definition } from './definition.ts';

/** An address template of a definition, and what goes there. */
export interface FoundTemplate {
  /** Dotted path of its field. */
  readonly path: string;
  readonly template: string;
  /** Whether a secret of the person goes along, so that a host permission must be held. */
  readonly credentialed: boolean;
  /** The method that it belongs to; `null` for all of them. */
  readonly methodId: string | null;
}

/** Every address that a definition holds, pages for the person's own reading included. */
export function templates(definition: Definition): FoundTemplate[] {
  const { check, accounts, links } = definition;
  const found: FoundTemplate[] = [];
  const add = (
    path: string,
    template: string | undefined,
    credentialed: boolean,
    methodId: string | null = null,
  ): void => {
    if (template !== undefined) found.push({ path, template, credentialed, methodId });
  };
  add('check.url', check.url, true);
  add('accounts.url', accounts?.url, true);
  definition.methods.forEach((method, at) => {
    if (method.kind !== 'oauth2') return;
    add(`methods.${at}.authorize`, method.authorize, false, method.id);
    add(`methods.${at}.token`, method.token, true, method.id);
    add(`methods.${at}.issuer`, method.issuer, false, method.id);
    add(`methods.${at}.revoke.url`, method.revoke?.url, true, method.id);
  });
  add('links.docs', links.docs, false);
  add('links.key', links.key, false);
  add('links.app', links.app, false);
  return found;
}

/** Whether a parameter of the person decides which host an address is at. */
export function hasOpenHost(template: string): boolean {
  const [authority = ''] = template.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/);
  return placeholders(authority).length > 0;
}
