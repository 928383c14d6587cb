import { expect, test } from 'vitest';
import {
  filtersOf,
  isPlain,
  isShown,
  sameView,
  searchOf,
  showsWhole,
  type Filters,
} from './savedViews';
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

test.each(SEARCHES)('%j shows the whole of what is saved of it', (search) => {
  expect(showsWhole(filtersOf(search))).toBe(true);
  expect(isShown(filtersOf(search), { ...search, q: 'refund' })).toBe(true);
});

const BEYOND: Partial<Filters>[] = [
  { state: [] },
  { state: ['open', 'snoozed'] },
  { state: ['snoozed'], assignee: 'me' },
  { assignee: '0190a000-0000-7000-8000-000000000000' },
  { network: ['bluesky'] },
  { contact_id: '0190a000-0000-7000-8000-000000000000' },
  { since: '2026-11-01T00:00:00Z' },
  { until: '2026-11-01T00:00:00Z' },
];

test.each(BEYOND)('what holds %j is never taken for what is shown', (more) => {
  const filters = { ...filtersOf({ tag: ['t1'] }), ...more };
  expect(showsWhole(filters)).toBe(false);
  expect(isShown(filters, searchOf(filters))).toBe(false);
});

test('what the API leaves empty narrows nothing', () => {
  const empty = { contact_id: null, since: null, until: null, assignee: null };
  expect(isShown({ ...filtersOf({ kind: ['dm'] }), ...empty }, { kind: ['dm'] })).toBe(true);
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
