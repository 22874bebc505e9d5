import * as v from 'valibot';
import { secret } from '../../lib/domain/credential.ts';
import type { Answer, OutgoingRequest, Send } from '../../lib/domain/exchange.ts';
import { serverOf, type Server } from '../../lib/oauth/server.ts';
import { Provider, type Oauth2Method, type ProviderInput } from '../../lib/providers/schema.ts';
import { CLOUD } from '../engine/definitions.ts';

type MethodInput = Extract<ProviderInput['methods'][number], { kind: 'oauth2' }>;

/** A way to sign in, through the schema that every definition goes through. */
export function method(more: Partial<MethodInput> = {}): Oauth2Method {
  const [cloud] = CLOUD.methods;
  const definition = { ...CLOUD, methods: [{ ...cloud, ...more }] };
  const [parsed] = v.parse(Provider, definition).methods;
  if (parsed?.kind !== 'oauth2') throw new Error('not a sign-in');
  return parsed;
}

export const ISSUER = 'https://id.test.example';
export const REDIRECT = 'https://ours.chromiumapp.example/test-cloud';
export const CLIENT_SECRET = 'planted-client-secret';

/** Its server, with a client of ours at it. */
export function server(more: Partial<MethodInput> = {}): Server {
  const parsed = method(more);
  const isOwn = parsed.client.kind === 'own';
  return serverOf(
    parsed,
    {},
    {
      clientId: 'client',
      clientSecret: isOwn ? secret(CLIENT_SECRET) : null,
    },
  );
}

/** Answers everything alike, and remembers what it was asked. */
export function answering(answer: Answer): { send: Send; sent: OutgoingRequest[] } {
  const sent: OutgoingRequest[] = [];
  return {
    sent,
    async send(request) {
      sent.push(request);
      return answer;
    },
  };
}
