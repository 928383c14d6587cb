import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import { listQuery, narrowing, type InboxSearch } from './search';

const PAGE = 100;
const HEAD = 50;

async function readList(search: InboxSearch, limit: number, cursor?: string | null) {
  const query = { ...listQuery(search), limit, cursor: cursor ?? null };
  return ask(api.GET('/api/v1/inbox/conversations', { params: { query } }));
}

/** The list as far as somebody has scrolled. */
export function listQueryOptions(search: InboxSearch) {
  return infiniteQueryOptions({
    queryKey: ['inbox', 'list', search],
    queryFn: ({ pageParam }) => readList(search, PAGE, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Infinity, // The head brings what is new.
  });
}

/** The newest rows of the list, which events ask for anew. */
export function headQuery(search: InboxSearch) {
  return queryOptions({
    queryKey: ['inbox', 'head', search],
    queryFn: () => readList(search, HEAD),
  });
}

export function countsQuery(search: InboxSearch) {
  const query = narrowing(search);
  return queryOptions({
    queryKey: ['inbox', 'counts', query],
    queryFn: () => ask(api.GET('/api/v1/inbox/conversations/counts', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export const savedViewsQuery = queryOptions({
  queryKey: ['inbox', 'saved'],
  queryFn: () => ask(api.GET('/api/v1/inbox/views')),
  staleTime: 60_000,
});

/** Below the key of the counts, so that whatever counts anew counts these, too. */
export const savedCountsQuery = queryOptions({
  queryKey: ['inbox', 'counts', 'saved'],
  queryFn: () => ask(api.GET('/api/v1/inbox/views/counts')),
});

export function contactQuery(id: string) {
  const params = { path: { contact_id: id } };
  return queryOptions({
    queryKey: ['inbox', 'contact', id],
    queryFn: () => ask(api.GET('/api/v1/inbox/contacts/{contact_id}', { params })),
  });
}

export function historyQuery(id: string) {
  const params = { path: { contact_id: id }, query: { limit: 50 } };
  return queryOptions({
    queryKey: ['inbox', 'history', id],
    queryFn: () => ask(api.GET('/api/v1/inbox/contacts/{contact_id}/history', { params })),
  });
}
