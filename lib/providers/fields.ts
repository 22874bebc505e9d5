/** The kinds of text that a provider definition is made of. Each message is an {@link IssueCode}. */
import * as v from 'valibot';
import { templateProblem } from '../domain/url-template.ts';
import type { IssueCode } from './issue-codes.ts';

const code = <const C extends IssueCode>(name: C): C => name;

/**
 * Control characters and marks that turn the direction of a text: they could make one name look
 * like another (Unicode TR 36 §2.5). Letters of every script are welcome.
 */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A text that a person reads, in one line; trimmed. */
export const Text = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(code('empty')),
    v.maxLength(max, code('too-long')),
    v.check((text) => !INVISIBLE.test(text), code('control-character')),
  );

/** A value that goes out as it stands. */
export const Value = (max: number) => v.pipe(v.string(), v.maxLength(max, code('too-long')));

export const Identifier = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, code('identifier')),
);

/**
 * The name of a parameter, as it stands between braces in an address. Two names would be lost: a checked
 * record never holds what every object inherits (valibot's `record`).
 */
export const ParameterName = v.pipe(
  v.string(),
  v.regex(/^(?!(?:constructor|prototype)$)[a-z][A-Za-z0-9]{0,30}$/, code('identifier')),
);

/** An address with `{parameters}`: `https:`, or `http:` on this machine alone. */
export const Template = v.pipe(
  v.string(),
  v.maxLength(2048, code('too-long')),
  v.check(
    (text) => templateProblem(text) === null,
    (issue): IssueCode => `url-${templateProblem(issue.input) ?? 'malformed'}`,
  ),
);

/** Headers that no script may set; a definition that names one would be silently disobeyed (Fetch Standard, "forbidden request-header"). */
const FORBIDDEN_HEADER =
  /^(?:accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

/** The name of a request's header (RFC 9110 §5.1). */
export const HeaderName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, code('header')),
  v.check((name) => !FORBIDDEN_HEADER.test(name), code('header')),
);

export const HeaderValue = v.pipe(
  v.string(),
  v.maxLength(512, code('too-long')),
  v.regex(/^[\x20-\x7e]*$/, code('header')),
);

export const Headers = v.record(HeaderName, HeaderValue);

/** `gitlab.com`: a host alone, without scheme, port or path. */
export const Host = v.pipe(
  v.string(),
  v.maxLength(253, code('too-long')),
  v.regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, code('host')),
);

/** `a.b[0].c`; the empty path is the whole answer; `[]` after an array's name walks into each item. */
export const Path = v.pipe(
  v.string(),
  v.maxLength(200, code('too-long')),
  v.regex(/^([\w@$-]+|\[\d*\])?((\.[\w@$-]+)|\[\d*\])*$/, code('path')),
);

/** Parameters of an address, by name. */
export const Parameters = v.record(Text(64), Value(256));

/** SVG path data. */
export const IconPath = v.pipe(
  v.string(),
  v.maxLength(8000, code('too-long')),
  v.regex(/^[\d\s.,MmLlHhVvCcSsQqTtAaZzEe+-]+$/, code('icon')),
);

export const Color = v.pipe(v.string(), v.hexColor(code('color')));
export const Day = v.pipe(v.string(), v.isoDate(code('date')));

/** A length of time in whole seconds. */
export const Seconds = v.pipe(
  v.number(),
  v.integer(code('type')),
  v.minValue(1, code('range')),
  v.maxValue(100 * 365 * 86_400, code('range')),
);

export const Status = v.pipe(
  v.number(),
  v.integer(code('type')),
  v.minValue(100, code('range')),
  v.maxValue(599, code('range')),
);

/** A list of at most so many. */
export const ListOf = <const S extends v.GenericSchema>(item: S, max: number) =>
  v.pipe(v.array(item), v.maxLength(max, code('too-many')));

/** A list of at least one and at most so many. */
export const SomeOf = <const S extends v.GenericSchema>(item: S, max: number) =>
  v.pipe(v.array(item), v.minLength(1, code('too-few')), v.maxLength(max, code('too-many')));
