import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';

export type Notification = components['schemas']['NotificationView'];
export type Preference = components['schemas']['PreferenceView'];

const PAGE = 50;

export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: () => ask(api.GET('/api/v1/team/notifications/unread')),
});

/** The newest first; only those that nobody has read, or all. */
export function notificationsQuery(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: ['notifications', 'list', unread],
    queryFn: ({ pageParam: cursor }) =>
      ask(
        api.GET('/api/v1/team/notifications', {
          params: { query: { unread, cursor, limit: PAGE } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export const preferenceQuery = queryOptions({
  queryKey: ['notifications', 'preference'],
  queryFn: () => ask(api.GET('/api/v1/team/notifications/preferences')),
});
