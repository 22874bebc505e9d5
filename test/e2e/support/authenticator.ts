/** An authenticator in software, which says yes to everything that a page asks it; no dialog is shown. */
import type { CDPSession, Page } from 'playwright-core';

export interface Authenticators {
  /** Puts another in place of the one at hand, with nothing in it. */
  readonly swap: (options?: { readonly hasPrf: boolean }) => Promise<void>;
}

export async function useAuthenticators(page: Page): Promise<Authenticators> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  let authenticatorId = await add(session, true);
  return {
    async swap({ hasPrf } = { hasPrf: true }) {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      authenticatorId = await add(session, hasPrf);
    },
  };
}

async function add(session: CDPSession, hasPrf: boolean): Promise<string> {
  const options = {
    protocol: 'ctap2',
    ctap2Version: 'ctap2_1',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
    hasPrf,
  } as const;
  return (await session.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
}

/** Runs in a page: notes what authenticators answer from now on, before the page overwrites it. */
export function overhear(): void {
  const answers: number[][] = [];
  Object.assign(globalThis, { overheard: answers });
  for (const name of ['create', 'get'] as const) {
    const ask = navigator.credentials[name].bind(navigator.credentials) as (
      options: object,
    ) => Promise<PublicKeyCredential | null>;
    const asked = async (options: object): Promise<PublicKeyCredential | null> => {
      const given = await ask(options);
      const first = given?.getClientExtensionResults().prf?.results?.first;
      if (first !== undefined) answers.push([...new Uint8Array(first as ArrayBuffer)]);
      return given;
    };
    Object.defineProperty(navigator.credentials, name, { value: asked });
  }
}

/** What was overheard, in order. */
export function overheard(page: Page): Promise<number[][]> {
  return page.evaluate(() => (globalThis as unknown as { overheard: number[][] }).overheard);
}

/** Every way in which such bytes could be written somewhere. */
export function spellingsOf(answer: readonly number[]): string[] {
  const bytes = Buffer.from(answer);
  return [
    answer.join(),
    ...(['hex', 'latin1', 'base64url'] as const).map((way) => bytes.toString(way)),
  ];
}
