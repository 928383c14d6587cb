import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { Dispatcher } from '@/shared/lib/live/effects';
import { inboxRules } from './live';
import { mergeHead, neighbour, type Page } from '@/shared/lib/rows';
import { belongs, isOlder, parseSearch, type Summary } from './search';

const row = (id: string, last_at: string, more: Partial<Summary> = {}) =>
  ({ id, last_at, version: 1, state: 'open', assignee_id: null, ...more }) as Summary;
const ids = (rows: readonly Summary[]) => rows.map((each) => each.id);

const pages = [row('d', '4'), row('c', '3'), row('b', '2'), row('a', '1')];

test('what is new stands on top, what has left is gone, the rest goes on below', () => {
  const head = { items: [row('e', '5'), row('c', '3')], next_cursor: 'more' };
  expect(ids(mergeHead(pages, head, isOlder))).toEqual(['e', 'c', 'b', 'a']);
});

test('a head that is all there is, is all that is shown', () => {
  expect(ids(mergeHead(pages, { items: [row('e', '5')], next_cursor: null }, isOlder))).toEqual([
    'e',
  ]);
  expect(mergeHead(pages, { items: [] }, isOlder)).toEqual([]);
  expect(ids(mergeHead(pages, undefined, isOlder))).toEqual(['d', 'c', 'b', 'a']);
});

test('from row to row, and no further than the ends', () => {
  expect(neighbour(pages, 'd', 1)?.id).toBe('c');
  expect(neighbour(pages, 'd', -1)?.id).toBe('d');
  expect(neighbour(pages, 'a', 1)?.id).toBe('a');
  expect(neighbour(pages, undefined, 1)?.id).toBe('d');
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

test('late and repeated events leave the newest version of a row', () => {
  const event = (version: number, assignee_id: string) => ({
    type: 'inbox.conversation_assigned',
    data: { conversation_id: 'b', conversation_version: version, assignee_id },
  });
  const client = new QueryClient();
  const key = ['inbox', 'list', {}];
  client.setQueryData(key, { pages: [{ items: pages }], pageParams: [null] });
  const dispatcher = new Dispatcher(client, inboxRules);
  for (const each of [event(3, 'newest'), event(2, 'older'), event(3, 'newest')]) {
    dispatcher.dispatch(each);
  }
  dispatcher.stop();
  const found = client.getQueryData<InfiniteData<Page<Summary>>>(key)?.pages[0]?.items;
  expect(found?.find((each) => each.id === 'b')).toMatchObject({
    version: 3,
    assignee_id: 'newest',
  });
  expect(found?.find((each) => each.id === 'a')).toBe(pages[3]);
});

test('a row belongs to a view by its state and who has it', () => {
  expect(belongs(row('a', '1'), {}, 'me')).toBe(true);
  expect(belongs(row('a', '1', { state: 'handled' }), {}, 'me')).toBe(false);
  expect(belongs(row('a', '1', { assignee_id: 'me' }), { view: 'mine' }, 'me')).toBe(true);
  expect(belongs(row('a', '1', { assignee_id: 'x' }), { view: 'unassigned' }, 'me')).toBe(false);
});

test('an address says only what is known', () => {
  const given = {
    view: 'mine',
    q: ' zip ',
    kind: ['dm', 'letter'],
    tag: 'x',
    waiting: 'yes',
    more: 1,
  };
  expect(parseSearch(given)).toEqual({ view: 'mine', q: 'zip', kind: ['dm'] });
  expect(parseSearch({ view: 'open' })).toEqual({});
});
