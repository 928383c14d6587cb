import { expect, test } from 'vitest';
import { filtersOf, isPlain, sameView, searchOf } from './savedViews';
import type { InboxSearch } from './search';

const SEARCHES: InboxSearch[] = [
  {},
  { view: 'mine' },
  { view: 'unassigned', kind: ['review'] },
  { view: 'snoozed', tag: ['t1', 't2'], waiting: true },
  { view: 'handled', profile: ['p1'], team: ['m1'] },
];

test.each(SEARCHES)('%j comes back from what is saved of it', (search) => {
  expect(searchOf(filtersOf(search))).toEqual(search);
});

test('words that are looked for are not saved', () => {
  expect(searchOf(filtersOf({ view: 'mine', q: 'refund' }))).toEqual({ view: 'mine' });
});

test('the order of what is chosen makes no other view, and the words neither', () => {
  expect(sameView({ tag: ['a', 'b'], q: 'x' }, { tag: ['b', 'a'] })).toBe(true);
  expect(sameView({ tag: ['a'] }, { tag: ['b'] })).toBe(false);
  expect(sameView({ view: 'open', waiting: false }, {})).toBe(true);
});

test('a plain view has no filters', () => {
  expect(isPlain({ view: 'mine', q: 'x' })).toBe(true);
  expect(isPlain({ view: 'mine', waiting: true })).toBe(false);
});
