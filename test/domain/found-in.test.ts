import { describe, expect, it } from 'vitest';
import { COLUMN_IDS } from '../../lib/domain/columns.ts';
import { foundIn } from '../../lib/domain/found-in.ts';
import { matchesText, searchWords } from '../../lib/domain/query.ts';
import { connection } from '../client/connections.ts';

const ads = connection({
  name: 'Ads',
  tags: ['quarterly'],
  identity: { id: 'u-7', label: 'alice@example.com', workspace: 'North' },
  accounts: {
    kind: 'ready',
    items: [
      { id: 'a-1', label: 'Shoes' },
      { id: 'a-3', label: 'Shoes 17' },
      { id: 'a-2', label: 'Crème brûlée' },
    ],
    isCut: false,
    readAt: 0,
  },
});

describe('what a search found that the row does not show', () => {
  it.each([
    ['ads', null],
    ['alice north', null],
    ['creme', 'Crème brûlée'],
    ['ads a-2', 'a-2'],
    ['shoes 17', 'Shoes 17'],
    ['shoes creme', 'Shoes'],
    ['quarterly', null],
  ])('of %j is %j where all columns are there', (search, text) => {
    expect(matchesText(ads, search)).toBe(true);
    expect(foundIn(ads, searchWords(search), COLUMN_IDS)).toBe(text);
  });

  it.each([
    ['ads', null],
    ['alice', 'alice@example.com'],
    ['north', 'North'],
    ['u-7', 'u-7'],
    ['quarterly shoes', 'quarterly'],
  ])('of %j is %j on a card', (search, text) => {
    expect(foundIn(ads, searchWords(search), ['provider', 'name', 'status', 'actions'])).toBe(text);
  });
});
