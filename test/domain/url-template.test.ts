import { describe, expect, it } from 'vitest';
import { plainText, valueAt, valuesAt } from '../../lib/domain/json-path.ts';
import {
  expandUrl,
  originPattern,
  templateProblem,
  urlProblem,
} from '../../lib/domain/url-template.ts';

describe('urlProblem', () => {
  it.each([
    ['https://api.example.com/me', null],
    ['http://127.0.0.1:4810/me', null],
    ['http://localhost/me', null],
    ['http://[::1]:80/', null],
    ['http://api.example.com/me', 'insecure'],
    ['http://127.0.0.1.example.com/', 'insecure'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['https://user:pw@example.com/', 'userinfo'],
    ['https://example.com/#x', 'fragment'],
    ['not an address', 'malformed'],
  ])('says of %s: %s', (url, problem) => {
    expect(urlProblem(url)).toBe(problem);
  });
});

describe('expandUrl', () => {
  it('puts a site in as it is and encodes everything else', () => {
    const url = expandUrl('{site}/api/{group}', {
      site: 'https://git.example.com/x/',
      group: '../a b',
    });
    expect(url).toBe('https://git.example.com/x/api/..%2Fa%20b');
  });
  it.each([
    ['a missing parameter', {}],
    ['an insecure site', { site: 'http://git.example.com' }],
    ['a site with a user in it', { site: 'https://a@git.example.com' }],
    ['a script for a site', { site: 'javascript:alert(1)//' }],
  ])('refuses %s', (_, params) => {
    expect(expandUrl('{site}/api', params as Record<string, string>)).toBeNull();
  });
  it('judges a template before anything is filled in', () => {
    expect(templateProblem('{site}/api')).toBeNull();
    expect(templateProblem('http://api.example.com/{id}')).toBe('insecure');
  });
  it('asks for a host without its port', () => {
    expect(originPattern('http://127.0.0.1:4810/me')).toBe('http://127.0.0.1/*');
  });
});

describe('paths into an answer', () => {
  const json: unknown = JSON.parse('{"a":{"b":[{"c":1},{"c":2}]},"__proto__":{"x":1}}');
  it.each([
    ['a.b[1].c', 2],
    ['a.b[9].c', undefined],
    ['constructor', undefined],
    ['a.b.length', 2],
  ])('finds %s', (path, expected) => {
    expect(valueAt(json, path)).toBe(expected);
  });
  it('walks into every item', () => {
    expect(valuesAt(json, 'a.b[].c')).toEqual([1, 2]);
  });
  it('makes a stranger’s text one plain line, whole characters only', () => {
    expect(plainText('a\u0000\u202Eb\r\n c', 10)).toBe('a b c');
    expect(plainText('😀'.repeat(50), 5)).toBe('😀😀😀😀…');
  });
});
