/** Which days a view shows. Days have no zone here; weeks begin on Monday. */

import type { Day } from './zones';

export const VIEWS = ['month', 'week', 'list'] as const;
export type View = (typeof VIEWS)[number];

const WEEK_DAYS = 7;
export const DAY = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/;

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && DAY.test(value) && dayOf(dateOf(value)) === value;
}

export function addDays(day: Day, count: number): Day {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return dayOf(date);
}

/** The same day of another month, or its last. */
export function addMonths(day: Day, count: number): Day {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count + 1, 0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return dayOf(date);
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((dateOf(day).getUTCDay() + 6) % WEEK_DAYS));
}

function days(first: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, place) => addDays(first, place));
}

/** The days that a view shows around a day; a month in whole weeks, a list without its edges. */
export function daysOf(view: View, day: Day): Day[] {
  if (view === 'week') return days(mondayOf(day), WEEK_DAYS);
  const first = `${day.slice(0, 8)}01`;
  const last = addDays(addMonths(first, 1), -1);
  if (view === 'list') return days(first, Number(last.slice(8)));
  const start = mondayOf(first);
  const end = addDays(mondayOf(last), WEEK_DAYS - 1);
  const length = (dateOf(end).getTime() - dateOf(start).getTime()) / 86_400_000 + 1;
  return days(start, length);
}

/** The day that the view stands on after turning a page. */
export function turned(view: View, day: Day, pages: number): Day {
  return view === 'week' ? addDays(day, pages * WEEK_DAYS) : addMonths(day, pages);
}

/** A day in words, whatever zone the reader is in. */
export function sayDay(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(dateOf(day));
}
