import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { usePlace } from '@/shared/ui/Moment';
import { sayDay, type Day } from '@/shared/lib/days';
import { useDropPlace } from '../dragging';
import type { NativePost, Post } from '../queries';
import type { Calendar } from '../useCalendar';
import { DayList } from './ListView';
import classes from './MonthView.module.css';
import { NativeChip, NativeSign } from './NativeChip';
import { PostChip } from './PostChip';
import { StateSign } from './StateSign';

interface Props {
  calendar: Calendar;
  days: readonly Day[];
  byDay: ReadonlyMap<Day, Post[]>;
  native: ReadonlyMap<Day, NativePost[]>;
  /** A post was dropped on a day. */
  drop: (post: string, day: Day) => void;
}

export function MonthView(props: Props) {
  const { calendar, days, byDay } = props;
  const { locale } = usePlace();
  return (
    <>
      <div className={classes.month} style={{ '--weeks': days.length / 7 }}>
        {days.slice(0, 7).map((day) => (
          <div key={day} className={classes.weekday}>
            {sayDay(day, locale, { weekday: 'short' })}
          </div>
        ))}
        {days.map((day) => (
          <DayCell key={day} day={day} posts={byDay.get(day) ?? []} {...props} />
        ))}
      </div>
      {calendar.phone && (
        <DayList
          day={calendar.date}
          posts={byDay.get(calendar.date) ?? []}
          native={props.native.get(calendar.date) ?? []}
          calendar={calendar}
        />
      )}
    </>
  );
}

const SHOWN = 4;
const SIGNS_SHOWN = 3;

function DayCell({ day, posts, native, calendar, drop }: Props & { day: Day; posts: Post[] }) {
  const { t } = useTranslation('scheduler');
  const { locale } = usePlace();
  const { may } = useSession();
  const place = useDropPlace((post) => drop(post, day));
  const said = sayDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const chips = [
    ...posts.map((post) => <PostChip key={post.id} post={post} zone={calendar.zone} as="line" />),
    ...(native.get(day) ?? []).map((post) => (
      <NativeChip key={post.id} post={post} zone={calendar.zone} as="line" />
    )),
  ];
  const signs = [
    ...posts.map((post) => <StateSign key={post.id} state={post.state} />),
    ...(native.get(day) ?? []).map((post) => <NativeSign key={post.id} />),
  ];
  const shown = chips.length > SHOWN ? chips.slice(0, SHOWN - 1) : chips;
  const choose = () => calendar.go({ date: day });
  return (
    <section
      className={classes.day}
      aria-label={said}
      data-day={day}
      data-today={day === calendar.today || undefined}
      data-outside={day.slice(0, 7) !== calendar.date.slice(0, 7) || undefined}
      data-chosen={day === calendar.date || undefined}
      {...place}
    >
      <header className={classes.dayHead}>
        <UnstyledButton className={classes.number} onClick={choose} aria-label={said}>
          {Number(day.slice(8))}
        </UnstyledButton>
        {may('publishing', 'edit') && !calendar.phone && (
          <ActionIcon
            className={classes.add}
            size="sm"
            aria-label={t('newOn', { day: said })}
            onClick={() => calendar.compose(`${day}T09:00`)}
          >
            <IconPlus size={14} aria-hidden />
          </ActionIcon>
        )}
      </header>
      {calendar.phone ? (
        <span className={classes.signs}>{signs.slice(0, SIGNS_SHOWN)}</span>
      ) : (
        shown
      )}
      {!calendar.phone && shown.length < chips.length && (
        <UnstyledButton
          className={classes.more}
          onClick={() => calendar.go({ date: day, view: 'week' })}
        >
          {t('more', { count: chips.length - shown.length })}
        </UnstyledButton>
      )}
    </section>
  );
}
