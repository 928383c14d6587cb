import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { Language } from '@/shared/lib/i18n';
import type { ReportQuery } from './report';
import type { Dimension, Measure, Metric } from './search';

export type NumberView = components['schemas']['NumberView'];
export type Definition = components['schemas']['DefinitionView'];
export type Item = components['schemas']['ItemView'];
export type Row = components['schemas']['RowView'];
export type MeasuredProfile = components['schemas']['MeasuredProfileView'];
export type Line = components['schemas']['LineView'];

/** All that is counted lies under this word. */
export const ANALYTICS = 'analytics';
/** Numbers move with every message; asking at each of them would be asking all the time. */
const AGAIN_MILLISECONDS = 60_000;
const ITEMS_PAGE = 20;

const counted = {
  placeholderData: keepPreviousData,
  staleTime: AGAIN_MILLISECONDS / 2,
  refetchInterval: AGAIN_MILLISECONDS,
} as const;

export function definitionsQuery(language: Language) {
  const query = { language: language === 'en' ? ('en' as const) : ('zh' as const) };
  return queryOptions({
    queryKey: ['definitions', language],
    queryFn: () => ask(api.GET('/api/v1/analytics/definitions', { params: { query } })),
    staleTime: Infinity,
  });
}

export function overviewQuery(report: ReportQuery, compare: boolean) {
  const query = { ...report, compare };
  return queryOptions({
    queryKey: [ANALYTICS, 'overview', query],
    queryFn: () => ask(api.GET('/api/v1/analytics/overview', { params: { query } })),
    ...counted,
  });
}

export function seriesQuery(
  report: ReportQuery,
  compare: boolean,
  metric: Metric[],
  interval: components['schemas']['Interval'],
) {
  const query = { ...report, compare, metric, interval };
  return queryOptions({
    queryKey: [ANALYTICS, 'series', query],
    queryFn: () => ask(api.GET('/api/v1/analytics/series', { params: { query } })),
    ...counted,
  });
}

export interface Breakdown {
  by: Dimension;
  metric: Metric[];
  compare: boolean;
}

export function breakdownQuery(report: ReportQuery, wanted: Breakdown) {
  const query = { ...report, ...wanted };
  return queryOptions({
    queryKey: [ANALYTICS, 'breakdown', query],
    queryFn: () => ask(api.GET('/api/v1/analytics/breakdown', { params: { query } })),
    ...counted,
  });
}

export function itemsQuery(report: ReportQuery, measure: Measure) {
  return infiniteQueryOptions({
    queryKey: [ANALYTICS, 'items', report, measure],
    queryFn: ({ pageParam }) => {
      const query = { ...report, measure, limit: ITEMS_PAGE, cursor: pageParam };
      return ask(api.GET('/api/v1/analytics/items', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** The profiles that one may see numbers of, with what their networks count. */
export const measuredProfilesQuery = queryOptions({
  queryKey: [ANALYTICS, 'profiles'],
  queryFn: () => ask(api.GET('/api/v1/analytics/profiles')),
  staleTime: AGAIN_MILLISECONDS,
});
