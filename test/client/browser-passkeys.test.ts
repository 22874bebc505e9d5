/** What browsers and authenticators say, played; the real ones are asked in `vault-passkey.e2e.ts`. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserPasskeys } from '../../lib/client/browser-passkeys.ts';
import { answerBytes, answerOf, NO_ANSWER_LEFT } from '../support/a-passkey.ts';

type Results = { readonly prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } } };

class AttestationResponse {
  getTransports = () => ['internal'];
}

class FakeCredential {
  static getClientCapabilities: (() => Promise<Record<string, boolean>>) | undefined;
  static signalUnknownCredential: ((options: object) => Promise<void>) | undefined;
  readonly id: string;
  readonly response = new AttestationResponse();
  readonly #results: Results;
  constructor(id: string, results: Results) {
    this.id = id;
    this.#results = results;
  }
  getClientExtensionResults = () => this.#results;
}

let create: (options: CredentialCreationOptions) => Promise<unknown>;
let get: (options: CredentialRequestOptions) => Promise<unknown>;
let dropped: object[];

const answer = () => answerBytes('AQID').buffer;
const failing = (name: string) => () => Promise.reject(new DOMException('no', name));

beforeEach(() => {
  dropped = [];
  create = async () => new FakeCredential('AQID', { prf: { enabled: true } });
  get = async () => new FakeCredential('AQID', { prf: { results: { first: answer() } } });
  FakeCredential.getClientCapabilities = async () => ({ 'extension:prf': true });
  FakeCredential.signalUnknownCredential = async (options) => void dropped.push(options);
  vi.stubGlobal('PublicKeyCredential', FakeCredential);
  vi.stubGlobal('AuthenticatorAttestationResponse', AttestationResponse);
  vi.stubGlobal('location', { protocol: 'chrome-extension:', host: 'an-id' });
  vi.stubGlobal('navigator', {
    credentials: {
      create: (options: CredentialCreationOptions) => create(options),
      get: (options: CredentialRequestOptions) => get(options),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a new passkey', () => {
  it('answers at once where its authenticator can, and nothing is left of it', async () => {
    const first = answer();
    create = async () => new FakeCredential('AQID', { prf: { enabled: true, results: { first } } });
    get = failing('AbortError');
    expect(await browserPasskeys.make('Laptop', [])).toEqual({
      id: 'AQID',
      transports: ['internal'],
      answer: answerOf('AQID'),
    });
    expect([...new Uint8Array(first)]).toEqual(NO_ANSWER_LEFT);
  });

  it('is asked once more where it does not', async () => {
    const asked: CredentialRequestOptions[] = [];
    const answering = get;
    get = (options) => {
      asked.push(options);
      return answering(options);
    };
    expect(await browserPasskeys.make('Laptop', [])).toMatchObject({ answer: answerOf('AQID') });
    expect(asked).toMatchObject([
      {
        publicKey: {
          userVerification: 'required',
          allowCredentials: [{ id: new Uint8Array([1, 2, 3]) }],
        },
      },
    ]);
  });

  it('wants the person verified, and no second one in the same place', async () => {
    let asked: PublicKeyCredentialCreationOptions | undefined;
    const making = create;
    create = (options) => {
      asked = options.publicKey;
      return making(options);
    };
    await browserPasskeys.make('Laptop', [{ id: '_-8', transports: ['usb'] }]);
    expect(asked).toMatchObject({
      authenticatorSelection: { userVerification: 'required' },
      excludeCredentials: [{ id: new Uint8Array([255, 239]), transports: ['usb'] }],
    });
  });

  it.each([[{}], [{ prf: {} }], [{ prf: { enabled: false } }]])(
    'that cannot answer (%j) is given back',
    async (results) => {
      create = async () => new FakeCredential('AQID', results);
      await expect(browserPasskeys.make('Laptop', [])).rejects.toMatchObject({
        code: 'passkey-unsupported',
      });
      expect(dropped).toEqual([{ rpId: 'an-id', credentialId: 'AQID' }]);
    },
  );

  it('that is not used at the second dialog is given back', async () => {
    get = failing('NotAllowedError');
    await expect(browserPasskeys.make('Laptop', [])).rejects.toMatchObject({
      code: 'passkey-none',
    });
    expect(dropped).toHaveLength(1);
  });
});

describe('what a browser says', () => {
  it.each([
    ['NotAllowedError', 'passkey-none'],
    ['AbortError', 'passkey-none'],
    ['InvalidStateError', 'passkey-taken'],
    ['NotSupportedError', 'passkey-unsupported'],
    ['SecurityError', 'passkey-unsupported'],
  ])('%s, is %s', async (name, code) => {
    create = failing(name);
    get = failing(name);
    await expect(browserPasskeys.make('Laptop', [])).rejects.toMatchObject({ code });
    await expect(browserPasskeys.ask([])).rejects.toMatchObject({ code });
    expect(dropped).toEqual([]);
  });

  it('nothing, is no passkey; one without an answer is none that can be used', async () => {
    get = async () => null;
    await expect(browserPasskeys.ask([])).rejects.toMatchObject({ code: 'passkey-none' });
    get = async () => new FakeCredential('AQID', { prf: { results: {} } });
    await expect(browserPasskeys.ask([])).rejects.toMatchObject({ code: 'passkey-unsupported' });
    get = async () => new FakeCredential('AQID', {});
    await expect(browserPasskeys.ask([])).rejects.toMatchObject({ code: 'passkey-unsupported' });
  });
});

describe('passkeys are offered', () => {
  it('where the browser names the extension prf', async () => {
    expect(await browserPasskeys.work()).toBe(true);
  });

  it.each([
    ['it does not', () => (FakeCredential.getClientCapabilities = async () => ({}))],
    ['it cannot be asked', () => (FakeCredential.getClientCapabilities = undefined)],
    ['asking fails', () => (FakeCredential.getClientCapabilities = failing('NotAllowedError'))],
    ['it is Firefox', () => vi.stubGlobal('location', { protocol: 'moz-extension:' })],
  ])('and not where %s', async (_, become) => {
    become();
    expect(await browserPasskeys.work()).toBe(false);
  });

  it('and not where there is no WebAuthn', async () => {
    vi.unstubAllGlobals();
    vi.stubGlobal('location', { protocol: 'chrome-extension:' });
    expect(await browserPasskeys.work()).toBe(false);
  });
});

it('an authenticator that cannot be told is not told', () => {
  FakeCredential.signalUnknownCredential = undefined;
  expect(() => browserPasskeys.drop(['AQID'])).not.toThrow();
  vi.unstubAllGlobals();
  expect(() => browserPasskeys.drop(['AQID'])).not.toThrow();
});
