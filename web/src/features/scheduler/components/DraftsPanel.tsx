import { CloseButton, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import type { Post } from '../queries';
import type { Calendar } from '../useCalendar';
import classes from './DraftsPanel.module.css';
import { PostChip } from './PostChip';

interface Props {
  drafts: readonly Post[];
  calendar: Calendar;
  close: () => void;
}

/** What has no time yet, beside the calendar: a draft is dragged to where it belongs. */
export function DraftsPanel({ drafts, calendar, close }: Props) {
  const { t } = useTranslation('scheduler');
  return (
    <aside className={classes.panel} aria-label={t('drafts', { count: drafts.length })}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h6">
          {t('drafts', { count: drafts.length })}
        </Title>
        <CloseButton size="sm" aria-label={t('closeDrafts')} onClick={close} />
      </Group>
      <Text size="xs" c="dimmed">
        {drafts.length > 0 ? t('draftsHint') : t('noDrafts')}
      </Text>
      {drafts.map((post) => (
        <div key={post.id}>
          <PostChip post={post} zone={calendar.zone} as="card" />
          <Text size="xs" c="dimmed" pl={4} pt={2} component="div">
            <Moment at={post.updated_at} as="ago" />
          </Text>
        </div>
      ))}
    </aside>
  );
}
