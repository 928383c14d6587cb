/** Which days a view shows. */

import { addDays, addMonths, lengthOf, mondayOf, type Day } from '@/shared/lib/days';

export const VIEWS = ['month', 'week', 'list'] as const;
export type View = (typeof VIEWS)[number];

const WEEK_DAYS = 7;

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
  return days(start, lengthOf(start, addDays(mondayOf(last), WEEK_DAYS - 1)));
}

/** The day that the view stands on after turning a page. */
export function turned(view: View, day: Day, pages: number): Day {
  return view === 'week' ? addDays(day, pages * WEEK_DAYS) : addMonths(day, pages);
}
