/** Lines of a report as points that a chart and a table can show. */

import { addDays, addMonths, sayDay, type Day } from '@/shared/lib/days';
import type { Period } from './periods';
import type { Line } from './queries';
import type { Metric } from './search';

export type Interval = 'day' | 'week' | 'month';

/** What of a figure is drawn. */
type Part = 'value' | 'p90' | 'before';

export interface Point {
  first: Day;
  label: string;
  /** `metric` or `metric.part`; null leaves a gap. */
  [series: string]: number | string | null;
}

export function seriesName(metric: Metric, part: Part = 'value'): string {
  return part === 'value' ? metric : `${metric}_${part}`;
}

export function pointsOf(lines: readonly Line[], interval: Interval, locale: string): Point[] {
  const [first] = lines;
  if (!first) return [];
  return first.points.map(({ first: day }, place) => {
    const point: Point = { first: day, label: sayStart(day, interval, locale) };
    for (const { metric, points } of lines) {
      const { now, before } = points[place] ?? {};
      point[seriesName(metric)] = now?.value ?? null;
      point[seriesName(metric, 'p90')] = now?.spread?.p90 ?? null;
      point[seriesName(metric, 'before')] = before?.value ?? null;
    }
    return point;
  });
}

export function sayStart(day: Day, interval: Interval, locale: string): string {
  if (interval === 'month') return sayDay(day, locale, { month: 'short', year: 'numeric' });
  return sayDay(day, locale, { day: 'numeric', month: 'short' });
}

/** The days of an interval as far as they lie in the period, as a cell of the report. */
export function cellOf(first: Day, interval: Interval, period: Period): string {
  const end =
    interval === 'day'
      ? first
      : addDays(interval === 'week' ? addDays(first, 7) : addMonths(first, 1), -1);
  const from = first < period.first ? period.first : first;
  const to = end > period.last ? period.last : end;
  return `days:${from}_${to}`;
}
