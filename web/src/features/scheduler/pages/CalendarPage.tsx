import { Outlet, useMatchRoute } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Answer, NoPermission } from '@/shared/ui/States';
import { addDays, type Day } from '@/shared/lib/days';
import { CalendarEmpty } from '../components/CalendarEmpty';
import { DraftsPanel } from '../components/DraftsPanel';
import { ListView } from '../components/ListView';
import { MonthView } from '../components/MonthView';
import { Toolbar } from '../components/Toolbar';
import { WeekView } from '../components/WeekView';
import { draftsQuery } from '../queries';
import { isMovable } from '../states';
import { useCalendar, usePosts } from '../useCalendar';
import { focusPost, useCalendarKeys, useFocusedPost, type Step } from '../useCalendarKeys';
import { useMove, whenOf } from '../useMove';
import { instantOf, wallOf, type Wall } from '@/shared/lib/zones';
import classes from './CalendarPage.module.css';

export function CalendarPage() {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  if (!may('publishing', 'view')) return <NoPermission>{t('noPermission')}</NoPermission>;
  return <CalendarOfPosts />;
}

function CalendarOfPosts() {
  const calendar = useCalendar();
  const shown = usePosts(calendar);
  const drafts = useQuery(draftsQuery).data ?? [];
  const [draftsOpen, setDraftsOpen] = useState(false);
  const focused = useFocusedPost();
  const { moveTo, step } = useMoves(calendar, [...shown.posts, ...drafts]);
  const composing = useMatchRoute()({ to: '/calendar' }) === false;
  useCalendarKeys(calendar, composing ? undefined : focused, step);
  const toggle = () => setDraftsOpen(!draftsOpen);
  return (
    <div className={classes.page}>
      <Toolbar
        calendar={calendar}
        days={shown.days}
        drafts={{ count: drafts.length, open: draftsOpen, toggle }}
      />
      <div className={classes.body}>
        <div className={classes.view} data-view={calendar.view}>
          <Answer to={shown}>
            {(all) => <Content calendar={calendar} shown={shown} all={all.length} drop={moveTo} />}
          </Answer>
        </div>
        {draftsOpen && <DraftsPanel drafts={drafts} calendar={calendar} close={toggle} />}
      </div>
      <Outlet />
    </div>
  );
}

interface ContentProps {
  calendar: ReturnType<typeof useCalendar>;
  shown: ReturnType<typeof usePosts>;
  /** How many there are without the filters. */
  all: number;
  drop: (post: string, day: Day, hour?: number) => void;
}

function Content({ calendar, shown, all, drop }: ContentProps) {
  const { days, byDay, native, posts } = shown;
  const { view, phone } = calendar;
  const empty = posts.length + native.size === 0 && (
    <CalendarEmpty calendar={calendar} hidden={all} />
  );
  if (view === 'month') {
    return (
      <>
        <MonthView calendar={calendar} days={days} byDay={byDay} native={native} drop={drop} />
        {!phone && empty}
      </>
    );
  }
  if (view === 'week' && !phone) {
    return <WeekView calendar={calendar} days={days} byDay={byDay} native={native} drop={drop} />;
  }
  return empty || <ListView calendar={calendar} days={days} byDay={byDay} native={native} />;
}

/** Moving posts: to a place where they are dropped, or step by step. */
function useMoves(
  { zone, go, date }: ReturnType<typeof useCalendar>,
  posts: ReturnType<typeof usePosts>['posts'],
) {
  const move = useMove();
  const find = (id: string) => posts.find((post) => post.id === id && isMovable(post));
  const moveTo = (id: string, day: Day, hour?: number) => {
    const post = find(id);
    if (!post) return;
    const before = post.due_at ? wallOf(post.due_at, zone) : `${day}T09:00`;
    const time = hour === undefined ? before.slice(11) : sayTime(hour, before.slice(14, 16));
    const wall: Wall = `${day}T${time}`;
    if (wall !== before || !post.due_at) move({ post, to: whenOf(post, wall, zone) });
  };
  const step = (id: string, { days, hours }: Step) => {
    const post = find(id);
    if (!post?.due_at) return;
    const before = wallOf(post.due_at, zone);
    const at = `${addDays(before.slice(0, 10), days)}T${before.slice(11)}`;
    const wall = hours === 0 ? at : later(at, hours, zone);
    move({ post, to: whenOf(post, wall, zone) });
    if (wall.slice(0, 7) !== date.slice(0, 7)) go({ date: wall.slice(0, 10) });
    // It is drawn anew where it has gone to.
    setTimeout(() => focusPost(id), 50);
  };
  return { moveTo, step };
}

function later(wall: Wall, hours: number, zone: string): Wall {
  return wallOf(instantOf(wall, zone).at.getTime() + hours * 3_600_000, zone);
}

function sayTime(hour: number, minutes: string): string {
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}
