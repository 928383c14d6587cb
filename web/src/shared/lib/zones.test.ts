import { expect, test } from 'vitest';
import { clockChange, instantOf, wallOf } from './zones';

const BERLIN = 'Europe/Berlin';

test.each([
  ['an ordinary time', '2026-07-01T09:30', '2026-07-01T07:30:00.000Z', false, false],
  ['a time that is skipped', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', true, false],
  ['a time that comes twice', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', false, true],
  ['just after the change', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z', false, false],
  ['the same day, before', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z', false, false],
])('%s', (_name, wall, at, skipped, twice) => {
  expect(instantOf(wall, BERLIN)).toEqual({ at: new Date(at), skipped, twice });
});

test('a skipped time is as much later as the clock jumps', () => {
  expect(wallOf(instantOf('2026-03-29T02:30', BERLIN).at, BERLIN)).toBe('2026-03-29T03:30');
});

test('every quarter of an hour of a year goes there and back', () => {
  for (const zone of [BERLIN, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC']) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 45 * 60_000 * 7) {
      const wall = wallOf(at, zone);
      const back = instantOf(wall, zone);
      expect(wallOf(back.at, zone)).toBe(wall);
      expect(back.skipped).toBe(false);
      if (!back.twice) expect(back.at.getTime()).toBe(at);
    }
  }
});

test('days on which clocks change', () => {
  expect(clockChange('2026-03-29', BERLIN)).toBe('forward');
  expect(clockChange('2026-10-25', BERLIN)).toBe('back');
  expect(clockChange('2026-10-26', BERLIN)).toBeUndefined();
});
