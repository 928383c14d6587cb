import { ActionIcon, Button, Group, SegmentedControl, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { usePlace } from '@/shared/ui/Moment';
import { sayDay } from '@/shared/lib/days';
import { turned, VIEWS, type View } from '../grid';
import type { Calendar } from '../useCalendar';
import { Filters } from './Filters';
import classes from './Toolbar.module.css';
import { ZoneSwitch } from './ZoneSwitch';

interface Props {
  calendar: Calendar;
  days: readonly string[];
  drafts: { count: number; open: boolean; toggle: () => void };
}

export function Toolbar({ calendar, days, drafts }: Props) {
  const { t } = useTranslation('scheduler');
  const { locale } = usePlace();
  const { may } = useSession();
  const { view, date, today, go, phone } = calendar;
  const turn = (pages: number) => go({ date: turned(view, date, pages) });
  return (
    <div className={classes.bar}>
      <Group gap={4} wrap="nowrap">
        <ActionIcon size="lg" aria-label={t(`before.${view}`)} onClick={() => turn(-1)}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon size="lg" aria-label={t(`after.${view}`)} onClick={() => turn(1)}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
        <Button variant="default" size="xs" onClick={() => go({ date: today })}>
          {t('today')}
        </Button>
      </Group>
      <Title order={1} className={classes.title}>
        {titleOf(view, days, date, locale)}
      </Title>
      <Group gap="xs" ml={phone ? 0 : 'auto'} className={classes.tools}>
        <ZoneSwitch calendar={calendar} />
        <Filters calendar={calendar} />
        <Button
          variant={drafts.open ? 'light' : 'default'}
          size="xs"
          aria-expanded={drafts.open}
          leftSection={<IconPencil size={15} aria-hidden />}
          onClick={drafts.toggle}
        >
          {t('drafts', { count: drafts.count })}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('view')}
          value={view}
          data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
          onChange={(value) => go({ view: value })}
        />
        {may('publishing', 'edit') && (
          <Button
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => calendar.compose()}
          >
            {t('newPost')}
          </Button>
        )}
      </Group>
    </div>
  );
}

function titleOf(view: View, days: readonly string[], date: string, locale: string): string {
  if (view !== 'week') return sayDay(date, locale, { month: 'long', year: 'numeric' });
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(Date.parse(days[0] ?? date), Date.parse(days.at(-1) ?? date));
}
