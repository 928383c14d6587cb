import { ActionIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconAt,
  IconCheck,
  IconClockHour4,
  IconPlugX,
  IconSend2,
  IconTicket,
  IconUserCheck,
  IconUsers,
  IconWebhookOff,
  type Icon,
} from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '@/shared/lib/i18n';
import { timeOfDay } from '@/shared/lib/time';
import { usePlace } from '@/shared/ui/Moment';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import type { Notification } from '../notificationQueries';
import classes from './Notifications.module.css';

const SIGNS: Record<Notification['kind'], Icon> = {
  assigned: IconUserCheck,
  team_assigned: IconUsers,
  mentioned: IconAt,
  ticket_activity: IconTicket,
  sla_near: IconClockHour4,
  sla_missed: IconAlertTriangle,
  publication_at_risk: IconAlertTriangle,
  publication_failed: IconSend2,
  profile_needs_person: IconPlugX,
  webhook_paused: IconWebhookOff,
};

interface Props {
  item: Notification;
  close: () => void;
  read: () => void;
}

/** One thing that happened; pressed, it leads there and is read. */
export function NotificationRow({ item, close, read }: Props) {
  const { t } = useTranslation('team_directory');
  const router = useRouter();
  const place = usePlace();
  const Sign = SIGNS[item.kind];
  const unread = item.read_at === null;
  const go = (event: MouseEvent) => {
    if (unread) read();
    // In another tab, as somebody asked for.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    close();
    router.history.push(item.path);
  };
  return (
    <div className={classes.row} data-unread={unread}>
      <span className={classes.sign} data-kind={item.kind}>
        <Sign size={17} aria-hidden />
      </span>
      <a href={item.path} className={classes.link} onClick={go}>
        <span className={classes.title}>{inLanguage(item.title)}</span>
        <span className={classes.facts}>
          {item.network && <NetworkBadge network={item.network} size={14} />}
          {item.profile && <span>@{item.profile}</span>}
          <time dateTime={item.created_at}>{timeOfDay(item.created_at, place)}</time>
        </span>
      </a>
      {unread && (
        <ActionIcon
          size="sm"
          aria-label={t('notifications.read')}
          title={t('notifications.read')}
          onClick={read}
        >
          <IconCheck size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
