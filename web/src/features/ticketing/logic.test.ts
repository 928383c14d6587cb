import { InfiniteQueryObserver, QueryClient, type InfiniteData } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { ProblemError } from '@/shared/api/problem';
import type { Session } from '@/shared/api/session';
import { Dispatcher } from '@/shared/lib/live/effects';
import type { Page } from '@/shared/lib/rows';
import { undoOf } from './changes';
import { ticketingRules } from './live';
import { belongs, listQuery, parseSearch, type Summary } from './search';
import { invalidateTickets, listQueryOptions } from './queries';
import { readingOf, rowReading, type Clock } from './sla';
import { isShut } from './useConversation';

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

function staleKeys(client: QueryClient): unknown[] {
  const found = client.getQueryCache().findAll({ predicate: (query) => query.state.isInvalidated });
  return found.map(({ queryKey }) => queryKey);
}

test('what is written is asked of the tickets about its conversation, and of no other', () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  for (const [id, conversation_id] of [
    ['a', 'c'],
    ['b', 'd'],
  ]) {
    client.setQueryData(['tickets', 'ticket', id], { id, conversation_id });
    client.setQueryData(['tickets', 'history', id], { pages: [], pageParams: [] });
  }
  const dispatcher = new Dispatcher(client, ticketingRules);
  dispatcher.dispatch({ type: 'inbox.interaction_received', data: { conversation_id: 'c' } });
  vi.advanceTimersByTime(1_000);
  dispatcher.stop();
  vi.useRealTimers();
  expect(staleKeys(client)).toEqual([
    ['tickets', 'ticket', 'a'],
    ['tickets', 'history', 'a'],
  ]);
});

test('what a colleague promises anew is asked again', () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  for (const part of ['calendars', 'policies']) client.setQueryData(['tickets', part], []);
  const dispatcher = new Dispatcher(client, ticketingRules);
  dispatcher.dispatch({ type: 'ticketing.calendar_removed', data: {} });
  vi.advanceTimersByTime(1_000);
  dispatcher.stop();
  vi.useRealTimers();
  expect(staleKeys(client)).toEqual([
    ['tickets', 'calendars'],
    ['tickets', 'policies'],
  ]);
});

test('after a change no page of the list is read again, but of the one by due', async () => {
  const client = new QueryClient();
  const keys = ['list', 'due', 'head', 'counts', 'ticket'].map((part) => ['tickets', part]);
  for (const key of [...keys, ['inbox', 'head']]) client.setQueryData(key, {});
  await invalidateTickets(client);
  expect(staleKeys(client)).toEqual(keys.slice(1));
});

test('a list is known by all it depends on, and by due it is read again and again', () => {
  const [ours, theirs] = [['ours'], ['theirs']].map((teams) => listQueryOptions({}, teams));
  expect(ours?.queryKey).not.toEqual(theirs?.queryKey);
  const observer = new InfiniteQueryObserver(
    new QueryClient(),
    listQueryOptions({ sort: 'due' }, []),
  );
  expect(observer.options.queryKey).toContain('due');
  expect(observer.options.refetchInterval).toBe(60_000);
});

test.each([
  [403, true],
  [404, true],
  [0, false],
  [503, false],
])('a conversation that answers with %i is shut: %s', (status, shut) => {
  const problem = { status, code: 'x', title: '', detail: '' };
  expect(isShut(new ProblemError(problem))).toBe(shut);
});
