import { expect, test } from 'vitest';
import { presetPeriod, intervalOf } from './periods';
import { readSearch } from './search';
import { reportQuery } from './report';

const TODAY = '2026-11-25';
const PERSON = '01a21390-e260-750d-9735-d492cc8fb348';

test('only what is understood is taken from an address', () => {
  expect(
    readSearch({
      period: '7d',
      hours: 'business',
      person: [PERSON, 'x'],
      kind: ['dm', 'telegram'],
      cell: ['hour:9', 'drop:table'],
      by: 'moon',
      compare: true,
    }),
  ).toEqual({
    period: '7d',
    hours: 'business',
    person: [PERSON],
    kind: ['dm'],
    cell: ['hour:9'],
  });
});

test('behind a number that does not exist there is nothing', () => {
  expect(readSearch({ behind: 'foo' })).toEqual({});
  expect(readSearch({ behind: 'backlog' })).toEqual({ behind: 'backlog' });
});

test('days of their own win over a usual period, if both are given in order', () => {
  const days = { first: '2026-11-01', last: '2026-11-07' };
  expect(readSearch({ ...days, period: '7d' })).toEqual(days);
  expect(readSearch({ first: '2026-11-07', last: '2026-11-01', period: '7d' })).toEqual({
    period: '7d',
  });
});

test.each([
  ['7d', '2026-11-19', TODAY],
  ['week', '2026-11-23', TODAY],
  ['lastMonth', '2026-10-01', '2026-10-31'],
] as const)('%s', (preset, first, last) => {
  expect(presetPeriod(preset, TODAY)).toEqual({ first, last });
});

test('long periods are drawn by weeks and months', () => {
  expect(intervalOf(presetPeriod('28d', TODAY))).toBe('day');
  expect(intervalOf(presetPeriod('90d', TODAY))).toBe('week');
  expect(intervalOf({ first: '2026-01-01', last: TODAY })).toBe('month');
});

test('a cell narrows the period and the filters', () => {
  const cell = ['day:2026-11-20', 'hour:9', 'person:'];
  expect(reportQuery(readSearch({ cell, person: [PERSON] }), TODAY, { cells: true })).toEqual({
    first: '2026-11-20',
    last: '2026-11-20',
    hours: 'all',
    hour: [9],
    person_id: ['00000000-0000-0000-0000-000000000000'],
  });
});
