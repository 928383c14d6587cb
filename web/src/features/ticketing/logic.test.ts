import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Session } from '@/shared/api/session';
import { Dispatcher } from '@/shared/lib/live/effects';
import type { Page } from '@/shared/lib/rows';
import { undoOf } from './changes';
import { ticketingRules } from './live';
import { belongs, isDueLater, listQuery, parseSearch, type Summary } from './search';
import { readingOf, rowReading, type Clock } from './sla';

const NOON = new Date('2026-11-25T12:00:00Z');
const row = (id: string, more: Partial<Summary> = {}) =>
  ({
    id,
    version: 1,
    state: 'open',
    assignee_id: null,
    team_id: null,
    watcher_ids: [],
    opened_at: '2026-11-25T10:00:00Z',
    due_at: null,
    paused: false,
    ...more,
  }) as Summary;
const clock = (more: Partial<Clock>) =>
  ({
    target: 'resolution',
    outcome: 'running',
    goal_seconds: 3_600,
    measure: 'business',
    due_at: '2026-11-25T13:00:00Z',
    wall_seconds: 600,
    business_seconds: 60,
    ...more,
  }) as Clock;

test('a clock says what is so at this moment', () => {
  expect(readingOf(clock({}), NOON)).toEqual({ says: 'due', milliseconds: 3_600_000 });
  const late = clock({ due_at: '2026-11-25T11:59:00Z' });
  expect(readingOf(late, NOON)).toEqual({ says: 'overdue', milliseconds: 60_000 });
  const paused = clock({ outcome: 'paused', due_at: null });
  expect(readingOf(paused, NOON)).toEqual({ says: 'paused', milliseconds: 60_000 });
  const met = clock({ outcome: 'met', measure: 'wall' });
  expect(readingOf(met, NOON)).toEqual({ says: 'met', milliseconds: 600_000 });
  expect(readingOf(clock({ outcome: 'void' }), NOON)).toEqual({ says: 'void' });
  expect(readingOf(clock({ goal_seconds: null }), NOON)).toEqual({ says: 'unpromised' });
});

test('a row without a running clock says nothing, unless one stands still', () => {
  expect(rowReading(row('a'), NOON)).toBeUndefined();
  expect(rowReading(row('a', { paused: true }), NOON)?.says).toBe('paused');
  expect(rowReading(row('a', { due_at: '2026-11-25T11:00:00Z' }), NOON)?.says).toBe('overdue');
});

test('by due: the soonest first, then what waits for no clock, the newest first', () => {
  const rows = [
    row('old', { opened_at: '2026-11-25T08:00:00Z' }),
    row('later', { due_at: '2026-11-25T14:00:00Z' }),
    row('new'),
    row('sooner', { due_at: '2026-11-25T13:00:00.5Z' }),
  ];
  rows.sort((one, other) => (isDueLater(one, other) ? 1 : -1));
  expect(rows.map(({ id }) => id)).toEqual(['sooner', 'later', 'new', 'old']);
});

test('a row belongs to a view by its state and by who has it', () => {
  const me = { id: 'me', who: { team_ids: ['ours'] } } as Session;
  expect(belongs(row('a', { state: 'pending' }), 'open', me)).toBe(false);
  expect(belongs(row('a', { state: 'pending', assignee_id: 'me' }), 'mine', me)).toBe(true);
  expect(belongs(row('a', { state: 'closed', assignee_id: 'me' }), 'mine', me)).toBe(false);
  expect(belongs(row('a', { team_id: 'ours' }), 'team', me)).toBe(true);
  expect(belongs(row('a', { team_id: 'theirs' }), 'team', me)).toBe(false);
  expect(belongs(row('a', { watcher_ids: ['me'] }), 'watching', me)).toBe(true);
});

test('an address says only what is known, and whoever is in no team sees no team', () => {
  expect(parseSearch({ view: 'open', priority: ['high', 'mad'], sort: 'due', x: 1 })).toEqual({
    priority: ['high'],
    sort: 'due',
  });
  expect(listQuery({ view: 'team' }, [])).toMatchObject({ team_id: [expect.any(String)] });
});

test('what is final is not offered to be taken back', () => {
  const resolve = { kind: 'state', state: 'resolved' } as const;
  expect(undoOf(resolve, { state: 'open' })).toEqual({ kind: 'state', state: 'open' });
  expect(undoOf(resolve, { state: 'pending' })).toBeUndefined();
  expect(undoOf({ kind: 'state', state: 'closed' }, { state: 'open' })).toBeUndefined();
  expect(undoOf({ kind: 'tag', add: ['a'], remove: [] }, {})).toEqual({
    kind: 'tag',
    add: [],
    remove: ['a'],
  });
});

test('late and repeated events leave the newest version of a row', () => {
  const event = (ticket_version: number, assignee_id: string) => ({
    type: 'ticketing.ticket_assigned',
    data: { ticket_id: 'a', conversation_id: 'c', ticket_version, assignee_id },
  });
  const client = new QueryClient();
  const key = ['tickets', 'list', {}];
  client.setQueryData(key, { pages: [{ items: [row('a')] }], pageParams: [null] });
  const dispatcher = new Dispatcher(client, ticketingRules);
  for (const each of [event(3, 'newest'), event(2, 'older'), event(3, 'newest')]) {
    dispatcher.dispatch(each);
  }
  dispatcher.stop();
  const found = client.getQueryData<InfiniteData<Page<Summary>>>(key)?.pages[0]?.items[0];
  expect(found).toMatchObject({ version: 3, assignee_id: 'newest' });
});
