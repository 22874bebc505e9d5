/**
 * What a provider says in its own words, made fit to keep and to show: never with a secret in it, in
 * whatever way the provider writes it back.
 */
import { jsonOf, type Answer } from './exchange.ts';
import { CUT, plainText, valueAt } from './json-path.ts';
import type { Verdict } from './verdict.ts';

const REDACTED = '[redacted]';

/** The longest words that are kept, in characters. */
const WORDS_MAX = 300;

/** Where services put what they have to say, the most telling first. */
const WORDS_AT = ['error_description', 'error.message', 'message', 'error', 'detail', 'title'];

/** The provider's own words in an answer, for the evidence: cut, and without the secrets given. */
export function wordsOf(answer: Answer, secrets: readonly string[]): string | null {
  if (answer.kind === 'silence') return null;
  const json = jsonOf(answer.text);
  for (const path of WORDS_AT) {
    const value = valueAt(json, path);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const words = redact(String(value), secrets);
    if (words !== '') return words;
  }
  return null;
}

/** A text without the given secrets, and without anything that is as long and dense as a token. */
export function redact(text: string, secrets: readonly string[]): string {
  // Before anything is cut: the beginning of a secret is no longer recognised as one.
  const known = withoutSecrets(text, secrets);
  return plainText(known.replace(/[A-Za-z0-9_\-.~+/=]{32,}/g, REDACTED), WORDS_MAX);
}

/** A text without the given secrets, as they are and as addresses, forms, JSON and base64 write them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return eraser(secrets)(text);
}

/** What takes the given secrets out of texts. */
export function eraser(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((one) => one.length >= SHORTEST)
    .flatMap(writtenForms)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const whole = forms.reduce((left, form) => left.replaceAll(form, REDACTED), text);
    return whole.endsWith(CUT) ? withoutBeginning(whole, forms) : whole;
  };
}

/** Fewer characters than this are a word like any other. */
const SHORTEST = 4;

/** A text that was cut in the middle of a secret ends with the secret's beginning. */
function withoutBeginning(text: string, forms: readonly string[]): string {
  const kept = text.slice(0, -CUT.length);
  for (const form of forms)
    for (let length = Math.min(form.length, kept.length); length >= SHORTEST; length--)
      if (kept.endsWith(form.slice(0, length))) return kept.slice(0, -length) + REDACTED + CUT;
  return text;
}

/** A verdict whose texts, which are the provider's, hold none of the given secrets. */
export function verdictWithoutSecrets(verdict: Verdict, secrets: readonly string[]): Verdict {
  switch (verdict.kind) {
    case 'misconfigured':
      return { ...verdict, code: withoutSecrets(verdict.code, secrets) };
    case 'valid': {
      const { id, label, workspace } = verdict.identity;
      const erase = eraser(secrets);
      const identity = {
        id: erase(id),
        label: erase(label),
        workspace: workspace === null ? null : erase(workspace),
      };
      return { ...verdict, identity };
    }
    default:
      return verdict;
  }
}

function writtenForms(secret: string): string[] {
  // Half a character is none in an address, and no reason to fail.
  const inAddress = encodeURIComponent(secret.toWellFormed());
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret)));
  const base64Url = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [
    secret,
    // As a text in one line has it.
    plainText(secret, secret.length),
    inAddress,
    inAddress.replaceAll(/%../g, (escape) => escape.toLowerCase()),
    inForm,
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64Url,
    base64.replace(/=+$/, ''),
    base64Url.replace(/=+$/, ''),
  ];
}
