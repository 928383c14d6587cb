import { expect, test } from 'vitest';
import { cellsOf, heatOf, stepped } from './heat';

const figure = (value: number) => ({ value, count: value });

test('an hour of the week is found in its row', () => {
  const at = cellsOf([
    { key: '0', numbers: [{ metric: 'received', now: figure(3) }] },
    { key: '167', numbers: [{ metric: 'received', now: figure(5) }] },
  ]);
  expect([at(1, 0).value, at(7, 23).value, at(3, 12).value]).toEqual([3, 5, null]);
});

test('what is busy is dark, what is empty is not', () => {
  expect([heatOf(null, 9), heatOf(0, 0), heatOf(4, 16), heatOf(16, 16)]).toEqual([0, 0, 0.5, 1]);
});

test('arrows move within the week, also where it is turned', () => {
  const monday = { weekday: 1, hour: 0 };
  expect(stepped(monday, 'ArrowUp', false)).toEqual(monday);
  expect(stepped(monday, 'ArrowRight', false)).toEqual({ weekday: 1, hour: 1 });
  expect(stepped(monday, 'ArrowRight', true)).toEqual({ weekday: 2, hour: 0 });
  expect(stepped(monday, 'Enter', false)).toBeUndefined();
});
