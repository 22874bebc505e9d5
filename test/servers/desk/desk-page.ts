/**
 * The desk as a page: rendered here once, kept up to date by `desk.js`.
 */
import { escapeHtml } from '../loopback.ts';
import { PEOPLE, type Person } from '../people.ts';
import type { DeskAnswer, DeskService, DeskView } from './desk-state.ts';

export function deskPage(view: DeskView, definitionNames: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Practice desk · Patchbay</title>
<link rel="icon" href="/mark.svg">
<link rel="stylesheet" href="/desk.css">
<script type="module" src="/desk.js"></script>
</head>
<body>
<header class="top">
<img src="/mark.svg" alt="" width="56" height="56">
<div><h1>Practice desk</h1>
<p>Three services that live on this computer alone, made to be broken. Nothing here is real, so break what you like and watch what Patchbay says.</p></div>
</header>
<main>
${steps(definitionNames)}
<div class="services">
${cloud(view)}
${keys(view)}
${basic(view)}
</div>
<form class="reset" method="post" action="/control/reset"><button>Put everything back</button></form>
</main>
<p class="said" role="status" aria-label="What happened"></p>
</body>
</html>`;
}

function steps(definitionNames: readonly string[]): string {
  const links = definitionNames.map(
    (name) => `<a href="/definitions/${name}" download>${name}</a>`,
  );
  return `<section aria-labelledby="steps-title">
<h2 id="steps-title" class="hidden">Three steps</h2>
<ol class="steps">
<li><h3>Connect</h3><p>Open Patchbay in the toolbar, press <em>New connection</em> and choose Practice Cloud, Practice Keys or Practice Basic. Keys and passwords are below.</p></li>
<li><h3>Break</h3><p>Press a button below. Then press <em>Check now</em> in Patchbay, or wait for it to notice by itself.</p></li>
<li><h3>Mend</h3><p>When the toolbar shows a number, open Patchbay and press <em>Reconnect</em>. The row turns green and keeps its name and history.</p></li>
</ol>
<details><summary>The practice services are not in the list?</summary>
<p>Save these definitions and import them in Patchbay under Settings, Providers: ${links.join(', ')}.</p></details>
</section>`;
}

function cloud(view: DeskView): string {
  const rows = PEOPLE.map((person) =>
    personRow(
      person,
      [
        fact('Allowed', place(view, `${person}.grants`)),
        fact('Role', place(view, `${person}.role`)),
        fact('Accounts', place(view, `${person}.accounts`)),
      ],
      [
        button('revoke-grants', person, `Revoke ${person}'s grants`),
        button('role', person, view.text[`${person}.role-button`] ?? '', `${person}.role-button`),
        button('accounts', person, `Change ${person}'s accounts`),
      ],
    ),
  );
  return service(
    view,
    'cloud',
    'Practice Cloud',
    'Signs in with OAuth. Tokens live for a minute.',
    rows,
  );
}

function keys(view: DeskView): string {
  const rows = PEOPLE.map((person) =>
    personRow(
      person,
      [secret(view, person, 'API key', `${person}.key`)],
      [
        button('rotate-key', person, `Rotate ${person}'s key`),
        button('revoke-key', person, `Revoke ${person}'s key`),
      ],
    ),
  );
  return service(view, 'keys', 'Practice Keys', 'Takes an API key.', rows);
}

function basic(view: DeskView): string {
  const rows = PEOPLE.map((person) =>
    personRow(
      person,
      [
        fact('User name', `<code>${person}</code>`),
        secret(view, person, 'password', `${person}.password`),
      ],
      [button('password', person, `Change ${person}'s password`)],
    ),
  );
  return service(view, 'basic', 'Practice Basic', 'Takes a user name and a password.', rows);
}

const ANSWER_LABELS: Readonly<Record<DeskAnswer, string>> = {
  unavailable: 'Answer 503',
  limited: 'Answer 429',
  html: 'Answer with HTML',
  silent: 'Do not answer',
  normal: 'Back to normal',
};

function service(
  view: DeskView,
  id: DeskService,
  name: string,
  kind: string,
  rows: readonly string[],
): string {
  const answers = (Object.keys(ANSWER_LABELS) as DeskAnswer[]).map((answer) => {
    const at = `${id}.${answer}`;
    const pressed =
      answer === 'normal'
        ? ''
        : ` data-pressed="${at}" aria-pressed="${view.pressed[at] === true}"`;
    return form('answer', { service: id, answer }, ANSWER_LABELS[answer], pressed);
  });
  return `<section class="service ${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${name}</h2>${place(view, `${id}.state`, 'state')}</header>
<p class="kind">${kind}</p>
<div class="people">${rows.join('\n')}</div>
<div class="answers" role="group" aria-label="How ${name} answers">${answers.join('')}</div>
</section>`;
}

function personRow(person: Person, facts: readonly string[], buttons: readonly string[]): string {
  return `<div class="person"><h3>${person}</h3>
<dl>${facts.join('')}</dl>
<div class="actions">${buttons.join('')}</div></div>`;
}

function fact(label: string, value: string): string {
  return `<div><dt>${label}</dt><dd>${value}</dd></div>`;
}

function secret(view: DeskView, person: Person, label: string, at: string): string {
  const title = label.charAt(0).toUpperCase() + label.slice(1);
  const copy = `<button type="button" class="copy" data-copy="${at}" data-what="${person}'s ${label}">Copy<span class="hidden"> ${person}'s ${label}</span></button>`;
  return `<div class="secret"><dt>${title}</dt><dd><code data-text="${at}">${escapeHtml(view.text[at] ?? '')}</code>${copy}</dd></div>`;
}

/** A text that `desk.js` keeps up to date. */
function place(view: DeskView, at: string, className?: string): string {
  const tone = view.tone[at];
  return `<span data-text="${at}"${tone === undefined ? '' : ` data-tone="${tone}"`}${className === undefined ? '' : ` class="${className}"`}>${escapeHtml(view.text[at] ?? '')}</span>`;
}

function button(action: string, person: Person, label: string, at?: string): string {
  const kept = at === undefined ? '' : ` data-text="${at}"`;
  return form(action, { person }, label, kept);
}

function form(
  action: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  attributes: string,
): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  );
  return `<form method="post" action="/control/${action}">${inputs.join('')}<button${attributes}>${escapeHtml(label)}</button></form>`;
}
