/** What networks tell, as points of charts. */

import { addDays, lengthOf, type Day } from '@/shared/lib/days';
import type { components } from '@/shared/api/schema';
import type { ContentDay, PostMetric } from './networkQueries';
import type { Period } from './periods';
import { sayStart, type Point } from './points';

type ProfileDay = components['schemas']['ProfileDayView'];

/** What is added up over posts; reach never is. */
export const GAINED = ['likes', 'replies', 'reposts'] as const satisfies readonly PostMetric[];

function daysOf({ first, last }: Period): Day[] {
  return Array.from({ length: lengthOf(first, last) }, (_, place) => addDays(first, place));
}

/** The followers of each profile at the end of each day; a day of which nothing is known is a gap. */
export function followersByDay(
  period: Period,
  told: ReadonlyMap<string, readonly ProfileDay[]>,
  locale: string,
): Point[] {
  return daysOf(period).map((day) => {
    const point: Point = { first: day, label: sayStart(day, 'day', locale) };
    for (const [profile, days] of told) {
      point[profile] = days.find((each) => each.day === day)?.values.followers ?? null;
    }
    return point;
  });
}

/** By how much the counts of posts rose on each day, of one profile or of all. */
export function gainedByDay(
  period: Period,
  days: readonly ContentDay[],
  profile: string | undefined,
  locale: string,
): Point[] {
  const mine = days.filter((each) => !profile || each.profile_id === profile);
  return daysOf(period).map((day) => {
    const point: Point = { first: day, label: sayStart(day, 'day', locale) };
    for (const metric of GAINED) {
      const some = mine.filter((each) => each.day === day && each.metric === metric);
      point[metric] = some.reduce((sum, each) => sum + each.gained, 0);
    }
    return point;
  });
}
