import { Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { sayDay, type Day } from '@/shared/lib/days';
import { profileName, useProfiles, type NativePost, type Post } from '../queries';
import { isAtRisk } from '../states';
import type { Calendar } from '../useCalendar';
import classes from './ListView.module.css';
import { NativeChip } from './NativeChip';
import { coloured, excerpt } from './PostChip';
import { StateBadge } from './StateSign';
import { Thumbnail } from './Thumbnail';

interface Props {
  calendar: Calendar;
  days: readonly Day[];
  byDay: ReadonlyMap<Day, Post[]>;
  native: ReadonlyMap<Day, NativePost[]>;
}

/** The days that have posts, one below the other. */
export function ListView({ calendar, days, byDay, native }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { today } = calendar;
  useEffect(() => {
    list.current?.querySelector(`[data-day="${today}"]`)?.scrollIntoView({ block: 'start' });
  }, [today, days]);
  return (
    <div className={classes.list} ref={list}>
      {days
        .filter((day) => byDay.has(day) || native.has(day) || day === calendar.today)
        .map((day) => (
          <DayList
            key={day}
            day={day}
            posts={byDay.get(day) ?? []}
            native={native.get(day) ?? []}
            calendar={calendar}
          />
        ))}
    </div>
  );
}

interface DayProps {
  day: Day;
  posts: readonly Post[];
  native: readonly NativePost[];
  calendar: Calendar;
}

export function DayList({ day, posts, native, calendar }: DayProps) {
  const { t } = useTranslation('scheduler');
  const { locale } = usePlace();
  const said = sayDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <section className={classes.day} data-day={day}>
      <Title order={2} className={classes.dayName}>
        {said}
        {day === calendar.today && <span className={classes.today}>{t('today')}</span>}
      </Title>
      {posts.length + native.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="sm">
          {t('nothingThatDay')}
        </Text>
      )}
      {posts.map((post) => (
        <PostRow key={post.id} post={post} zone={calendar.zone} />
      ))}
      {native.map((post) => (
        <div key={post.id} className={classes.native}>
          <NativeChip post={post} zone={calendar.zone} as="card" />
        </div>
      ))}
    </section>
  );
}

/** A post over the whole width: when, what, where and how it stands. */
export function PostRow({ post, zone }: { post: Post; zone: string }) {
  const { t } = useTranslation('scheduler');
  const { of, hue } = useProfiles();
  const { locale } = usePlace();
  const [picture] = post.media;
  return (
    <Link
      to="/calendar/posts/$postId"
      params={{ postId: post.id }}
      search
      className={classes.row}
      style={coloured(post.targets.map((one) => hue(one.profile_id)))}
      data-post={post.id}
    >
      {post.due_at && (
        <span className={classes.time}>{timeOfDay(post.due_at, { locale, zone })}</span>
      )}
      <span className={classes.body}>
        <span className={classes.text}>{excerpt(post) || t('noText')}</span>
        <span className={classes.profiles}>
          {post.targets.map((one) => {
            const profile = of(one.profile_id);
            return (
              <span key={one.id} className={classes.profile}>
                <NetworkBadge network={profile?.network ?? ''} size={14} />
                {profileName(profile)}
              </span>
            );
          })}
        </span>
      </span>
      {picture && <Thumbnail picture={picture} size={40} />}
      <StateBadge state={post.state} atRisk={isAtRisk(post)} />
    </Link>
  );
}
