/**
 * How the authorisation server is set up: strict where services are strict today, and generous in
 * features, for journeys to come (device flow, registration, introspection).
 */
import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { interactionPolicy, type Configuration, type JWK } from 'oidc-provider';
import { personFromHint, personWithId, profileOf } from '../people.ts';
import { clientMetadata, SCOPES } from './client.ts';
import { formPage, messagePage } from './pages.ts';
import type { TokenStore } from './token-store.ts';

const DAY_S = 24 * 60 * 60;

/** What may change while the server runs. */
export interface Rules {
  accessTokenS: number;
  rejectsExtensionOrigin: boolean;
}

export async function configuration(
  store: TokenStore,
  rules: Rules,
  redirectUrls: readonly string[],
): Promise<Configuration> {
  return {
    adapter: store.adapter,
    clients: [clientMetadata(redirectUrls)],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: [...SCOPES],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, sub) => accountOf(sub),
    interactions: {
      policy: promptPolicy(),
      url: (_, interaction) => `/interaction/${interaction.uid}`,
    },
    clientBasedCORS: (_, origin) => !(rules.rejectsExtensionOrigin && isExtension(origin)),
    rotateRefreshToken: true,
    // Who permitted offline access once has permitted it: a later sign-in without a prompt gets a
    // refresh token as well, although the protocol leaves the scope out of such a request.
    issueRefreshToken: (ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.scopes.has('offline_access') ||
        ctx.oidc.entities.Grant?.getOIDCScope().split(' ').includes('offline_access') === true),
    expiresWithSession: () => false,
    ttl: {
      AccessToken: () => rules.accessTokenS,
      AuthorizationCode: 60,
      BackchannelAuthenticationRequest: 600,
      ClientCredentials: 600,
      DeviceCode: 600,
      Grant: 14 * DAY_S,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * DAY_S,
      Session: 14 * DAY_S,
    },
    features: features(),
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = messagePage('Sign-in did not work', `${error}: ${description ?? ''}`);
    },
  };
}

function features(): NonNullable<Configuration['features']> {
  const proceed = (form: string, label: string) =>
    `<button class="primary" type="submit" form="${form}" autofocus>${label}</button>`;
  return {
    devInteractions: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (_, client, token) => token.clientId === client.clientId,
    },
    introspection: {
      enabled: true,
      allowedPolicy: (_, client, token) => token.clientId === client.clientId,
    },
    registration: { enabled: true },
    deviceFlow: {
      enabled: true,
      userCodeInputSource: (ctx, form, _, error) => {
        const text = error ? 'That code is not right. Try again.' : 'Type the code of the device.';
        ctx.body = formPage(
          'Connect a device',
          text,
          form,
          proceed('op.deviceInputForm', 'Continue'),
        );
      },
      userCodeConfirmSource: (ctx, form, _client, _device, code) => {
        const text = `Does the device show ${code}?`;
        ctx.body = formPage(
          'Is it your device?',
          text,
          form,
          proceed('op.deviceConfirmForm', 'Continue'),
        );
      },
      successSource: (ctx) => {
        ctx.body = messagePage('Device connected', 'You can close this page.');
      },
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        const yes = `<button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
        ctx.body = formPage('Sign out?', 'Grants stay as they are.', form, yes);
      },
      postLogoutSuccessSource: (ctx) => {
        ctx.body = messagePage('Signed out', 'You can close this page.');
      },
    },
  };
}

/** Adds the account choice, and asks again where the hint means somebody else than the session. */
function promptPolicy(): interactionPolicy.DefaultPolicy {
  const { base, Check, Prompt } = interactionPolicy;
  const policy = base();
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  policy.get('login')?.checks.add(
    new Check('hint_mismatch', 'another account was asked for', 'login_required', ({ oidc }) => {
      const hinted = personFromHint(String(oidc.params?.['login_hint'] ?? ''));
      if (hinted === null || oidc.result?.login) return Check.NO_NEED_TO_PROMPT;
      const signedIn = oidc.session?.accountId;
      return signedIn !== undefined && signedIn !== profileOf(hinted).id
        ? Check.REQUEST_PROMPT
        : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return policy;
}

function accountOf(sub: string) {
  const person = personWithId(sub);
  if (person === null) return undefined;
  const { email, name } = profileOf(person);
  return { accountId: sub, claims: () => ({ sub, email, email_verified: true, name }) };
}

function isExtension(origin: string): boolean {
  return /^(chrome|moz)-extension:/.test(origin);
}

let keyOfThisRun: Promise<JWK> | null = null;

/** One for the whole process: making it takes longer than everything else together. */
function signingKey(): Promise<JWK> {
  keyOfThisRun ??= makeSigningKey();
  return keyOfThisRun;
}

/** RS256, because a client that knows no metadata expects that one (OIDC Core §3.1.3.7). */
async function makeSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'RS256' };
}
