import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { usePlace } from '@/shared/ui/Moment';
import { useNow } from '@/shared/lib/useNow';
import { sayDay, type Day } from '@/shared/lib/days';
import { useDropPlace } from '../dragging';
import type { NativePost, Post } from '../queries';
import type { Calendar } from '../useCalendar';
import { clockChange, wallOf, type Wall } from '@/shared/lib/zones';
import { NativeChip } from './NativeChip';
import { PostChip } from './PostChip';
import classes from './WeekView.module.css';

interface Props {
  calendar: Calendar;
  days: readonly Day[];
  byDay: ReadonlyMap<Day, Post[]>;
  native: ReadonlyMap<Day, NativePost[]>;
  /** A post was dropped on an hour of a day. */
  drop: (post: string, day: Day, hour: number) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const FIRST_SEEN = 7;

/**
 * Posts are moments without a length: an hour is as high as what stands in it, so that posts of
 * the same minute lie below one another and can all be read.
 */
export function WeekView(props: Props) {
  const { calendar, days } = props;
  const morning = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers answer with a promise, which is not what ends an effect.
    morning.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div className={classes.week}>
      <div className={classes.corner} />
      {days.map((day) => (
        <DayHead key={day} day={day} calendar={calendar} />
      ))}
      {HOURS.map((hour) => (
        <HourRow key={hour} hour={hour} {...props} ref={hour === FIRST_SEEN ? morning : null} />
      ))}
    </div>
  );
}

function DayHead({ day, calendar }: { day: Day; calendar: Calendar }) {
  const { t } = useTranslation('scheduler');
  const { locale } = usePlace();
  const change = clockChange(day, calendar.zone);
  return (
    <div className={classes.dayHead} data-today={day === calendar.today || undefined}>
      <span>{sayDay(day, locale, { weekday: 'short' })}</span>
      <span className={classes.number}>{Number(day.slice(8))}</span>
      {change && <span className={classes.change}>{t(`clocks.${change}`)}</span>}
    </div>
  );
}

interface RowProps extends Props {
  hour: number;
  ref: React.Ref<HTMLDivElement>;
}

function HourRow({ hour, days, byDay, native, calendar, drop, ref }: RowProps) {
  const { locale } = usePlace();
  const said = sayHour(hour, locale);
  const now = wallOf(useNow(), calendar.zone);
  return (
    <>
      <div className={classes.hour} ref={ref}>
        {said}
      </div>
      {days.map((day) => {
        const wall: Wall = `${day}T${String(hour).padStart(2, '0')}`;
        const posts = byDay.get(day)?.filter(({ due_at: due }) => {
          return due && wallOf(due, calendar.zone).startsWith(wall);
        });
        return (
          <HourCell
            key={day}
            wall={wall}
            posts={posts ?? []}
            native={native
              .get(day)
              ?.filter(({ published_at: at }) => wallOf(at, calendar.zone).startsWith(wall))}
            calendar={calendar}
            isNow={now.startsWith(wall)}
            drop={(post) => drop(post, day, hour)}
          />
        );
      })}
    </>
  );
}

interface CellProps {
  wall: Wall;
  posts: readonly Post[];
  native: readonly NativePost[] | undefined;
  calendar: Calendar;
  isNow: boolean;
  drop: (post: string) => void;
}

function HourCell({ wall, posts, native = [], calendar, isNow, drop }: CellProps) {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  const place = useDropPlace(drop);
  return (
    <div className={classes.cell} data-wall={wall} data-now={isNow || undefined} {...place}>
      {posts.map((post) => (
        <PostChip key={post.id} post={post} zone={calendar.zone} as="card" />
      ))}
      {native.map((post) => (
        <NativeChip key={post.id} post={post} zone={calendar.zone} as="card" />
      ))}
      {may('publishing', 'edit') && posts.length + native.length === 0 && (
        <UnstyledButton
          className={classes.free}
          tabIndex={-1}
          aria-label={t('newAt', { time: `${wall.replace('T', ' ')}:00` })}
          onClick={() => calendar.compose(`${wall}:00`)}
        />
      )}
    </div>
  );
}

function sayHour(hour: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return format.format(Date.UTC(2026, 0, 1, hour));
}
