/**
 * The pages of the practice authorisation server: choose an account, allow or deny, and the few of
 * the device flow.
 */
import { escapeHtml } from '../loopback.ts';
import { PEOPLE, profileOf, type Person } from '../people.ts';

export interface AccountPage {
  readonly uid: string;
  /** The text of `login_hint`, shown as it came. */
  readonly hint: string | null;
  /** Whom the hint means; offered first. */
  readonly suggested: Person | null;
}

export function accountPage({ uid, hint, suggested }: AccountPage): string {
  const order = [...PEOPLE].sort((a, b) => Number(b === suggested) - Number(a === suggested));
  const buttons = order.map((person, at) => {
    const { name, email } = profileOf(person);
    return `<button name="account" value="${person}" aria-describedby="about-${person}"${at === 0 ? ' class="primary" autofocus' : ''}>Continue as ${person}</button>
<p class="about" id="about-${person}">${escapeHtml(name)} · ${escapeHtml(email)}</p>`;
  });
  const said =
    hint === null ? '' : `<p>Patchbay suggests <strong>${escapeHtml(hint)}</strong>.</p>`;
  return page(
    'Sign in to Practice Cloud',
    `<p>These two people exist for practice. There is no password.</p>${said}
<form method="post" action="/interaction/${escapeHtml(uid)}/account">
<fieldset><legend>Account</legend>${buttons.join('\n')}</fieldset>
</form>`,
  );
}

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  openid: 'Know who you are',
  email: 'See your e-mail address',
  profile: 'See your name',
  offline_access: 'Keep access while you are away',
  'accounts:read': 'List the accounts that you reach',
};

export interface ConsentPage {
  readonly uid: string;
  readonly client: string;
  readonly person: Person;
  readonly scopes: readonly string[];
}

export function consentPage({ uid, client, person, scopes }: ConsentPage): string {
  const items = scopes.map((scope) => `<li>${escapeHtml(SCOPE_WORDS[scope] ?? scope)}</li>`);
  return page(
    `Allow ${client}?`,
    `<p>Signed in as <strong>${escapeHtml(profileOf(person).email)}</strong>. ${escapeHtml(client)} asks to:</p>
<ul>${items.join('')}</ul>
<form method="post" action="/interaction/${escapeHtml(uid)}/consent" class="choice">
<button name="decision" value="allow" class="primary" autofocus>Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  );
}

/** A page that says one thing. */
export function messagePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

/** Wraps a form of the provider itself (device code, sign-out) in our page. */
export function formPage(title: string, text: string, form: string, buttons: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>${form}<div class="choice">${buttons}</div>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body><main><p class="brand">Practice Cloud</p><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1c2530,#e8edf2);--soft:light-dark(#5a6674,#9fadbb);--paper:light-dark(#fff,#171d24);--ground:light-dark(#eef2f5,#0e1318);--line:light-dark(#d4dce3,#2e3842);--accent:light-dark(#0b6b61,#5fd0c0);--on-accent:light-dark(#fff,#06211e)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:min(24rem,100%);padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:1rem}
h1{margin:.25rem 0 .75rem;font-size:1.4rem;line-height:1.25}
p,ul{margin:0 0 1rem}ul{padding-left:1.25rem}
.brand{margin:0;color:var(--accent);font-size:.85rem;font-weight:600}
.about{margin:.25rem 0 1rem;color:var(--soft);font-size:.875rem}.about:last-child{margin-bottom:0}
fieldset{margin:0;padding:0;border:0}legend{padding:0;margin-bottom:.5rem;font-weight:600}
button{width:100%;padding:.7rem 1rem;font:inherit;font-weight:600;color:var(--ink);background:transparent;border:1px solid var(--line);border-radius:.6rem;cursor:pointer}
button:hover{border-color:var(--accent)}
button.primary{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}
button:focus-visible,input:focus-visible{outline:3px solid color-mix(in srgb,var(--accent) 45%,transparent);outline-offset:2px}
input[type=text]{width:100%;padding:.7rem;margin-bottom:1rem;font:inherit;text-transform:uppercase;border:1px solid var(--line);border-radius:.6rem}
.choice{display:flex;gap:.75rem}`;
