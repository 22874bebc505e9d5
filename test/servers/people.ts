/**
 * The two people of the practice services, and what they can reach. All services ask this one place.
 */

export const PEOPLE = ['alice', 'bob'] as const;
export type Person = (typeof PEOPLE)[number];

export interface Profile {
  /** The stable id that every practice service says: the identity of a connection. */
  readonly id: string;
  readonly login: Person;
  readonly email: string;
  readonly name: string;
  readonly workspace: string;
  readonly plan: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
}

const PROFILES: Readonly<Record<Person, Profile>> = {
  alice: {
    id: 'practice-alice',
    login: 'alice',
    email: 'alice@practice.example',
    name: 'Alice Archer',
    workspace: 'Harbour Studio',
    plan: 'team',
  },
  bob: {
    id: 'practice-bob',
    login: 'bob',
    email: 'bob@practice.example',
    name: 'Bob Baker',
    workspace: 'Bakery Row',
    plan: 'free',
  },
};

/** What each person reaches at start: three accounts make two pages, one account makes one. */
const FIRST_ACCOUNTS: Readonly<Record<Person, readonly Account[]>> = {
  alice: [
    { id: 'acc-harbour', name: 'Harbour Bakery' },
    { id: 'acc-harbour-shop', name: 'Harbour Bakery Online' },
    { id: 'acc-lighthouse', name: 'Lighthouse Café' },
  ],
  bob: [{ id: 'acc-bicycles', name: "Bob's Bicycles" }],
};

export function profileOf(person: Person): Profile {
  return PROFILES[person];
}

/** The person with this stable id, or `null`. */
export function personWithId(id: string): Person | null {
  return PEOPLE.find((person) => PROFILES[person].id === id) ?? null;
}

/** The person that a login hint means (id, login or e-mail address), or `null`. */
export function personFromHint(hint: string): Person | null {
  const text = hint.trim().toLowerCase();
  return (
    PEOPLE.find((person) => {
      const { id, login, email } = PROFILES[person];
      return [id, login, email].includes(text);
    }) ?? null
  );
}

export function isPerson(text: unknown): text is Person {
  return PEOPLE.some((person) => person === text);
}

/** What may change about the people while the services run. */
export interface Directory {
  accountsOf(person: Person): readonly Account[];
  setAccounts(person: Person, accounts: readonly Account[]): void;
  hasRole(person: Person): boolean;
  setRole(person: Person, held: boolean): void;
  reset(): void;
}

export function createDirectory(): Directory {
  const accounts = new Map<Person, readonly Account[]>();
  const withoutRole = new Set<Person>();
  return {
    accountsOf: (person) => accounts.get(person) ?? FIRST_ACCOUNTS[person],
    setAccounts: (person, list) => void accounts.set(person, list),
    hasRole: (person) => !withoutRole.has(person),
    setRole(person, held) {
      if (held) withoutRole.delete(person);
      else withoutRole.add(person);
    },
    reset() {
      accounts.clear();
      withoutRole.clear();
    },
  };
}
