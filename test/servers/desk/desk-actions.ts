/**
 * What the desk's buttons do. Each says in a sentence what happened.
 */
import type { PracticeControl } from '../control.ts';
import { isPerson, type Account, type Person } from '../people.ts';
import {
  ANSWERS,
  DESK_SERVICES,
  FAULTS,
  TARGETS,
  type DeskAnswer,
  type DeskService,
} from './desk-state.ts';

const SERVICE_NAMES: Readonly<Record<DeskService, string>> = {
  cloud: 'Practice Cloud',
  keys: 'Practice Keys',
  basic: 'Practice Basic',
};

const ANSWER_SENTENCES: Readonly<Record<DeskAnswer, string>> = {
  normal: 'answers normally again. Patchbay sees it at its next check.',
  unavailable: 'answers 503 now. Patchbay should say that it cannot verify, and stay green.',
  limited: 'answers 429 now and asks for 30 seconds of peace. Nothing should turn red.',
  html: 'answers with a web page now, as captive portals do. Nothing should turn red.',
  silent: 'takes requests and never answers now. A check gives up after 20 seconds.',
};

/** What a person reaches, one step after another; the step after the last is the start. */
const ACCOUNT_STEPS: readonly (readonly Account[])[] = [
  [
    { id: 'acc-harbour', name: 'Harbour Bakery (renamed)' },
    { id: 'acc-pier', name: 'Pier Kiosk' },
  ],
  [],
  [
    { id: 'acc-harbour', name: 'Harbour Bakery' },
    { id: 'acc-harbour-shop', name: 'Harbour Bakery Online' },
    { id: 'acc-lighthouse', name: 'Lighthouse Café' },
  ],
];

type Action = (form: URLSearchParams, control: PracticeControl) => string | null;

const forPerson =
  (act: (person: Person, control: PracticeControl) => string): Action =>
  (form, control) => {
    const person = form.get('person');
    return isPerson(person) ? act(person, control) : null;
  };

const ACTIONS: Readonly<Record<string, Action>> = {
  answer(form, control) {
    const service = DESK_SERVICES.find((one) => one === form.get('service'));
    const answer = ANSWERS.find((one) => one === form.get('answer'));
    if (service === undefined || answer === undefined) return null;
    for (const target of TARGETS[service]) control.setFault(target, FAULTS[answer]);
    return `${SERVICE_NAMES[service]} ${ANSWER_SENTENCES[answer]}`;
  },
  'revoke-grants': forPerson((person, control) => {
    const count = control.liveGrants(person);
    control.revokeGrants(person);
    return count === 0
      ? `${person} had no grants at Practice Cloud. Connect first.`
      : `Revoked what ${person} had allowed at Practice Cloud. Patchbay should ask to reconnect.`;
  }),
  role: forPerson((person, control) => {
    if (control.hasRole(person)) control.takeRoleAway(person);
    else control.giveRoleBack(person);
    return control.hasRole(person)
      ? `${person} has the role at Practice Cloud again.`
      : `Took ${person}'s role at Practice Cloud away. The sign-in is still good; the access is not.`;
  }),
  accounts: forPerson((person, control) => {
    const names = JSON.stringify(control.accountsOf(person));
    const at = ACCOUNT_STEPS.findIndex((step) => JSON.stringify(step) === names);
    const next = ACCOUNT_STEPS[(at + 1) % ACCOUNT_STEPS.length] ?? [];
    control.setAccounts(person, next);
    return next.length === 0
      ? `${person} reaches no account any more.`
      : `${person} now reaches ${next.map(({ name }) => name).join(', ')}.`;
  }),
  'rotate-key': forPerson((person, control) => {
    control.rotateKey(person);
    return `${person} has a new API key; the one before is dead. Patchbay should ask for the new one.`;
  }),
  'revoke-key': forPerson((person, control) => {
    control.revokeKey(person);
    return `${person}'s API key is revoked, and there is no new one.`;
  }),
  password: forPerson((person, control) => {
    control.changePassword(person);
    return `${person} has a new password; the one before is refused.`;
  }),
  reset(_, control) {
    control.reset();
    return 'Everything is as it was at the start. Grants and passwords stay as they are.';
  },
};

/**
 * Does what a button asks.
 * @returns what happened, or `null` where there is no such action or its form is not complete.
 */
export function act(name: string, form: URLSearchParams, control: PracticeControl): string | null {
  return Object.hasOwn(ACTIONS, name) ? (ACTIONS[name]?.(form, control) ?? null) : null;
}
