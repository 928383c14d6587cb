import { expect, test } from 'vitest';
import { ago, dayOf, duration, fullTime, shortTime } from './time';

const berlin = { locale: 'en-GB', zone: 'Europe/Berlin' };
const shanghai = { locale: 'zh-Hans', zone: 'Asia/Shanghai' };
const noon = new Date('2026-11-25T12:00:00Z');

test('a moment has the zone of its reader', () => {
  expect(fullTime(noon, berlin)).toBe('25 Nov 2026, 13:00 CET');
  expect(fullTime(noon, shanghai)).toContain('20:00');
});

test('a day begins where the reader is', () => {
  const late = '2026-11-25T23:30:00Z';
  expect(dayOf(late, berlin)).toBe('2026-11-26');
  expect(dayOf(late, { ...berlin, zone: 'UTC' })).toBe('2026-11-25');
});

test.each([
  ['the time today', '2026-11-25T08:05:00Z', '9:05'],
  ['the weekday this week', '2026-11-23T08:05:00Z', 'Mon'],
  ['the date this year', '2026-03-02T08:05:00Z', '2 Mar'],
  ['the date of another year', '2024-03-02T08:05:00Z', '2 Mar 2024'],
])('%s', (_case, at, expected) => {
  expect(shortTime(at, berlin, noon)).toBe(expected);
});

test('a year ends where the reader is', () => {
  const eve = '2025-12-31T17:00:00Z';
  expect(shortTime(eve, shanghai, noon)).toBe('1月1日');
  expect(shortTime(eve, berlin, noon)).toContain('2025');
});

test('how long ago, and how long', () => {
  expect(ago('2026-11-25T11:57:00Z', 'en', noon)).toBe('3 min. ago');
  expect(ago('2026-11-25T14:00:00Z', 'zh-Hans', noon)).toBe('2小时后');
  expect(duration(125 * 60_000, 'en')).toBe('2 hr 5 min');
  expect(duration(-5, 'en')).toBe('0 min');
});
