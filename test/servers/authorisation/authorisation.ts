/**
 * The practice authorisation server: a certified OpenID provider with two people in it.
 */
import { Provider } from 'oidc-provider';
import type { Handler } from '../loopback.ts';
import { personWithId, profileOf, type Person } from '../people.ts';
import type { RequestRecorder } from '../request-log.ts';
import { configuration, type Rules } from './configuration.ts';
import { createRedirectTamperer, type RedirectTamper } from './redirect-tamper.ts';
import { answerSignIn, isSignIn } from './sign-in.ts';
import { createTokenStore } from './token-store.ts';

export interface Authorisation {
  readonly handler: Handler;
  /** The person whose access token this is; `null` where it is unknown, expired or revoked. */
  ownerOf(accessToken: string): Promise<Person | null>;
  revokeGrants(person: Person): void;
  expireAccessTokens(person: Person): void;
  liveGrants(person: Person): number;
  /** For tokens issued from now on. */
  setAccessTokenLifetime(seconds: number): void;
  rejectExtensionOrigin(reject: boolean): void;
  setRedirectTamper(tamper: RedirectTamper | null): void;
  /** Signs everybody out of the server; grants live on. */
  signOut(): void;
  /** Every code and token that was ever issued, and every PKCE verifier that was presented. */
  secrets(): readonly string[];
  reset(): void;
}

export interface AuthorisationOptions {
  /** The origin where it listens; also its issuer. */
  readonly origin: string;
  readonly redirectUrls: readonly string[];
  readonly log: RequestRecorder;
}

const FIRST_RULES: Readonly<Rules> = { accessTokenS: 60, rejectsExtensionOrigin: false };

export async function createAuthorisation({
  origin,
  redirectUrls,
  log,
}: AuthorisationOptions): Promise<Authorisation> {
  const store = createTokenStore();
  const tamperer = createRedirectTamperer();
  const rules: Rules = { ...FIRST_RULES };
  const provider = new Provider(origin, await configuration(store, rules, redirectUrls));
  const verifiers = new Set<string>();
  noteGrants(provider, log, verifiers);
  provider.use(async (ctx, next) => {
    await next();
    const location = String(ctx.res.getHeader('location') ?? '');
    if (redirectUrls.some((url) => location.startsWith(url)))
      ctx.redirect(tamperer.rewrite(location));
  });
  const answerProtocol = provider.callback();

  return {
    handler: (request, response) =>
      isSignIn(request)
        ? answerSignIn(provider, request, response)
        : answerProtocol(request, response),
    async ownerOf(accessToken) {
      const token = await provider.AccessToken.find(accessToken);
      return token === undefined ? null : personWithId(token.accountId);
    },
    revokeGrants: (person) => store.revokeGrants(profileOf(person).id),
    expireAccessTokens: (person) => store.dropAccessTokens(profileOf(person).id),
    liveGrants: (person) => store.countLiveGrants(profileOf(person).id),
    setAccessTokenLifetime(seconds) {
      rules.accessTokenS = seconds;
    },
    rejectExtensionOrigin(reject) {
      rules.rejectsExtensionOrigin = reject;
    },
    setRedirectTamper: tamperer.set,
    signOut: store.dropSessions,
    secrets: () => [...store.issued(), ...verifiers],
    reset() {
      Object.assign(rules, FIRST_RULES);
      tamperer.set(null);
    },
  };
}

function noteGrants(provider: Provider, log: RequestRecorder, verifiers: Set<string>): void {
  const note = (ctx: {
    req: Parameters<RequestRecorder['noteGrantType']>[0];
    oidc: { params?: unknown };
  }) => {
    const params = ctx.oidc.params as { grant_type?: unknown; code_verifier?: unknown } | undefined;
    if (typeof params?.grant_type === 'string') log.noteGrantType(ctx.req, params.grant_type);
    if (typeof params?.code_verifier === 'string') verifiers.add(params.code_verifier);
  };
  provider.on('grant.success', note);
  provider.on('grant.error', note);
}
