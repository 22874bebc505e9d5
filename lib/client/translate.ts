import {
  localeOf,
  translator,
  type Argument,
  type MessageKey,
  type MessageSource,
  type PluralKey,
  type Words,
} from '../domain/words.ts';

let say: (words: Words) => string = () => '';
let dates: string | undefined;

/**
 * Gives the page its language; called once by the entry point, before anything is shown.
 * @param language the browser's own
 */
export function installMessages(source: MessageSource, language: string): void {
  dates = localeOf(source('language_tag', []), language);
  say = translator(source);
}

/** The locale of exact dates beside our sentences. */
export function locale(): string | undefined {
  return dates;
}

/** A message in the person's language. */
export function t(key: MessageKey, ...args: Argument[]): string {
  return say({ key, args });
}

/** A message that counts something; the count is its first argument. */
export function plural(key: PluralKey, count: number, ...args: Argument[]): string {
  return say({ plural: key, count, args });
}

/** Words of the domain in the person's language. */
export function tell(words: Words): string {
  return say(words);
}
