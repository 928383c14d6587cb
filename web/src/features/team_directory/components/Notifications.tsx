import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconBellOff, IconChecks, IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, dayOf } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { More } from '@/shared/ui/More';
import { Sheet } from '@/shared/ui/Sheet';
import { Answer, Empty } from '@/shared/ui/States';
import { notificationsQuery, unreadQuery, type Notification } from '../notificationQueries';
import { useReading } from '../useReading';
import { NotificationRow } from './NotificationRow';
import classes from './Notifications.module.css';

/** What somebody was told, by day, with the way to what it is about. */
export function Notifications({ close }: { close: () => void }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const [only, setOnly] = useState<'unread' | 'all'>('unread');
  const unread = useQuery(unreadQuery).data?.unread ?? 0;
  const list = useInfiniteQuery(notificationsQuery(only === 'unread'));
  const reading = useReading();
  return (
    <Sheet title={t('common:bell.title')} width={420} close={close}>
      <Group justify="space-between" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('notifications.which')}
          value={only}
          data={(['unread', 'all'] as const).map((value) => ({
            value,
            label: t(`notifications.${value}`),
          }))}
          onChange={setOnly}
        />
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconChecks size={16} aria-hidden />}
          disabled={unread === 0}
          loading={reading.isPending}
          onClick={() => reading.mutate('all')}
        >
          {t('notifications.readAll')}
        </Button>
      </Group>
      <Answer to={list}>
        {({ pages }) => (
          <Days
            items={pages.flatMap((page) => page.items)}
            only={only}
            close={close}
            read={(ids) => reading.mutate(ids)}
          />
        )}
      </Answer>
      <More of={list} label={t('notifications.older')} size="xs" variant="subtle" />
      <Link to="/account/notifications" className={classes.preferences} onClick={close}>
        <IconSettings size={16} aria-hidden /> {t('notifications.preferences')}
      </Link>
    </Sheet>
  );
}

interface DaysProps {
  items: readonly Notification[];
  only: 'unread' | 'all';
  close: () => void;
  read: (ids: readonly string[]) => void;
}

function Days({ items, only, close, read }: DaysProps) {
  const { t } = useTranslation('team_directory');
  const place = usePlace();
  if (items.length === 0) {
    return (
      <Empty icon={IconBellOff} title={t(`notifications.none.${only}`)}>
        {t('notifications.noneText')}
      </Empty>
    );
  }
  const days = Map.groupBy(items, (item) => dayOf(item.created_at, place));
  return [...days].map(([day, those]) => (
    <section key={day}>
      <h3 className={classes.day}>{dayName(those[0]?.created_at ?? day, place)}</h3>
      <ul className={classes.list}>
        {those.map((item) => (
          <li key={item.id}>
            <NotificationRow item={item} close={close} read={() => read([item.id])} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
