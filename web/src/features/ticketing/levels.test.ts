import { expect, test } from 'vitest';
import {
  calendarBody,
  measureOf,
  newCalendar,
  newPolicy,
  policyBody,
  policyDraft,
  rangeOf,
  readDay,
  readSpan,
  stretchesOf,
  withMeasure,
  writeDay,
  writeSpan,
  type Policy,
} from './levels';

test.each([
  ['', []],
  ['9:00-17:00', [[540, 1020]]],
  ['9-17', [[540, 1020]]],
  [
    '9：00-12：30，13：30-18：00',
    [
      [540, 750],
      [810, 1080],
    ],
  ],
  [
    '9:00-12:30, 13:30–24:00',
    [
      [540, 750],
      [810, 1440],
    ],
  ],
  ['nine', undefined],
  ['17:00-9:00', undefined],
  ['9:00-9:00', undefined],
  ['9:00-12:00, 11:00-13:00', undefined],
  ['9:00-12:00, 12:00-13:00', undefined],
  ['9:00-24:30', undefined],
  ['9:75-10:00', undefined],
])('the day %j', (text, expected) => {
  expect(readDay(text)).toEqual(expected);
});

test.each([
  ['', null],
  ['30m', 1800],
  ['4h', 14400],
  ['1h 30m', 5400],
  ['1H30M', 5400],
  ['90s', 90],
  ['59s', undefined],
  ['0m', undefined],
  ['9000h', undefined],
  ['soon', undefined],
])('the time %j', (text, expected) => {
  expect(readSpan(text)).toBe(expected);
});

test('what was written is read back', () => {
  expect(writeDay(readDay('9:05-12:30, 13:30-18:00') ?? [])).toBe('9:05-12:30, 13:30-18:00');
  for (const span of ['26h 5m', '1h', '45m', '1m 30s']) {
    expect(writeSpan(readSpan(span) ?? 0)).toBe(span);
  }
});

test('days that follow one another with the same hours are said once', () => {
  const day = [[540, 1020]];
  const short = [[600, 840]];
  const week = [day, day, [], day, day, short, short];
  expect(stretchesOf(week)).toEqual([
    { first: 0, last: 1, hours: '9:00-17:00' },
    { first: 3, last: 4, hours: '9:00-17:00' },
    { first: 5, last: 6, hours: '10:00-14:00' },
  ]);
});

test('a calendar has a name and is open at least once a week', () => {
  const fresh = newCalendar('UTC');
  expect(calendarBody(fresh)).toBeUndefined();
  const named = { ...fresh, name: 'Office' };
  expect(calendarBody(named)?.week[0]).toEqual([[540, 1020]]);
  expect(calendarBody({ ...named, week: fresh.week.map(() => '') })).toBeUndefined();
  expect(calendarBody({ ...named, week: fresh.week.map(() => '9') })).toBeUndefined();
});

const policy = {
  ...newPolicy('c'),
  id: 'p',
  name: 'All',
  goals: {
    urgent: { first_response: { seconds: 900, measure: 'wall' } },
    high: {
      first_response: { seconds: 3600, measure: 'business' },
      resolution: { seconds: 28_800, measure: 'wall' },
    },
  },
} as unknown as Policy;

test('nothing of a policy is lost by opening it', () => {
  expect(policyBody(policyDraft(policy))?.goals).toEqual(policy.goals);
  const draft = policyDraft(policy);
  const times = { ...draft.times, 'low.resolution': 'x' };
  expect(policyBody({ ...draft, times })).toBeUndefined();
  expect(policyBody({ ...draft, name: ' ' })).toBeUndefined();
  expect(policyBody({ ...draft, calendar_id: '' })).toBeUndefined();
});

test('what a policy promises is said by its shortest and its longest time', () => {
  expect(rangeOf(policy, 'first_response')).toBe('15m – 1h');
  expect(rangeOf(policy, 'resolution')).toBe('8h');
  expect(rangeOf(policy, 'next_response')).toBeUndefined();
});

test('how a target is counted is chosen for all priorities at once', () => {
  const draft = policyDraft(policy);
  expect(measureOf(draft, 'first_response')).toBeNull();
  expect(measureOf(draft, 'resolution')).toBe('wall');
  expect(measureOf(draft, 'next_response')).toBe('business');
  const blank = { ...draft, times: { ...draft.times, 'high.first_response': ' ' } };
  expect(measureOf(blank, 'first_response')).toBe('wall');
  const changed = { ...draft, ...withMeasure(draft, 'first_response', 'wall') };
  expect(measureOf(changed, 'first_response')).toBe('wall');
  expect(measureOf(changed, 'next_response')).toBe('business');
});
