import { expect, test } from 'vitest';
import { changeOf, say, sayChange } from './figures';

test.each([
  [1234, 'count', '1,234'],
  [0.856, 'share', '85.6%'],
  [42, 'seconds', '42 sec'],
  [7_500, 'seconds', '2 hr 5 min'],
  [null, 'count', '–'],
] as const)('%s as %s', (value, unit, said) => {
  expect(say(value, unit, 'en')).toBe(said);
});

test('a change is better, worse or neither, by what the number means', () => {
  expect(changeOf('first_response_time', 'seconds', 60, 120)?.verdict).toBe('better');
  expect(changeOf('response_rate', 'share', 0.8, 0.9)?.verdict).toBe('worse');
  expect(changeOf('received', 'count', 200, 100)?.verdict).toBe('neutral');
  expect(changeOf('backlog', 'count', 5, 5)).toMatchObject({
    direction: 'same',
    verdict: 'neutral',
  });
});

test('a share moves by points, a count by percent, and nothing moves from nothing', () => {
  const share = changeOf('response_rate', 'share', 0.85, 0.8);
  expect(share && sayChange(share, 'en')).toBe('5');
  const count = changeOf('received', 'count', 150, 100);
  expect(count && sayChange(count, 'en')).toBe('50 %');
  const first = changeOf('received', 'count', 3, 0);
  expect(first).toMatchObject({ direction: 'up', amount: undefined });
  expect(changeOf('first_response_time', 'seconds', null, 60)).toBeUndefined();
});
