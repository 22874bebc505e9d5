/**
 * Connections as a person has them, at the practice services: some well, some broken, one that ends
 * soon, one that rests.
 */
import type { Page } from 'playwright-core';
import { isRunning } from '../../lib/domain/authorization.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Input } from '../../lib/rpc/procedures.ts';
import { outputOf } from '../../test/e2e/support/procedure-call.ts';
import { deleteDatabase, storedRecords } from '../../test/e2e/support/stored.ts';
import type { Person } from '../../test/servers/people.ts';
import type { Practice } from '../../test/servers/practice.ts';
import type { LaunchedBrowser } from '../../test/support/browser/launch.ts';
import { allowAs, signInWindow } from '../../test/support/browser/sign-in-window.ts';
import { until } from '../../test/support/journey/until.ts';

export interface Life {
  readonly practice: Practice;
  readonly browser: LaunchedBrowser;
  /** A page of the extension that shows nothing, to ask from. */
  readonly page: Page;
}

type Wish = Input<'connect'>;
type Place = Pick<Wish, 'name' | 'environmentId' | 'tags'>;

const DAY = 24 * 60 * 60 * 1000;

export async function importPractice({ practice, page }: Life): Promise<void> {
  for (const definition of Object.values(practice.definitions))
    await outputOf(page, 'importProvider', { text: JSON.stringify(definition) });
}

/** Connects everything, then lets some of it break. */
export async function live(life: Life): Promise<void> {
  const { practice, page } = life;
  const at = (name: string, environmentId: string, ...tags: string[]): Place => ({
    name,
    environmentId,
    tags,
  });
  await signIn(life, 'alice', at('Marketing reports', 'production', 'Quarterly', 'Marketing'));
  await signIn(life, 'alice', at('Marketing reports, rehearsal', 'staging', 'Marketing'));
  practice.control.signOut();
  await signIn(life, 'bob', at('Customer records', 'production', 'Sales'));
  practice.control.signOut();
  await key(life, 'alice', at('Invoices to warehouse', 'production', 'Finance', 'Quarterly'));
  await key(life, 'alice', at('Invoices, rehearsal', 'staging', 'Finance'));
  await key(life, 'bob', at('Support desk', 'production', 'Sales'));
  await password(life, 'alice', at('Payroll', 'production', 'Finance'));
  await password(life, 'bob', at('Research archive', 'development'));
  for (const [name, color] of [
    ['Finance', 'green'],
    ['Marketing', 'purple'],
    ['Sales', 'blue'],
  ] as const)
    await outputOf(page, 'setTagColor', { name, color });
  const idsOf = (...names: readonly string[]): Promise<string[]> =>
    Promise.all(names.map(async (name) => (await named(page, name)).id));
  await outputOf(page, 'addFlow', {
    name: 'Monday report',
    address: 'https://reports.example/monday',
    note: '',
    connectionIds: await idsOf('Marketing reports', 'Customer records'),
  });
  await outputOf(page, 'addFlow', {
    name: 'Invoice export',
    address: null,
    note: 'Runs every night.',
    connectionIds: await idsOf('Invoices to warehouse'),
  });
  const payroll = await named(page, 'Payroll');
  await outputOf(page, 'setStatedEnd', {
    id: payroll.id,
    revision: payroll.revision,
    statedEndAt: Date.now() + 6 * DAY,
  });
  await outputOf(page, 'pauseSync', { ids: [(await named(page, 'Research archive')).id] });
  practice.control.revokeGrants('bob');
  practice.control.revokeKey('bob');
  // A key is condemned by the second refusal.
  for (let round = 0; round < 2; round += 1) await outputOf(page, 'checkNow', { ids: [] });
  await dismissAttempts(page);
}

/** Puts away what the page says about attempts that ended. */
export async function dismissAttempts(page: Page): Promise<void> {
  for (const { id } of await storedRecords(page, 'authorizations'))
    await outputOf(page, 'dismissAuthorization', { authorizationId: id });
}

/** The connection of a name. @throws Error when there is none */
export async function named(page: Page, name: string): Promise<Connection> {
  const found = (await storedRecords(page, 'connections')).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no connection "${name}".`);
  return found;
}

async function signIn(life: Life, person: Person, place: Place): Promise<void> {
  const method = life.practice.definitions.oauth.methods[0];
  const scopes = method?.kind === 'oauth2' ? (method.scopes ?? []).map(({ id }) => id) : [];
  const opening = signInWindow(life.browser.context);
  const connecting = connect(life, {
    ...place,
    providerId: 'practice-oauth',
    methodId: 'oauth',
    scopes,
    credential: null,
  });
  await allowAs(await opening, person);
  await connecting;
}

/** Signs in as somebody to mend a connection, whoever it belongs to. */
export async function reconnectAs(life: Life, name: string, person: Person): Promise<void> {
  life.practice.control.signOut();
  const { id } = await named(life.page, name);
  const opening = signInWindow(life.browser.context);
  const wish = { connectionId: id, credential: null, client: null, chooseAccount: false };
  const { authorizationId } = await outputOf(life.page, 'reconnect', wish);
  await allowAs(await opening, person);
  await until(`the attempt for ${name}`, async () => {
    const all = await storedRecords(life.page, 'authorizations');
    const own = all.find((one) => one.id === authorizationId);
    return own !== undefined && !isRunning(own.state);
  });
}

/** What some browsers do to a database when the disk is full. */
export async function loseDatabase({ browser, page }: Life): Promise<void> {
  await browser.stopWorker();
  await deleteDatabase(page);
}

function key(life: Life, person: Person, place: Place): Promise<void> {
  return connect(life, {
    ...place,
    providerId: 'practice-keys',
    methodId: 'key',
    credential: { kind: 'key', key: life.practice.control.keyOf(person) },
  });
}

function password(life: Life, person: Person, place: Place): Promise<void> {
  return connect(life, {
    ...place,
    providerId: 'practice-basic',
    methodId: 'basic',
    credential: {
      kind: 'basic',
      user: person,
      password: life.practice.control.passwordOf(person),
    },
  });
}

async function connect(
  { page }: Life,
  wish: Place & Pick<Wish, 'providerId' | 'methodId' | 'credential'> & Partial<Wish>,
): Promise<void> {
  const whole = { params: {}, scopes: [], client: null, ...wish };
  const { authorizationId } = await outputOf(page, 'connect', whole);
  await until(`the connection ${wish.name}`, async () => {
    const all = await storedRecords(page, 'authorizations');
    const own = all.find(({ id }) => id === authorizationId);
    return own !== undefined && !isRunning(own.state);
  });
  await named(page, wish.name ?? '');
}
