import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { Language } from '@/shared/lib/i18n';
import type { Period } from './periods';
import { ANALYTICS } from './queries';

export type PostMetric = components['schemas']['PostMetric'];
export type MeasuredPost = components['schemas']['MeasuredPostView'];
export type NetworkMeasure = components['schemas']['NetworkMeasureView'];
export type ContentDay = components['schemas']['ContentDayView'];
export type Growth = components['schemas']['ComparedGrowthView'];

const POSTS_PAGE = 25;
/** Networks are asked every quarter of an hour at most. */
const FRESH_MILLISECONDS = 300_000;

export function networkMeasuresQuery(language: Language) {
  const query = { language: language === 'en' ? ('en' as const) : ('zh' as const) };
  return queryOptions({
    queryKey: ['network-measures', language],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/analytics/network-measures', { params: { query } }))).measures,
    staleTime: Infinity,
  });
}

export function profileDaysQuery(profile_id: string, query: Period) {
  const params = { path: { profile_id }, query };
  return queryOptions({
    queryKey: [ANALYTICS, 'profile-days', profile_id, query],
    queryFn: () => ask(api.GET('/api/v1/analytics/profiles/{profile_id}/days', { params })),
    staleTime: FRESH_MILLISECONDS,
    placeholderData: keepPreviousData,
  });
}

export function growthQuery(profile_id: string, query: Period) {
  const params = { path: { profile_id }, query };
  return queryOptions({
    queryKey: [ANALYTICS, 'growth', profile_id, query],
    queryFn: () => ask(api.GET('/api/v1/analytics/profiles/{profile_id}/growth', { params })),
    staleTime: FRESH_MILLISECONDS,
    placeholderData: keepPreviousData,
  });
}

export function contentQuery(query: Period) {
  return queryOptions({
    queryKey: [ANALYTICS, 'content', query],
    queryFn: () => ask(api.GET('/api/v1/analytics/content', { params: { query } })),
    staleTime: FRESH_MILLISECONDS,
    placeholderData: keepPreviousData,
  });
}

export function measuredPostsQuery(
  period: Period,
  profile_id: string | undefined,
  sort: PostMetric | undefined,
) {
  const wanted = { ...period, profile_id: profile_id ?? null, sort: sort ?? null };
  return infiniteQueryOptions({
    queryKey: [ANALYTICS, 'posts', wanted],
    queryFn: ({ pageParam }) => {
      const query = { ...wanted, limit: POSTS_PAGE, cursor: pageParam };
      return ask(api.GET('/api/v1/analytics/posts', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: FRESH_MILLISECONDS,
    placeholderData: keepPreviousData,
  });
}
