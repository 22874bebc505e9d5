/** What browsers and redirects say when no code comes (`security.md` §4), and what is said of the attempt; the connection stays as it was. */

interface WindowRow {
  readonly browser: 'Chromium' | 'Firefox';
  readonly message: string;
  readonly said: string;
}

const chromium = (message: string, said: string): WindowRow => ({
  browser: 'Chromium',
  message,
  said,
});
const firefox = (message: string, said: string): WindowRow => ({
  browser: 'Firefox',
  message,
  said,
});

export const windowRows: readonly WindowRow[] = [
  chromium('The user did not approve access.', 'cancelled'),
  chromium('Authorization page could not be loaded.', 'window-page-failed'),
  chromium('Authorization page load timed out.', 'window-timeout'),
  chromium('User interaction required. Try setting `interactive`.', 'window-needs-person'),
  chromium('Only one web auth flow is allowed at a time.', 'window-busy'),
  chromium("Couldn't create a browser window to display an authorization page.", 'window-missing'),
  chromium('Function not implemented.', 'window-missing'),
  chromium('Identity API is disabled in incognito windows.', 'window-incognito'),
  chromium('The auth url has an invalid scheme.', 'internal'),
  chromium('The browser context has been shut down.', 'interrupted'),
  chromium('Something that no list has.', 'window-failed'),
  firefox('User cancelled or denied access.', 'cancelled'),
  firefox('Requires user interaction', 'window-needs-person'),
  firefox('redirect_uri not allowed', 'internal'),
];

interface RedirectRow {
  readonly error: string;
  readonly said: string;
}

export const redirectRows: readonly RedirectRow[] = [
  { error: 'access_denied', said: 'denied' },
  { error: 'temporarily_unavailable', said: 'provider-trouble' },
  { error: 'server_error', said: 'provider-trouble' },
  { error: 'invalid_scope', said: 'scope-rejected' },
  { error: 'unauthorized_client', said: 'client-rejected' },
  { error: 'invalid_request', said: 'authorization-refused' },
  { error: 'login_required', said: 'authorization-refused' },
  { error: 'not_thought_of_yet', said: 'authorization-refused' },
];
