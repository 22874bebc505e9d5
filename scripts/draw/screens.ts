/** Every screen and dialog: how a person gets there, and what it is for. */
import type { Page } from 'playwright-core';
import { set } from '../../test/e2e/support/failpoint.ts';
import { outputOf } from '../../test/e2e/support/procedure-call.ts';
import { storedRecords } from '../../test/e2e/support/stored.ts';
import {
  dismissAttempts,
  importPractice,
  live,
  loseDatabase,
  named,
  reconnectAs,
  type Life,
} from './practice-life.ts';

export interface Screen {
  /** Also the name of its picture. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly text: string;
  readonly page: 'options' | 'popup';
  /** Where the page is opened; the list, unless said. */
  readonly hash?: string;
  /** What has to have happened before; stays for the screens after it. */
  readonly before?: (life: Life) => Promise<void>;
  /** From the page as it opens to what is shown. */
  readonly open?: (page: Page) => Promise<void>;
}

const PASSPHRASE = 'a passphrase for pictures';

/** Follows buttons by their names. */
function press(...names: readonly string[]): (page: Page) => Promise<void> {
  return async (page) => {
    for (const name of names) await page.getByRole('button', { name, exact: true }).first().click();
  };
}

async function selectAll(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
}

/** Selects all, and presses a button of what can be done with them. */
function withAll(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await selectAll(page);
    const bar = page.getByRole('toolbar', { name: 'Selection' });
    await bar.getByRole('button', { name, exact: true }).click();
  };
}

