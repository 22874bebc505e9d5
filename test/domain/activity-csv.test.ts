import { describe, expect, it } from 'vitest';
import type { Activity, Happening } from '../../lib/domain/activity.ts';
import {
  ACTIVITY_COLUMNS,
  activityCsv,
  type ActivitySpeech,
} from '../../lib/domain/transfer/activity-csv.ts';
import { readCsv } from '../support/read-csv.ts';

const AT = Date.UTC(2026, 10, 21, 8, 30);

/** Keys with their arguments, in place of sentences. */
const speech: ActivitySpeech = {
  heading: (column) => column,
  tell: (words) => ['key' in words ? words.key : words.plural, ...(words.args ?? [])].join(' '),
  environment: (id) => id.toUpperCase(),
};

function line(happening: Happening, more: Partial<Activity> = {}): Activity {
  const where = { providerId: 'p', providerName: 'Shop', environmentId: 'staging' };
  return { at: AT, happening, connectionIds: ['c-1'], count: 1, name: 'Orders', ...where, ...more };
}

function rows(...lines: Activity[]): Record<string, string>[] {
  const [headings = [], ...table] = readCsv(activityCsv(lines, speech));
  return table.map((cells) => Object.fromEntries(cells.map((text, at) => [headings[at], text])));
}

describe('the activity as a table', () => {
  it('says when, of whom, what and how, in UTC', () => {
    const found = rows(
      line({ kind: 'mended', how: 'key-replaced' }),
      line({ kind: 'edited', fields: ['tags', 'notes'] }, { name: '', environmentId: 'own' }),
    );
    expect(found[0]).toEqual({
      at: '2026-11-21T08:30:00.000Z',
      name: 'Orders',
      count: '1',
      what: 'activity_mended',
      how: 'activity_mended_key_replaced',
      provider: 'Shop',
      environment: 'STAGING',
      ids: 'c-1',
    });
    expect(found[1]).toMatchObject({
      name: '',
      how: 'activity_field_tags; activity_field_notes',
      environment: 'OWN',
    });
  });

  it('writes moments within a sentence in UTC too', () => {
    expect(rows(line({ kind: 'snoozed', until: AT + 60_000 }))[0]).toMatchObject({
      what: 'activity_snoozed 2026-11-21T08:31:00.000Z',
      how: '',
    });
  });

  it('names every connection that one line can be found by, and how many it speaks of', () => {
    const [row] = rows(line({ kind: 'deleted' }, { connectionIds: ['a', 'b'], count: 300 }));
    expect(row).toMatchObject({ ids: 'a; b', count: '300' });
  });

  it('has no cell that a spreadsheet would run, and as many in each line', () => {
    const hostile = line(
      { kind: 'renamed', from: '=1+1' },
      { name: '=HYPERLINK("x")', providerName: '@shop, "inc"\r\n+1', connectionIds: ['-1'] },
    );
    const table = readCsv(activityCsv([hostile], speech));
    expect(table.map((row) => row.length)).toEqual([1, 2].map(() => ACTIVITY_COLUMNS.length));
    expect(table.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(table[1]).toEqual(expect.arrayContaining([`'=HYPERLINK("x")`, "'-1"]));
  });

  it('is its headings alone where nothing happened', () => {
    expect(activityCsv([], speech)).toBe(`\uFEFF${ACTIVITY_COLUMNS.join(',')}\r\n`);
  });
});
