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
  say = translator(remembering(source));
}

/** Stands for a substitution in a message that is remembered; no catalogue holds it. */
const MARK = '\u{F8FF}';

/**
 * Asks for each message once, with marks in its places. The browser takes as long for a message as a
 * row takes for an element, and a list says the same ones in every row.
 */
function remembering(source: MessageSource): MessageSource {
  const known = new Map<string, readonly string[]>();
  return (key, substitutions) => {
    const id = `${key} ${substitutions.length}`;
    let parts = known.get(id);
    if (parts === undefined) {
      const marks = substitutions.map((_, at) => `${MARK}${at}${MARK}`);
      // Every other part is the number of a place.
      parts = source(key, marks).split(MARK);
      known.set(id, parts);
    }
    return parts.map((part, at) => (at % 2 === 0 ? part : substitutions[Number(part)])).join('');
  };
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
