/** Numbers as people read them, and whether a change is a good one. */

import type { components } from '@/shared/api/schema';
import { duration } from '@/shared/lib/time';
import type { Metric } from './search';

export type Figure = components['schemas']['FigureView'];
export type Unit = components['schemas']['Unit'];

const MINUTE = 60;

export function sayCount(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

export function sayShare(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    value,
  );
}

export function saySeconds(value: number, locale: string): string {
  if (value >= MINUTE) return duration(value * 1000, locale);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(value);
}

export function say(value: number | null | undefined, unit: Unit, locale: string): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'share') return sayShare(value, locale);
  return unit === 'seconds' ? saySeconds(value, locale) : sayCount(value, locale);
}

const UP_IS_GOOD: ReadonlySet<string> = new Set<Metric>([
  'handled',
  'response_rate',
  'sla_first_response',
  'sla_next_response',
  'sla_resolution',
  'published',
  'punctuality',
]);
const DOWN_IS_GOOD: ReadonlySet<string> = new Set<Metric>([
  'reopened',
  'backlog',
  'reopen_rate',
  'first_response_time',
  'next_response_time',
  'resolution_time',
  'failed_publications',
  'unknown_publications',
  'publication_delay',
]);

export type Verdict = 'better' | 'worse' | 'neutral';

export interface Change {
  direction: 'up' | 'down' | 'same';
  verdict: Verdict;
  /** In percent of the value before; of a share in points; undefined where there was nothing. */
  amount: number | undefined;
  points: boolean;
}

const NOTICED = 0.005;

/** How a number moved against the period before; nothing where one of the two is not known. */
export function changeOf(
  metric: Metric,
  unit: Unit,
  now: number | null | undefined,
  before: number | null | undefined,
): Change | undefined {
  if (typeof now !== 'number' || typeof before !== 'number') return undefined;
  const points = unit === 'share';
  const moved = points ? now - before : relative(now, before);
  const same = moved === undefined ? now === before : Math.abs(moved) < NOTICED;
  const direction = same ? 'same' : now > before ? 'up' : 'down';
  // From nothing to something is neither good nor bad: there is nothing to hold it against.
  const verdict = moved === undefined ? 'neutral' : verdictOn(metric, direction);
  return { direction, verdict, amount: moved, points };
}

function relative(now: number, before: number): number | undefined {
  if (before === 0) return now === 0 ? 0 : undefined;
  return (now - before) / Math.abs(before);
}

function verdictOn(metric: Metric, direction: Change['direction']): Verdict {
  if (direction === 'same') return 'neutral';
  if (UP_IS_GOOD.has(metric)) return direction === 'up' ? 'better' : 'worse';
  if (DOWN_IS_GOOD.has(metric)) return direction === 'down' ? 'better' : 'worse';
  return 'neutral';
}

/** The amount of a change without its sign, which an arrow says. */
export function sayChange({ amount, points }: Change, locale: string): string | undefined {
  if (amount === undefined) return undefined;
  const size = Math.abs(amount) * 100;
  const digits = size < 10 ? 1 : 0;
  const said = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(size);
  return points ? said : `${said} %`;
}
