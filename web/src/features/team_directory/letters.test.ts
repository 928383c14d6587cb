import { expect, test } from 'vitest';
import { replayEach } from './letters';

test('one that fails again does not keep the others', async () => {
  const seen: number[] = [];
  const tally = await replayEach([1, 2, 3], (item) => {
    seen.push(item);
    return item === 2 ? Promise.reject(new Error('again')) : Promise.resolve();
  });
  expect(seen).toEqual([1, 2, 3]);
  expect(tally).toEqual({ done: 2, refused: 1 });
});
