import { expect, test } from 'vitest';
import { followersByDay, gainedByDay } from './network';

const PERIOD = { first: '2026-11-24', last: '2026-11-25' };

test('a day on which the network told nothing is a gap and no zero', () => {
  const told = new Map([['a', [{ day: '2026-11-25', values: { followers: 40 } }]]]);
  const points = followersByDay(PERIOD, told, 'en');
  expect(points.map((point) => point.a)).toEqual([null, 40]);
});

test('what posts gained is added up by day, of one profile or of all', () => {
  const gain = (profile_id: string, metric: 'likes' | 'views', gained: number) => ({
    profile_id,
    day: '2026-11-24',
    metric,
    gained,
  });
  const days = [gain('a', 'likes', 3), gain('b', 'likes', 4), gain('a', 'views', 99)];
  expect(gainedByDay(PERIOD, days, undefined, 'en').map((point) => point.likes)).toEqual([7, 0]);
  expect(gainedByDay(PERIOD, days, 'a', 'en').map((point) => point.likes)).toEqual([3, 0]);
});
