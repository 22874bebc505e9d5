/* Presses the desk's buttons without leaving the page, and keeps what it shows up to date. */

const said = document.querySelector('[role=status]');

function show({ text, tone, pressed }) {
  for (const place of document.querySelectorAll('[data-text]')) {
    place.textContent = text[place.dataset.text] ?? '';
    if (place.dataset.tone) place.dataset.tone = tone[place.dataset.text] ?? 'good';
  }
  for (const button of document.querySelectorAll('[data-pressed]')) {
    button.setAttribute('aria-pressed', String(pressed[button.dataset.pressed] === true));
  }
}

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    });
    const answer = await response.json();
    if (answer.view) show(answer.view);
    said.textContent = answer.message ?? answer.error;
  } catch {
    said.textContent = 'The practice services have stopped. Start them again and reload this page.';
  }
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const secret = document.querySelector(`[data-text="${button.dataset.copy}"]`);
  try {
    await navigator.clipboard.writeText(secret.textContent.split(' ')[0]);
    said.textContent = `Copied ${button.dataset.what}.`;
  } catch {
    getSelection().selectAllChildren(secret);
    said.textContent = `The browser does not let this page copy. ${button.dataset.what} is selected instead.`;
  }
});

// Patchbay changes things too, while this page is in the back.
addEventListener('focus', async () => {
  const response = await fetch('/control/view').catch(() => null);
  if (response?.ok) show(await response.json());
});
