/**
 * What a person sees of connections that are there, and changes about them.
 */
import { describe, expect, it } from 'vitest';
import { badgeText } from '../support/browser/observe.ts';
import { importDefinition } from '../support/journey/options-page.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey } from './support/connect.ts';
import { replyTo } from './support/procedure-call.ts';
import { openOptions, tableRow, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const KEYS = 'Practice Keys · alice@practice.example';

it('scopes list and badge to the chosen environment', async () => {
  const connection = await connectByKey(world, 'alice');
  world.practice.control.rotateKey('alice');
  await world.call('checkNow', { ids: [] });
  await expect.poll(() => badgeText(world.page)).toBe('1');
  await screens.popup.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await expect.poll(() => badgeText(world.page)).toBe('');
  await screens.popupRow(connection.name).waitFor({ state: 'detached' });
  await screens.popup.getByRole('combobox', { name: 'Environment' }).selectOption('production');
  await screens.popupRow(connection.name).waitFor();
  await world.call('saveSettings', { environmentId: null });
});

it('renames, and tells of a rename that came from elsewhere meanwhile', async () => {
  const { id, revision } = await connectByKey(world, 'alice');
  await screens.options.getByRole('button', { name: `Rename ${KEYS}` }).click();
  // Its name follows the connection's.
  const dialog = screens.options.getByRole('dialog', { name: /^Rename / });
  await world.call('renameConnection', { id, name: 'From elsewhere', revision });
  await dialog.getByLabel('Name', { exact: true }).fill('Mine');
  await dialog.getByRole('button', { name: 'Save' }).click();
  // The name alone may stand there before the refusal has come.
  await dialog.getByText('It is called now').waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Mine');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await screens.popupRow('Mine').waitFor();
});

it('shows a name of HTML, direction marks and 10,000 characters as text in one line', async () => {
  const { id, revision } = await connectByKey(world, 'alice');
  const reply = await replyTo(world.page, 'renameConnection', {
    id,
    name: 'x'.repeat(10_000),
    revision,
  });
  expect(reply).toMatchObject({ ok: false, code: 'invalid-request', detail: 'name' });
  const hostile = `<img src=x onerror=alert(1)>\u202Egnirts ${'long '.repeat(30)}`.trim();
  await world.call('renameConnection', { id, name: hostile, revision });
  await screens.popup.getByText('<img src=x').first().waitFor();
  expect(await screens.popup.locator('img').count()).toBe(0);
  const inside = () => screens.popup.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(inside).toBeLessThanOrEqual(400);
});

it('imports a definition, and says exactly what is wrong with a bad one', async () => {
  const good = world.practice.definitions.keys;
  await importDefinition(screens.options, {
    ...good,
    id: 'practice-other',
    name: 'Practice Other',
  });
  await screens.options.getByText('Practice Other').first().waitFor();
  await screens.options.getByRole('button', { name: 'Import provider' }).click();
  const dialog = screens.options.getByRole('dialog', { name: 'Import provider' });
  const choose = (text: string) =>
    dialog.getByLabel('Choose a definition (JSON)').setInputFiles({
      name: 'bad.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  const check = { ...good.check, url: 'http://api.example.com/me' };
  await choose(JSON.stringify({ ...good, name: undefined, check }));
  const issues = dialog.getByRole('table', { name: 'Mistakes' });
  await issues.getByRole('row').filter({ hasText: 'check.url' }).waitFor();
  await issues.getByRole('row').filter({ hasText: 'name' }).first().waitFor();
  expect(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
  await choose('x'.repeat(5 * 1024 * 1024));
  await dialog.getByText('The file is too large').waitFor();
  await choose('<html></html>');
  await dialog.getByText('The file is not JSON').waitFor();
  await world.call('removeProvider', { id: 'practice-other' });
});

describe('the details of a connection', () => {
  it('have an address of their own, which Back leaves and Forward comes back to', async () => {
    const { id } = await connectByKey(world, 'alice');
    const page = await openOptions(world, `#/connections/${id}`);
    const details = page.getByRole('region', { name: `Details of ${KEYS}` });
    await details.waitFor();
    await page.goto(new URL('#/connections', page.url()).href);
    await details.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: `Open ${KEYS}` }).click();
    await details.waitFor();
    await page.waitForURL(new RegExp(`#/connections/${id}$`));
    await page.goBack();
    await details.waitFor({ state: 'detached' });
    await tableRow(page, KEYS).waitFor();
    await page.waitForURL(/#\/connections$/);
    await page.goForward();
    await details.waitFor();
    expect(new URL(page.url()).hash).toBe(`#/connections/${id}`);
  });

  it('of one that there is not say so, and lead back to the list', async () => {
    await connectByKey(world, 'alice');
    for (const id of ['00000000-0000-4000-8000-000000000000', '%3Cb%3E']) {
      const page = await openOptions(world, `#/connections/${id}`);
      const missing = page.getByRole('region', { name: 'This connection is not here' });
      await missing.getByText('It may have been deleted in another window.').waitFor();
      await tableRow(page, KEYS).waitFor();
      await expectNothingFound(page);
      await missing.getByRole('link', { name: 'Close details' }).click();
      await missing.waitFor({ state: 'detached' });
      await page.waitForURL(/#\/connections$/);
    }
  });
});
