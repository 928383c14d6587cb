import { useQuery } from '@tanstack/react-query';
import { useMatchRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { workspaceZoneQuery } from '@/shared/api/zone';
import type { Day } from '@/shared/lib/days';
import { languageOf } from '@/shared/lib/i18n';
import { dayOf } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { usePlace } from '@/shared/ui/Moment';
import type { Unit } from './figures';
import type { Period } from './periods';
import { definitionsQuery, type Definition } from './queries';
import { periodOf, reportQuery, type ReportQuery } from './report';
import type { AnalyticsSearch, Metric } from './search';

export const PARTS = ['/analytics', '/analytics/breakdown', '/analytics/networks'] as const;
export type Part = (typeof PARTS)[number];

export interface Report {
  search: AnalyticsSearch;
  go: (change: { [Key in keyof AnalyticsSearch]?: AnalyticsSearch[Key] | undefined }) => void;
  /** Which part of the numbers is on the screen. */
  part: Part;
  today: Day;
  zone: string;
  period: Period;
  query: ReportQuery;
  compare: boolean;
  locale: string;
}

const Asked = createContext<Report | undefined>(undefined);
export const ReportProvider = Asked.Provider;

/** What is asked for, as the page has read it. */
export function useReport(): Report {
  const report = useContext(Asked);
  if (!report) throw new Error('There is no report outside of its page.');
  return report;
}

/** What is asked for: all of it is in the address. */
export function useAddress(): Report {
  const search = useSearch({ from: '/desk/analytics' });
  const navigate = useNavigate();
  const part = usePart();
  const own = useSession().zone;
  const zone = useQuery(workspaceZoneQuery).data ?? own;
  const { locale } = usePlace();
  const today = dayOf(useNow(), { locale, zone });
  const query = useMemo(() => reportQuery(search, today), [search, today]);
  return {
    search,
    go: (change) =>
      void navigate({ to: part, search: clean({ ...search, ...change }), resetScroll: false }),
    part,
    today,
    zone,
    period: periodOf(search, today),
    query,
    compare: search.compare ?? true,
    locale,
  };
}

function usePart(): Part {
  const matches = useMatchRoute();
  return PARTS.find((each) => matches({ to: each })) ?? '/analytics';
}

/** Without what says nothing. */
export function clean(search: {
  [Key in keyof AnalyticsSearch]?: AnalyticsSearch[Key] | undefined;
}): AnalyticsSearch {
  return Object.fromEntries(
    Object.entries<unknown>(search).filter(([, value]) => value !== undefined),
  );
}

export interface Words {
  name: (metric: Metric) => string;
  unit: (metric: Metric) => Unit;
  definition: (metric: Metric) => Definition | undefined;
  common: { hours: string; spread: string; comparison: string } | undefined;
}

export function useDefinitions() {
  const { i18n } = useTranslation();
  return useQuery(definitionsQuery(languageOf(i18n.language)));
}

/** What the numbers are called and what they mean, in the language of the reader. */
export function useWords(): Words {
  const { data } = useDefinitions();
  return useMemo(() => {
    const byMetric = new Map(data?.metrics.map((each) => [each.metric, each]));
    return {
      name: (metric) => byMetric.get(metric)?.name ?? '',
      unit: (metric) => byMetric.get(metric)?.unit ?? 'count',
      definition: (metric) => byMetric.get(metric),
      common: data,
    };
  }, [data]);
}
