/**
 * What a person adds to a connection, and what becomes of it.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { dayEndingAt, endOfDay } from '../../lib/domain/calendar-day.ts';
import { expectNothingFound } from './support/axe.ts';
import { connectByKey, connection } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { set } from './support/failpoint.ts';
import { openOptions, useScreens } from './support/screens.ts';
import { useWorld } from './support/world.ts';

const world = useWorld();
const screens = useScreens(world);

const KEYS = 'Practice Keys · alice@practice.example';
const MEANWHILE = 'It was changed elsewhere in the meantime.';
const DAY = 24 * 60 * 60 * 1000;

async function openDetails(page: Page): Promise<void> {
  await page.getByRole('link', { name: `Open ${KEYS}` }).click();
  await page.getByRole('region', { name: `Details of ${KEYS}` }).waitFor();
}

it('notes are kept, and stand in another open page without a reload', async () => {
  const { id } = await connectByKey(world, 'alice');
  const second = await openOptions(world, `#/connections/${id}`);
  await openDetails(screens.options);
  await screens.options.getByRole('textbox', { name: 'Notes' }).fill('Ask <b>Maria</b> first');
  await screens.options.getByRole('button', { name: 'Save notes' }).click();
  await eventually(async () =>
    expect(await second.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe(
      'Ask <b>Maria</b> first',
    ),
  );
  expect(await connection(world, id)).toMatchObject({ notes: 'Ask <b>Maria</b> first' });
});

it('a last day that is near warns everywhere, and a new key ends the warning', async () => {
  const { id } = await connectByKey(world, 'alice');
  await openDetails(screens.options);
  const lastDay = screens.options.getByLabel('Last day');
  await lastDay.fill(dayEndingAt(Date.now() + 5 * DAY));
  await lastDay.press('Enter');
  await screens.popupRow(KEYS).getByText('Expires in').waitFor();
  await screens.tableRow(KEYS).getByText('Expires in').waitFor();
  await world.call('checkNow', { ids: [id] });
  expect((await connection(world, id)).health.kind).toBe('expiring');

  const key = world.practice.control.rotateKey('alice');
  await screens.options.getByRole('button', { name: `Reconnect ${KEYS}` }).click();
  const dialog = screens.options.getByRole('dialog', { name: `Reconnect ${KEYS}` });
  await dialog.getByLabel('API key', { exact: true }).fill(key);
  await dialog.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await screens.popupRow(KEYS).getByText('Active').waitFor();
  expect(await connection(world, id)).not.toHaveProperty('statedEndAt');
});

it('a last day is saved as a whole, however many real days come by while its keys are pressed', async () => {
  const { id, revision } = await connectByKey(world, 'alice');
  await openDetails(screens.options);
  const lastDay = screens.options.getByLabel('Last day');
  const year = new Date().getFullYear() + 1;
  // The order of the parts is the locale's: one in which it does not matter.
  await lastDay.pressSequentially(`1212${year}`);
  expect(await connection(world, id)).toMatchObject({ revision });
  expect(await connection(world, id)).not.toHaveProperty('statedEndAt');
  await lastDay.press('Enter');
  await screens.message('Last day saved.').waitFor();
  expect(await connection(world, id)).toMatchObject({
    statedEndAt: endOfDay(`${year}-12-12`),
    revision: revision + 1,
  });
  // The keys are in the year still.
  await lastDay.pressSequentially('0202');
  await screens.options.getByRole('textbox', { name: 'Notes' }).focus();
  await screens.options.getByText('Choose a day from today on').waitFor();
  expect(await connection(world, id)).toMatchObject({ revision: revision + 1 });
  expect(await lastDay.inputValue()).toBe('0202-12-12');
});

it('notes that are not saved yet are there again after another tab, section and connection', async () => {
  await connectByKey(world, 'alice');
  await openDetails(screens.options);
  const notes = screens.options.getByRole('textbox', { name: 'Notes' });
  await notes.pressSequentially('Half a thou');
  await screens.options.getByRole('tab', { name: 'Activity' }).click();
  await screens.options.getByRole('link', { name: 'Settings' }).click();
  await screens.options.getByRole('link', { name: 'Connections' }).click();
  await openDetails(screens.options);
  expect(await notes.inputValue()).toBe('Half a thou');
  await screens.options.getByRole('button', { name: 'Save notes' }).waitFor();
});

it('notes that somebody else changed meanwhile are not written over unseen, and what was typed stays', async () => {
  const { id, revision } = await connectByKey(world, 'alice');
  await openDetails(screens.options);
  const notes = screens.options.getByRole('textbox', { name: 'Notes' });
  const save = screens.options.getByRole('button', { name: 'Save notes' });
  await notes.fill('Mine');
  await world.call('setNotes', { id, notes: 'Theirs', revision });
  await screens.options.getByText('Changed elsewhere to: Theirs').waitFor();
  expect(await notes.inputValue()).toBe('Mine');
  await save.click();
  await screens.message(MEANWHILE).waitFor();
  expect((await connection(world, id)).notes).toBe('Theirs');
  expect(await notes.inputValue()).toBe('Mine');
  await expectNothingFound(screens.options);
  // Seen, it is the person who decides.
  await save.click();
  await screens.message('Notes saved.').waitFor();
  expect((await connection(world, id)).notes).toBe('Mine');
  await save.waitFor({ state: 'detached' });
  expect(await screens.options.getByText('Changed elsewhere to:').count()).toBe(0);
  await expect(world.call('setNotes', { id, notes: 'Old', revision })).rejects.toThrow(
    'changed-meanwhile',
  );
});

it('notes over a record that the page had not heard of are refused, and what was typed stays', async () => {
  const { id, revision } = await connectByKey(world, 'alice');
  await openDetails(screens.options);
  const notes = screens.options.getByRole('textbox', { name: 'Notes' });
  await notes.fill('Mine');
  // Nobody tells the page, as if its Save had come in the same moment.
  await set(world.page, 'connections', id, { notes: 'Theirs', revision: revision + 1 });
  await screens.options.getByRole('button', { name: 'Save notes' }).click();
  await screens.message(MEANWHILE).waitFor();
  expect(await notes.inputValue()).toBe('Mine');
  expect((await connection(world, id)).notes).toBe('Theirs');
  await world.call('checkNow', { ids: [id] });
  await screens.options.getByText('Changed elsewhere to: Theirs').waitFor();
  expect(await notes.inputValue()).toBe('Mine');
});
