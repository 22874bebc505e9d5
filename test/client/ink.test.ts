import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { inkOn, opaqueColor } from '../../lib/client/ink.ts';

/** WCAG 2.2, contrast ratio; written anew, so that a mistake is not made twice. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const channel = Number.parseInt(color.slice(1 + at * 2, 3 + at * 2), 16) / 255;
      const linear = channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
      return sum + weight * linear;
    }, 0);
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

it('writes on any colour so that it can be read', () => {
  const color = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(fc.property(color, (on) => contrast(on, inkOn(on)) >= 4.5));
});

it.each([
  ['#abc', '#aabbcc'],
  ['#abcd', '#aabbcc'],
  ['#102030', '#102030'],
  ['#10203040', '#102030'],
  ['red;background:url(x)', '#8a919e'],
  ['', '#8a919e'],
])('takes %j for %s', (given, expected) => {
  expect(opaqueColor(given)).toBe(expected);
});
