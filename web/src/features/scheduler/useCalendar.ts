import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSession } from '@/shared/api/session';
import { workspaceZoneQuery } from '@/shared/api/zone';
import { useNow } from '@/shared/lib/useNow';
import { usePhone } from '@/shared/lib/usePhone';
import { addDays, type Day } from '@/shared/lib/days';
import { daysOf, type View } from './grid';
import { calendarQuery, nativeQuery, type NativePost, type Post } from './queries';
import type { CalendarSearch } from './search';
import { instantOf, wallOf, type Wall } from '@/shared/lib/zones';

export interface Calendar {
  view: View;
  date: Day;
  today: Day;
  /** The zone whose days are shown, and whose that is. */
  zone: string;
  zoneOf: 'mine' | 'workspace';
  zones: { mine: string; workspace: string };
  phone: boolean;
  search: CalendarSearch;
  go: (change: CalendarSearch) => void;
  compose: (at?: Wall) => void;
}

/** Where the calendar stands: all of it is in the address. */
export function useCalendar(): Calendar {
  const search = useSearch({ from: '/desk/calendar' });
  const navigate = useNavigate();
  const phone = usePhone();
  const mine = useSession().zone;
  const workspace = useQuery(workspaceZoneQuery).data ?? mine;
  const zoneOf = search.zone ?? 'mine';
  const zone = zoneOf === 'workspace' ? workspace : mine;
  const today = wallOf(useNow(), zone).slice(0, 10);
  const go = (change: CalendarSearch) =>
    void navigate({ from: '/calendar', to: '/calendar', search: (old) => ({ ...old, ...change }) });
  const compose = (at?: Wall) =>
    void navigate({
      from: '/calendar',
      to: '/calendar/posts/new',
      search: (old) => ({ ...old, at }),
    });
  return {
    view: search.view ?? (phone ? 'list' : 'month'),
    date: search.date ?? today,
    today,
    zone,
    zoneOf,
    zones: { mine, workspace },
    phone,
    search,
    go,
    compose,
  };
}

/** The posts of the days that are shown, as far as the filters let them through. */
export function usePosts({ view, date, zone, search }: Calendar) {
  const days = useMemo(() => daysOf(view, date), [view, date]);
  const query = useMemo(() => {
    const first = days[0] ?? date;
    const last = days.at(-1) ?? date;
    const from = instantOf(`${first}T00:00`, zone).at;
    const to = new Date(instantOf(`${last}T23:59`, zone).at.getTime() + 60_000);
    return calendarQuery(from, to);
  }, [days, date, zone]);
  const found = useQuery({ ...query, placeholderData: (before) => before });
  const posts = useMemo(
    () => found.data?.filter((post) => isWanted(post, search)) ?? [],
    [found.data, search],
  );
  const byDay = useMemo(
    () => Map.groupBy(posts, (post) => wallOf(post.due_at ?? 0, zone).slice(0, 10)),
    [posts, zone],
  );
  return { ...found, days, posts, byDay, native: useNative(days, zone, search) };
}

/** What was published elsewhere, by day; nothing where the role does not show numbers. */
function useNative(
  days: readonly Day[],
  zone: string,
  search: CalendarSearch,
): ReadonlyMap<Day, NativePost[]> {
  const enabled = useSession().may('analytics', 'view');
  // The days of the workspace may begin earlier or later than those that are shown.
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const { data } = useQuery({
    ...nativeQuery(addDays(first, -1), addDays(last, 1)),
    enabled,
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    const { profile, state } = search;
    const shown = state?.length && !state.includes('published') ? [] : (data ?? []);
    const wanted = shown.filter((post) => !profile?.length || profile.includes(post.profile_id));
    wanted.sort((one, other) => one.published_at.localeCompare(other.published_at));
    return Map.groupBy(wanted, (post) => wallOf(post.published_at, zone).slice(0, 10));
  }, [data, search, zone]);
}

export function isWanted(post: Post, { profile, state }: CalendarSearch): boolean {
  if (state?.length && !state.includes(post.state)) return false;
  return !profile?.length || post.targets.some((one) => profile.includes(one.profile_id));
}
