import { expect, test } from 'vitest';
import { nextSort, readSort, sorted } from './sorting';

const row = (key: string, value: number | null) => ({
  key,
  numbers: [{ metric: 'replies' as const, now: { value, count: value ?? 0 } }],
});
const rows = [row('b', 2), row('c', null), row('a', 5)];
const keys = (sort: string | undefined) =>
  sorted(rows, readSort(sort, ['replies']), ({ key }) => key ?? '').map(({ key }) => key);

test.each([
  [undefined, ['b', 'c', 'a']],
  ['replies', ['a', 'b', 'c']],
  ['-replies', ['b', 'a', 'c']],
  ['key', ['a', 'b', 'c']],
  ['-key', ['c', 'b', 'a']],
  ['moon', ['b', 'c', 'a']],
])('by %s', (sort, order) => {
  expect(keys(sort)).toEqual(order);
});

test('a head is pressed down, up and away', () => {
  const columns = ['replies'] as const;
  const first = nextSort(undefined, 'replies');
  const second = nextSort(readSort(first, columns), 'replies');
  expect([first, second, nextSort(readSort(second, columns), 'replies')]).toEqual([
    'replies',
    '-replies',
    undefined,
  ]);
});
