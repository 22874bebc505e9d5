/**
 * Everything that a test, the tour or the practice desk may do to the practice services.
 */
import type { Authorisation } from './authorisation/authorisation.ts';
import type { RedirectTamper } from './authorisation/redirect-tamper.ts';
import { randomPassword, type Passwords } from './basic.ts';
import type { Fault } from './fault.ts';
import type { IssuedKey, KeyRing } from './keys.ts';
import { PEOPLE, type Account, type Directory, type Person } from './people.ts';
import type { FaultOptions, FaultTarget, Hold, Traffic } from './traffic.ts';

export interface PracticeControl {
  setFault(target: FaultTarget, fault: Fault | null, options?: FaultOptions): void;
  faultOf(target: FaultTarget): Fault | null;
  /** Holds the next matching answer back after the service has done its work. */
  holdNext(target: FaultTarget, pathPrefix?: string): Hold;
  setRedirectTamper(tamper: RedirectTamper | null): void;
  rejectExtensionOrigin(reject: boolean): void;

  /** As the person would at the provider: refresh and access tokens die. */
  revokeGrants(person: Person): void;
  /** Access tokens die, refresh tokens live. */
  expireAccessTokens(person: Person): void;
  liveGrants(person: Person): number;
  setAccessTokenLifetime(seconds: number): void;
  /** Signs everybody out of the authorisation server; grants live on. */
  signOut(): void;

  setAccounts(person: Person, accounts: readonly Account[]): void;
  accountsOf(person: Person): readonly Account[];
  takeRoleAway(person: Person): void;
  giveRoleBack(person: Person): void;
  hasRole(person: Person): boolean;

  createKey(person: Person): string;
  listKeys(person: Person): readonly IssuedKey[];
  /** @returns the new key; those before it are dead. */
  rotateKey(person: Person): string;
  revokeKey(person: Person): void;
  /** The person's newest key, alive or not. */
  keyOf(person: Person): string;

  setPassword(person: Person, password: string): void;
  changePassword(person: Person): string;
  passwordOf(person: Person): string;

  /**
   * Every secret that the services ever knew: keys, passwords, codes, tokens, verifiers. For tests
   * that look for them where they must not be.
   */
  secrets(): readonly string[];

  /**
   * Services, roles, accounts, lifetimes and rules are as at start, and each person has a live key.
   * Grants, sessions, live keys and passwords stay as they are.
   */
  reset(): void;
}

export interface ControlParts {
  readonly traffic: Traffic;
  readonly authorisation: Authorisation;
  readonly directory: Directory;
  readonly keys: KeyRing;
  readonly passwords: Passwords;
}

export function createControl(parts: ControlParts): PracticeControl {
  const { traffic, authorisation, directory, keys, passwords } = parts;
  return {
    setFault: traffic.setFault,
    faultOf: traffic.faultOf,
    holdNext: traffic.holdNext,
    setRedirectTamper: authorisation.setRedirectTamper,
    rejectExtensionOrigin: authorisation.rejectExtensionOrigin,
    revokeGrants: authorisation.revokeGrants,
    expireAccessTokens: authorisation.expireAccessTokens,
    liveGrants: authorisation.liveGrants,
    setAccessTokenLifetime: authorisation.setAccessTokenLifetime,
    signOut: authorisation.signOut,
    setAccounts: directory.setAccounts,
    accountsOf: directory.accountsOf,
    takeRoleAway: (person) => directory.setRole(person, false),
    giveRoleBack: (person) => directory.setRole(person, true),
    hasRole: directory.hasRole,
    createKey: keys.create,
    listKeys: keys.list,
    rotateKey: keys.rotate,
    revokeKey: keys.revoke,
    keyOf: keys.keyOf,
    setPassword: passwords.setPassword,
    changePassword(person) {
      passwords.setPassword(person, randomPassword());
      return passwords.passwordOf(person);
    },
    passwordOf: passwords.passwordOf,
    secrets: () => [
      ...PEOPLE.flatMap((person) => keys.list(person).map(({ key }) => key)),
      ...passwords.all(),
      ...authorisation.secrets(),
    ],
    reset() {
      traffic.reset();
      authorisation.reset();
      directory.reset();
      keys.reset();
    },
  };
}
