import { expect, test } from 'vitest';
import { addMonths, isDay, mondayOf } from '@/shared/lib/days';
import { daysOf, turned } from './grid';

test('a month is shown in whole weeks from Monday', () => {
  const shown = daysOf('month', '2026-11-25');
  expect([shown[0], shown.at(-1), shown.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
  expect(daysOf('month', '2027-02-10')).toHaveLength(28);
});

test('a list shows its month, a week its seven days', () => {
  expect(daysOf('list', '2028-02-03')).toHaveLength(29);
  expect(daysOf('week', '2026-03-01')).toEqual([
    '2026-02-23',
    '2026-02-24',
    '2026-02-25',
    '2026-02-26',
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
});

test('turning a page never leaves a month out', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(turned('month', '2026-03-31', -1)).toBe('2026-02-28');
  expect(turned('week', '2026-12-28', 1)).toBe('2027-01-04');
});

test('only days that exist are days', () => {
  expect(['2026-02-29', '2026-2-1', 'today', 7, '2026-11-31'].filter(isDay)).toEqual([]);
  expect(isDay('2028-02-29')).toBe(true);
});