/** Opens the details of a connection at a tab. */
function details(name: string, tab: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole('link', { name: `Open ${name}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: tab }).click();
  };
}

/** In the order in which they are drawn and shown. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'empty',
    title: 'Nothing yet',
    text: 'The options page before the first connection says what to do first.',
    page: 'options',
  },
  {
    name: 'popup-empty',
    title: 'Popup, nothing yet',
    text: 'The popup before the first connection leads to making one.',
    page: 'popup',
  },
  {
    name: 'popup-broken',
    title: 'Popup, something broke',
    text: 'The popup puts what only you can mend on top, each with its own button.',
    page: 'popup',
    async before(life) {
      await importPractice(life);
      await live(life);
    },
  },
  {
    name: 'list',
    title: 'Connections',
    text: 'The list has the columns that there is room for, what is broken first.',
    page: 'options',
  },
  {
    name: 'evidence',
    title: 'Evidence',
    text: 'A row opens to show what the provider was asked and what it answered.',
    page: 'options',
    open: press('Show issue of Support desk'),
  },
  {
    name: 'groups',
    title: 'Groups by provider',
    text: 'Connections of one provider stand under a head that counts them and what broke.',
    page: 'options',
    hash: '#/connections?group=provider',
  },
  {
    name: 'selection',
    title: 'Selection',
    text: 'What can be done with all that is selected stands below the list.',
    page: 'options',
    open: selectAll,
  },
  {
    name: 'tag-selected',
    title: 'Tag the selected connections',
    text: 'A tag is given to all that is selected, or taken from those that carry it.',
    page: 'options',
    open: withAll('Tag'),
  },
  {
    name: 'what-became',
    title: 'What became of each',
    text: 'After something was done with several, each can be looked at, what is broken first.',
    page: 'options',
    async open(page) {
      await withAll('Check now')(page);
      await page.getByRole('button', { name: 'Show each' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'columns',
    title: 'Columns',
    text: 'Columns are hidden and shown here; their borders in the list move.',
    page: 'options',
    open: press('Columns'),
  },
  {
    name: 'saved-views',
    title: 'Saved views',
    text: 'Filters, order and groups are kept under a name.',
    page: 'options',
    async before({ page }) {
      await outputOf(page, 'saveView', {
        name: 'Broken in production',
        search: 'status=reconnect',
      });
      await outputOf(page, 'saveView', { name: 'Finance', search: 'tag=finance' });
    },
    open: press('Saved views'),
  },
  {
    name: 'nothing-found',
    title: 'Nothing found',
    text: 'A list that filters leave empty names them and clears them at once.',
    page: 'options',
    hash: '#/connections?q=warehouse&sync=paused',
  },
  {
    name: 'details-overview',
    title: 'Details, overview',
    text: 'The details say how a connection stands and what was granted.',
    page: 'options',
    open: details('Marketing reports', 'Overview'),
  },
  {
    name: 'details-accounts',
    title: 'Details, accounts',
    text: 'The accounts that the sign-in reaches are chosen here.',
    page: 'options',
    open: details('Marketing reports', 'Accounts'),
  },
  {
    name: 'details-activity',
    title: 'Details, activity',
    text: 'The last 90 days as a strip, and every check with what it came to.',
    page: 'options',
    open: details('Support desk', 'Activity'),
  },
  {
    name: 'details-flows',
    title: 'Details, flows',
    text: 'What uses a connection is written down, and said again when it breaks.',
    page: 'options',
    open: details('Customer records', 'Flows'),
  },
  {
    name: 'flows',
    title: 'Flows',
    text: 'The register of all that uses connections, and what of it has stopped.',
    page: 'options',
    hash: '#/flows',
  },
  {
    name: 'flow',
    title: 'A flow',
    text: 'What uses connections has a name, an address, a note, and the connections that it uses.',
    page: 'options',
    hash: '#/flows',
    open: press('Add flow'),
  },
  {
    name: 'activity',
    title: 'Activity',
    text: 'What happened to connections in the last 90 days, narrowed down as you like.',
    page: 'options',
    hash: '#/activity',
  },
  {
    name: 'new-connection',
    title: 'New connection',
    text: 'Which service is asked first.',
    page: 'options',
    hash: '#/new',
  },
  {
    name: 'new-sign-in',
    title: 'New connection by sign-in',
    text: 'A sign-in needs an app of your own where the provider wants one; the dialog says how.',
    page: 'options',
    hash: '#/new',
    open: press('GitHub'),
  },
  {
    name: 'new-key',
    title: 'New connection by key',
    text: 'A key counts only after its provider has accepted it.',
    page: 'options',
    hash: '#/new',
    open: press('Practice Keys'),
  },
  {
    name: 'reconnect',
    title: 'Reconnect',
    text: 'Mending keeps name, tags, environment and history.',
    page: 'options',
    open: press('Reconnect Support desk'),
  },
  {
    name: 'rename',
    title: 'Rename',
    text: 'A name is changed without anything else depending on it.',
    page: 'options',
    open: press('Rename Payroll'),
  },
  {
    name: 'edit',
    title: 'Edit',
    text: 'Everything that may be changed about a connection, in one form.',
    page: 'options',
    async open(page) {
      await press('More for Payroll')(page);
      await page.getByRole('menuitem', { name: 'Edit' }).click();
    },
  },
  {
    name: 'copy',
    title: 'Copy to an environment',
    text: 'A copy asks to be authorised anew; no secret is copied.',
    page: 'options',
    async open(page) {
      await press('More for Payroll')(page);
      await page.getByRole('menuitem', { name: 'Copy to environment…' }).click();
    },
  },
  {
    name: 'delete',
    title: 'Delete',
    text: 'Deleting says what stays at the source, and can be undone for 30 seconds.',
    page: 'options',
    open: press('Delete Customer records'),
  },
  {
    name: 'tags',
    title: 'Tags',
    text: 'Tags get colours here, and are renamed, merged and deleted.',
    page: 'options',
    open: press('Manage tags'),
  },
  {
    name: 'tag-merge',
    title: 'Merge tags',
    text: 'A tag that is given the name of another one becomes that one, after a question.',
    page: 'options',
    async open(page) {
      await press('Manage tags', 'Rename tag Finance')(page);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Sales');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Merge Finance into Sales' }).waitFor();
    },
  },
  {
    name: 'tag-delete',
    title: 'Delete a tag',
    text: 'How many connections lose a tag is said before it goes.',
    page: 'options',
    open: press('Manage tags', 'Delete tag Finance'),
  },
  {
    name: 'providers',
    title: 'Providers',
    text: 'Which services Patchbay knows, with the hosts that each asks for.',
    page: 'options',
    hash: '#/providers',
  },
  {
    name: 'import-provider',
    title: 'Import a provider',
    text: 'A definition that is wrong is answered with the place and the reason of each mistake.',
    page: 'options',
    hash: '#/providers',
    async open(page) {
      await press('Import provider')(page);
      const dialog = page.getByRole('dialog', { name: 'Import provider' });
      await dialog.getByLabel('Choose a definition (JSON)').setInputFiles({
        name: 'crm.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"id":"My CRM","name":"My CRM"}'),
      });
      await dialog.getByRole('table', { name: 'Mistakes' }).waitFor();
    },
  },
  {
    name: 'settings',
    title: 'Settings',
    text: 'How often is checked, notifications, environments, import and export, view only, the passphrase of your secrets.',
    page: 'options',
    hash: '#/settings',
  },
  {
    name: 'environment',
    title: 'Environments',
    text: 'An environment of your own has a name and stands in every list.',
    page: 'options',
    hash: '#/settings',
    open: press('Add environment'),
  },
  {
    name: 'environment-remove',
    title: 'Remove an environment',
    text: 'Connections that stand in an environment move to another one when it goes.',
    page: 'options',
    hash: '#/settings',
    async before({ page }) {
      const { id: environmentId } = await outputOf(page, 'addEnvironment', { name: 'Clients' });
      const { id, revision } = await named(page, 'Research archive');
      await outputOf(page, 'moveConnection', { id, environmentId, revision });
    },
    open: press('Remove Clients'),
  },
  {
    name: 'export',
    title: 'Export with secrets',
    text: 'Secrets leave only in a file that a passphrase seals.',
    page: 'options',
    hash: '#/settings',
    async before({ page }) {
      const { environmentId: id } = await named(page, 'Research archive');
      await outputOf(page, 'removeEnvironment', { id, moveTo: 'development' });
    },
    open: press('Export with secrets…'),
  },
  {
    name: 'import-connections',
    title: 'Import connections',
    text: 'A file of connections is read first, and shown, before anything is added.',
    page: 'options',
    hash: '#/settings',
    open: press('Import connections…'),
  },
  {
    name: 'delete-everything',
    title: 'Delete everything',
    text: 'What goes and what lives on at the source is said first, and the person types that it is meant.',
    page: 'options',
    hash: '#/settings',
    open: press('Delete everything'),
  },
  {
    name: 'repair-start',
    title: 'Reconnect all',
    text: 'The queue says how many connections ask for you before it begins.',
    page: 'options',
    hash: '#/repair',
  },
  {
    name: 'repair-turn',
    title: 'Reconnect all, one at a time',
    text: 'Each connection has its turn, and can be skipped or left for later.',
    page: 'options',
    hash: '#/repair',
    open: async (page) => {
      await press('Start')(page);
      await page.getByRole('region', { name: /^Now: / }).waitFor();
    },
  },
  {
    name: 'repair-summary',
    title: 'Reconnect all, the end',
    text: 'At the end stands what became of each.',
    page: 'options',
    hash: '#/repair',
    async open(page) {
      await press('Continue')(page);
      await page.getByRole('button', { name: 'Skip' }).click();
      await page.getByText('2 of 2').waitFor();
      await page.getByRole('button', { name: 'Skip' }).click();
      await page.getByRole('heading', { name: 'What became of them' }).waitFor();
    },
  },
  {
    name: 'set-passphrase',
    title: 'A passphrase for your secrets',
    text: 'A passphrase takes the key of your secrets away when you lock Patchbay or close the browser.',
    page: 'options',
    hash: '#/settings',
    open: press('Set a passphrase'),
  },
  {
    name: 'locked',
    title: 'Locked',
    text: 'While the secrets are locked nothing is checked, and nothing is shown as if it were known.',
    page: 'options',
    async before({ page }) {
      await outputOf(page, 'protectVault', { current: null, passphrase: PASSPHRASE });
      await outputOf(page, 'lockVault', {});
    },
  },
  {
    name: 'popup-locked',
    title: 'Popup, locked',
    text: 'One field unlocks.',
    page: 'popup',
  },
  {
    name: 'lock',
    title: 'Lock changes',
    text: 'A passphrase makes Patchbay view only.',
    page: 'options',
    hash: '#/settings',
    async before({ page }) {
      await outputOf(page, 'unlockVault', { passphrase: PASSPHRASE });
      await outputOf(page, 'unprotectVault', { current: PASSPHRASE });
    },
    open: press('Lock changes'),
  },
  {
    name: 'view-only',
    title: 'View only',
    text: 'Where changes are locked, the page says so and every button with it.',
    page: 'options',
    before: ({ page }) => outputOf(page, 'lockChanges', { passphrase: PASSPHRASE }).then(() => {}),
  },
  {
    name: 'unlock',
    title: 'Unlock changes',
    text: 'The passphrase opens it again.',
    page: 'options',
    open: press('Unlock changes'),
  },
  {
    name: 'popup-full',
    title: 'Popup, all is well',
    text: 'The popup in an environment where nothing asks for you.',
    page: 'popup',
    async before({ page }) {
      await outputOf(page, 'unlockChanges', { passphrase: PASSPHRASE });
      await outputOf(page, 'saveSettings', { environmentId: 'staging' });
    },
  },
  {
    name: 'provider-trouble',
    title: 'A provider has trouble',
    text: 'A provider’s bad day is one line about the provider, and breaks nothing.',
    page: 'options',
    async before({ page, practice }) {
      await outputOf(page, 'saveSettings', { environmentId: null });
      practice.control.setFault('keys', { kind: 'status', status: 503 });
      practice.control.setFault('basic', { kind: 'status', status: 503 });
      await outputOf(page, 'checkNow', { ids: [] });
    },
  },
  {
    name: 'mismatch',
    title: 'Somebody else signed in',
    text: 'Nothing is overwritten when another person signs in: you say what it was meant to be.',
    page: 'options',
    async before(life) {
      life.practice.control.reset();
      await outputOf(life.page, 'checkNow', { ids: [] });
      await reconnectAs(life, 'Customer records', 'alice');
    },
  },
  {
    name: 'undo',
    title: 'Undo',
    text: 'What was deleted comes back with one click, on every open page.',
    page: 'options',
    before: ({ page }) => dismissAttempts(page),
    async open(page) {
      await press('Delete Research archive')(page);
      const dialog = page.getByRole('dialog', { name: 'Delete 1 connection' });
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'unreadable',
    title: 'What cannot be read',
    text: 'A damaged record is set aside and shown; everything else works.',
    page: 'options',
    async before({ page }) {
      const [going] = await storedRecords(page, 'deletions');
      await outputOf(page, 'undoDeletion', { batchId: going?.batchId ?? '' });
      const { id } = await named(page, 'Payroll');
      await set(page, 'connections', id, { health: { kind: 'hibernating' } as never });
      await outputOf(page, 'checkNow', { ids: [id] });
    },
    open: press('Show what'),
  },
  {
    name: 'lost',
    title: 'Your connections are gone',
    text: 'A database that the browser lost is said to be, and not taken for a first run.',
    page: 'options',
    before: loseDatabase,
  },
  {
    name: 'popup-lost',
    title: 'Popup, your connections are gone',
    text: 'The popup says it too.',
    page: 'popup',
  },
];
