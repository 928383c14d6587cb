import { expect, test } from 'vitest';
import { priorityName } from './priority';

test.each([
  [3, 'urgent'],
  [2, 'urgent'],
  [1, 'high'],
  [0, 'normal'],
  [-1, 'low'],
])('level %i is called %s', (level, name) => expect(priorityName(level)).toBe(name));
