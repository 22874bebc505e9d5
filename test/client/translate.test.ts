import { beforeEach, expect, it } from 'vitest';
import { installMessages, plural, t } from '../../lib/client/translate.ts';
import { english } from './options-world.ts';

let asked: string[];

beforeEach(() => {
  asked = [];
  installMessages((key, substitutions) => {
    asked.push(key);
    return english(key, substitutions);
  }, 'en-GB');
  asked = [];
});

it('fills in what is different, and asks the browser for a message once', () => {
  const said = ['A', 'B $1 $NAME$', ''].map((name) => t('open_named', name));
  expect(said).toEqual(['Open A', 'Open B $1 $NAME$', 'Open ']);
  expect([plural('summary_active', 2), plural('summary_active', 3)]).toEqual([
    '2 active',
    '3 active',
  ]);
  expect(asked).toEqual(['open_named', 'summary_active_other']);
});

it('fills in several places, whatever stands in them', () => {
  expect(t('action_stop_progress', 3, 1_200)).toBe('Stop (3/1,200)');
});

it('says nothing for a message that is not there', () => {
  expect(t('no_such_message' as never)).toBe('');
});
