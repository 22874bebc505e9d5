/**
 * How things stand: as data for tests, and as the words that the desk's page shows.
 */
import type { PracticeControl } from '../control.ts';
import type { Fault } from '../fault.ts';
import { PEOPLE, type Account, type Person } from '../people.ts';
import type { FaultTarget } from '../traffic.ts';

export const DESK_SERVICES = ['cloud', 'keys', 'basic'] as const;
export type DeskService = (typeof DESK_SERVICES)[number];

export const ANSWERS = ['normal', 'unavailable', 'limited', 'html', 'silent'] as const;
/** How a service answers, as far as the desk sets it; `other` was set by somebody else. */
export type DeskAnswer = (typeof ANSWERS)[number];

/** Practice Cloud goes wrong where data and tokens are asked for; its sign-in pages stay. */
export const TARGETS: Readonly<Record<DeskService, readonly FaultTarget[]>> = {
  cloud: ['api', 'token'],
  keys: ['keys'],
  basic: ['basic'],
};

export const FAULTS: Readonly<Record<DeskAnswer, Fault | null>> = {
  normal: null,
  unavailable: { kind: 'status', status: 503 },
  limited: { kind: 'status', status: 429, retryAfter: 30 },
  html: { kind: 'html' },
  silent: { kind: 'hang' },
};

export interface DeskState {
  readonly services: Readonly<Record<DeskService, DeskAnswer | 'other'>>;
  readonly people: Readonly<
    Record<
      Person,
      {
        readonly liveGrants: number;
        readonly hasRole: boolean;
        readonly accounts: readonly Account[];
        readonly apiKey: string;
        readonly keyIsLive: boolean;
        readonly password: string;
      }
    >
  >;
}

export function deskState(control: PracticeControl): DeskState {
  const person = (who: Person) => ({
    liveGrants: control.liveGrants(who),
    hasRole: control.hasRole(who),
    accounts: control.accountsOf(who),
    apiKey: control.keyOf(who),
    keyIsLive: control.listKeys(who).at(-1)?.revokedAt === null,
    password: control.passwordOf(who),
  });
  const service = (which: DeskService) => answerOf(control.faultOf(TARGETS[which][0] ?? 'api'));
  return {
    services: { cloud: service('cloud'), keys: service('keys'), basic: service('basic') },
    people: { alice: person('alice'), bob: person('bob') },
  };
}

function answerOf(fault: Fault | null): DeskAnswer | 'other' {
  return ANSWERS.find((answer) => FAULTS[answer] === fault) ?? 'other';
}

const ANSWER_WORDS: Readonly<Record<DeskAnswer | 'other', string>> = {
  normal: 'Answers normally',
  unavailable: 'Answers 503',
  limited: 'Answers 429',
  html: 'Answers with HTML',
  silent: 'Does not answer',
  other: 'Broken by a test',
};

/** Texts by the name of their place on the page; `pressed` and `tone` by the name of a control. */
export interface DeskView {
  readonly text: Readonly<Record<string, string>>;
  readonly tone: Readonly<Record<string, 'good' | 'bad'>>;
  readonly pressed: Readonly<Record<string, boolean>>;
}

export function deskView(state: DeskState): DeskView {
  const text: Record<string, string> = {};
  const tone: Record<string, 'good' | 'bad'> = {};
  const pressed: Record<string, boolean> = {};
  for (const service of DESK_SERVICES) {
    const answer = state.services[service];
    text[`${service}.state`] = ANSWER_WORDS[answer];
    tone[`${service}.state`] = answer === 'normal' ? 'good' : 'bad';
    for (const one of ANSWERS) pressed[`${service}.${one}`] = one === answer;
  }
  for (const person of PEOPLE) {
    const { liveGrants, hasRole, accounts, apiKey, keyIsLive, password } = state.people[person];
    text[`${person}.grants`] =
      liveGrants === 0 ? 'none' : `${liveGrants} live ${liveGrants === 1 ? 'grant' : 'grants'}`;
    text[`${person}.role`] = hasRole ? 'held' : 'taken away';
    text[`${person}.role-button`] = hasRole
      ? `Take ${person}'s role away`
      : `Give ${person}'s role back`;
    text[`${person}.accounts`] = accounts.map(({ name }) => name).join(', ') || 'none';
    text[`${person}.key`] = keyIsLive ? apiKey : `${apiKey} (revoked)`;
    text[`${person}.password`] = password;
    tone[`${person}.role`] = hasRole ? 'good' : 'bad';
  }
  return { text, tone, pressed };
}
