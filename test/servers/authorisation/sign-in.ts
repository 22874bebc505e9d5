/**
 * Signing in and consenting: what a person decides in the window, told to the provider.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { pathOf, readForm, sendHtml, sendText } from '../loopback.ts';
import { isPerson, personFromHint, personWithId, profileOf } from '../people.ts';
import { accountPage, consentPage, messagePage } from './pages.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Whether a request is about a sign-in in progress. */
export function isSignIn(request: IncomingMessage): boolean {
  return pathOf(request).startsWith('/interaction/');
}

export async function answerSignIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await provider.interactionDetails(request, response);
  } catch {
    const text = 'This sign-in is over or belongs to another window. Start again in Patchbay.';
    sendHtml(response, 400, messagePage('Sign-in not found', text));
    return;
  }
  const step = pathOf(request).split('/')[3];
  if (request.method === 'GET' && step === undefined) showPage(interaction, response);
  else if (request.method === 'POST' && step === 'account')
    await chooseAccount(provider, request, response);
  else if (request.method === 'POST' && step === 'consent')
    await decide(provider, interaction, request, response);
  else sendText(response, 404, 'No such step');
}

function showPage({ uid, prompt, params, session }: Interaction, response: ServerResponse): void {
  const hint = typeof params['login_hint'] === 'string' ? params['login_hint'] : null;
  const person = personWithId(session?.accountId ?? '');
  if (prompt.name !== 'consent' || person === null) {
    const suggested = hint === null ? person : personFromHint(hint);
    sendHtml(response, 200, accountPage({ uid, hint, suggested }));
    return;
  }
  const scopes = String(params['scope'] ?? '')
    .split(' ')
    .filter(Boolean);
  sendHtml(response, 200, consentPage({ uid, client: 'Patchbay', person, scopes }));
}

/** Answers `login` and `select_account` at once: both ask the same thing here. */
async function chooseAccount(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const account = (await readForm(request)).get('account');
  if (!isPerson(account)) return sendText(response, 400, 'No such account');
  const accountId = profileOf(account).id;
  await provider.interactionFinished(request, response, {
    login: { accountId },
    select_account: {},
  });
}

async function decide(
  provider: Provider,
  { params, session, grantId }: Interaction,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const decision = (await readForm(request)).get('decision');
  const accountId = session?.accountId;
  const clientId = String(params['client_id']);
  if (decision !== 'allow' || accountId === undefined) {
    await provider.interactionFinished(
      request,
      response,
      { error: 'access_denied', error_description: 'The person did not allow it' },
      { mergeWithLastSubmission: false },
    );
    return;
  }
  const kept = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = kept ?? new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(String(params['scope'] ?? ''));
  const consented = { consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, consented);
}
