/** What the inbox knows of a conversation; its live rules say when that is old. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';

const PAGE = 100;

export const tagsQuery = queryOptions({
  queryKey: ['inbox', 'tags'],
  queryFn: () => ask(api.GET('/api/v1/inbox/tags')),
  staleTime: 300_000,
});

export const profilesQuery = queryOptions({
  queryKey: ['inbox', 'profiles'],
  queryFn: () => ask(api.GET('/api/v1/inbox/profiles')),
  staleTime: 300_000,
});

export function conversationQuery(id: string) {
  const params = { path: { conversation_id: id } };
  return queryOptions({
    queryKey: ['inbox', 'conversation', id],
    queryFn: () => ask(api.GET('/api/v1/inbox/conversations/{conversation_id}', { params })),
  });
}

export function interactionsQuery(id: string) {
  const path = { conversation_id: id };
  return infiniteQueryOptions({
    queryKey: ['inbox', 'interactions', id],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/inbox/conversations/{conversation_id}/interactions', {
          params: { path, query: { limit: PAGE, cursor: pageParam } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function timelineQuery(id: string) {
  const params = { path: { conversation_id: id }, query: { limit: 200 } };
  return queryOptions({
    queryKey: ['inbox', 'timeline', id],
    queryFn: () =>
      ask(api.GET('/api/v1/inbox/conversations/{conversation_id}/timeline', { params })),
  });
}
