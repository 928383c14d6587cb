import { Button, Group } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Empty } from '@/shared/ui/States';
import { useProfiles } from '../queries';
import type { Calendar } from '../useCalendar';
import classes from './CalendarEmpty.module.css';

/** Nothing is planned here: because of the filters, for want of a profile, or not yet. */
export function CalendarEmpty({ calendar, hidden }: { calendar: Calendar; hidden: number }) {
  const { t } = useTranslation('scheduler');
  const { may } = useSession();
  const { all } = useProfiles();
  if (hidden > 0) {
    const show = () => calendar.go({ profile: undefined, state: undefined });
    return (
      <div className={classes.over}>
        <Empty
          title={t('empty.filtered', { count: hidden })}
          action={<Button onClick={show}>{t('filter.clear')}</Button>}
        />
      </div>
    );
  }
  const reason = all.some(({ may_publish }) => may_publish) ? 'text' : 'noProfile';
  return (
    <div className={classes.over}>
      <Empty
        icon={IconCalendarPlus}
        title={t('empty.title')}
        action={
          may('publishing', 'edit') &&
          reason === 'text' && (
            <Group>
              <Button onClick={() => calendar.compose()}>{t('newPost')}</Button>
            </Group>
          )
        }
      >
        {t(`empty.${reason}`)}
      </Empty>
    </div>
  );
}
