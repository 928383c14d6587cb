import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dispatcher, type LiveEvent, type LiveRule } from './effects';
import { presenceAfter, type Presence } from './state';
import { contentOf } from './stream';

interface Row {
  id: string;
  version: number;
  state: string;
}

const rule: LiveRule = {
  types: ['row.changed'],
  effects: ({ data }) => [
    {
      do: 'patch',
      key: ['row', data.id],
      patch: (cached) => {
        const row = cached as Row;
        const version = data.version as number;
        return version > row.version ? { ...row, version, state: data.state as string } : row;
      },
    },
    { do: 'refetch', key: ['rows'] },
  ],
};

function changed(version: number): LiveEvent {
  return { type: 'row.changed', data: { id: 'a', version, state: `as of ${version}` } };
}

function ending(events: LiveEvent[]): unknown {
  const client = new QueryClient();
  client.setQueryData(['row', 'a'], { id: 'a', version: 1, state: 'first' });
  const dispatcher = new Dispatcher(client, [rule]);
  events.forEach((event) => dispatcher.dispatch(event));
  dispatcher.stop();
  return client.getQueryData(['row', 'a']);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('any order and any number of repetitions end the same', () => {
  const inOrder = [changed(2), changed(3), changed(4)];
  const expected = ending(inOrder);
  expect(expected).toEqual({ id: 'a', version: 4, state: 'as of 4' });
  expect(ending([...inOrder].reverse())).toEqual(expected);
  expect(ending([changed(4), changed(2), changed(4), changed(3), changed(3)])).toEqual(expected);
});

test('what says nothing new leaves the cached value itself', () => {
  const client = new QueryClient();
  const row = { id: 'a', version: 7, state: 'newest' };
  client.setQueryData(['row', 'a'], row);
  new Dispatcher(client, [rule]).dispatch(changed(5));
  expect(client.getQueryData(['row', 'a'])).toBe(row);
});

test('nothing is put where nothing was fetched', () => {
  const client = new QueryClient();
  new Dispatcher(client, [rule]).dispatch(changed(2));
  expect(client.getQueryData(['row', 'a'])).toBeUndefined();
});

test('a burst of events asks once', () => {
  const client = new QueryClient();
  const asked = vi.spyOn(client, 'invalidateQueries');
  const dispatcher = new Dispatcher(client, [rule]);
  for (let version = 2; version < 50; version += 1) dispatcher.dispatch(changed(version));
  vi.advanceTimersByTime(1_000);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(asked).toHaveBeenCalledWith({ queryKey: ['rows'] });
});

const said = (person: string, state: string): LiveEvent => ({
  type: 'gateway.presence_changed',
  data: { conversation_id: 'c', person_id: person, state },
});

test('presence is what was said last, and a repetition changes nothing', () => {
  const board = [said('p', 'viewing'), said('q', 'typing'), said('p', 'left')].reduce<Presence>(
    presenceAfter,
    {},
  );
  expect(board).toEqual({ c: { q: 'typing' } });
  expect(presenceAfter(board, said('q', 'typing'))).toBe(board);
  expect(presenceAfter(board, said('p', 'left'))).toBe(board);
});

test('a snapshot takes the place of all that was known', () => {
  const snapshot = {
    type: 'gateway.presence',
    data: [{ conversation_id: 'd', person_id: 'r', state: 'viewing' }],
  } as unknown as LiveEvent;
  expect(presenceAfter({ c: { q: 'typing' } }, snapshot)).toEqual({ d: { r: 'viewing' } });
});

test('events come in an envelope, signals without one', () => {
  expect(contentOf('{"event_id":"e","event":{"conversation_id":"c"}}')).toEqual({
    conversation_id: 'c',
  });
  expect(contentOf('[{"person_id":"p"}]')).toEqual([{ person_id: 'p' }]);
});
