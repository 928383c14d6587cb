import { expect, test } from 'vitest';
import { assign, prioritise, retag, setState, snoozeChoices, undoOf } from './changes';

test('every change can be taken back', () => {
  expect(undoOf(assign('me'), { assignee_id: 'you', team_id: 't' })).toEqual(assign('you', 't'));
  expect(undoOf(assign('me'), { assignee_id: null })).toEqual(assign(null));
  expect(undoOf(retag(['a'], ['b']), {})).toEqual(retag(['b'], ['a']));
  expect(undoOf(setState('handled'), { state: 'open' })).toEqual(setState('open'));
  expect(undoOf(prioritise(2), { priority: -1 })).toEqual(prioritise(-1));
  const until = '2026-12-01T08:00:00Z';
  expect(undoOf(setState('open'), { state: 'snoozed', snoozed_until: until })).toEqual(
    setState('snoozed', until),
  );
});

test.each([
  ['Europe/Berlin', '2026-11-25T22:30:00Z', '2026-11-26T08:00:00.000Z', '2026-11-30T08:00:00.000Z'],
  ['Asia/Shanghai', '2026-11-25T22:30:00Z', '2026-11-27T01:00:00.000Z', '2026-11-30T01:00:00.000Z'],
  // Clocks go back in the night to Sunday, 25 October.
  ['Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T08:00:00.000Z', '2026-10-26T08:00:00.000Z'],
])('morning in %s after %s', (zone, now, tomorrow, nextWeek) => {
  const untils = snoozeChoices(new Date(now), zone).map(({ until }) => until.toISOString());
  expect(untils.slice(1)).toEqual([tomorrow, nextWeek]);
});

test('on a Sunday tomorrow is the next week: it is offered once', () => {
  const offered = (now: string) =>
    snoozeChoices(new Date(now), 'Europe/Berlin').map(({ name }) => name);
  expect(offered('2026-11-29T12:00:00Z')).toEqual(['later', 'tomorrow']);
  expect(offered('2026-11-30T12:00:00Z')).toEqual(['later', 'tomorrow', 'nextWeek']);
});
