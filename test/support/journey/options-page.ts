/**
 * What a person does on the options page, by the roles and names that they see. The tour and the
 * end-to-end tests walk the same ways.
 */
import type { Page } from 'playwright-core';
import { allowAs } from '../browser/sign-in-window.ts';

/** A provider definition as a file. */
export interface DefinitionFile {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Imports one definition through the dialog. */
export async function importDefinition(page: Page, definition: DefinitionFile): Promise<void> {
  await page.goto(withHash(page, '#/providers'));
  await page.getByRole('button', { name: 'Import provider' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import provider' });
  await dialog.getByLabel('Choose a definition (JSON)').setInputFiles({
    name: `${definition.id ?? 'definition'}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(definition)),
  });
  await dialog.getByRole('button', { name: /^(Import|Replace)$/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens the New connection dialog at a provider's form. */
export async function openNewConnection(page: Page, providerName: string) {
  await page.goto(withHash(page, '#/connections'));
  await page.getByRole('button', { name: 'New connection' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New connection' });
  await dialog.getByRole('button', { name: providerName }).click();
  return dialog;
}

/** Connects with an API key, a token, or a user and password. */
export async function connectTyped(
  page: Page,
  providerName: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const dialog = await openNewConnection(page, providerName);
  for (const [label, value] of Object.entries(fields))
    await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Connects through the provider's sign-in window, as the given person of the practice services. */
export async function connectBySignIn(
  page: Page,
  providerName: string,
  person: string,
): Promise<void> {
  const dialog = await openNewConnection(page, providerName);
  await signInAs(page, person, () =>
    dialog.getByRole('button', { name: 'Connect', exact: true }).click(),
  );
  await dialog.waitFor({ state: 'hidden' });
}

/** Does what opens the sign-in window, then signs in and allows. */
export async function signInAs(
  page: Page,
  person: string,
  open: () => Promise<unknown>,
): Promise<void> {
  const window = page.context().waitForEvent('page', {
    predicate: (opened) => !opened.url().startsWith('chrome-extension:'),
  });
  await open();
  const signIn = await window;
  await signIn.waitForURL(/^https?:/);
  await allowAs(signIn, person);
}

/** The same page at another route. */
function withHash(page: Page, hash: string): string {
  return new URL(hash, page.url()).href;
}
