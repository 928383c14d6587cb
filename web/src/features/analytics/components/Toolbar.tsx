import { ActionIcon, Button, Group, SegmentedControl, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowsDiff, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addDays, lengthOf, sayDays } from '@/shared/lib/days';
import { useCommands } from '@/shared/lib/commands';
import { PRESETS, USUAL } from '../periods';
import type { Report } from '../useReport';
import { Filters } from './Filters';
import { PeriodPicker } from './PeriodPicker';
import classes from './Toolbar.module.css';

const HOURS = ['all', 'business', 'off'] as const;

export function Toolbar({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  useReportCommands(report);
  return (
    <div className={classes.bar}>
      <div>
        <Title order={1} className={classes.title}>
          {t('title')}
        </Title>
        <Said report={report} />
      </div>
      <Group gap="xs" className={classes.tools}>
        <PeriodPicker report={report} />
        {isCounted(report) && <Modes report={report} />}
        <Tooltip label={t('print')}>
          <ActionIcon
            size={30}
            variant="default"
            aria-label={t('print')}
            onClick={() => window.print()}
          >
            <IconPrinter size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

/** What networks tell knows neither hours nor colleagues. */
function isCounted({ part }: Report): boolean {
  return part !== '/analytics/networks';
}

function Modes({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { compare, go, search } = report;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('hours.label')}
        value={search.hours ?? 'all'}
        data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
        onChange={(value) => go({ hours: value === 'all' ? undefined : value })}
      />
      <Filters report={report} />
      <Tooltip label={t('compare')}>
        <Button
          variant={compare ? 'light' : 'default'}
          size="xs"
          px={9}
          aria-pressed={compare}
          aria-label={t('compare')}
          onClick={() => go({ compare: compare ? false : undefined })}
        >
          <IconArrowsDiff size={16} aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}

/** Of which days the numbers are, in whose zone, and against which they are held. */
function Said({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { period, compare, locale, zone } = report;
  const length = lengthOf(period.first, period.last);
  const before = sayDays(addDays(period.first, -length), addDays(period.first, -1), locale);
  const parts = [sayDays(period.first, period.last, locale), zone.replaceAll('_', ' ')];
  if (compare && isCounted(report)) parts.splice(1, 0, t('against', { days: before }));
  return (
    <Text size="xs" c="dimmed">
      {parts.join(' · ')}
    </Text>
  );
}

function useReportCommands({ go, compare, search }: Report): void {
  const { t } = useTranslation('analytics');
  const section = t('title');
  const next = HOURS[(HOURS.indexOf(search.hours ?? 'all') + 1) % HOURS.length];
  useCommands([
    ...PRESETS.map((preset) => ({
      id: `analytics.${preset}`,
      label: `${t('period.label')}: ${t(`period.${preset}`)}`,
      section,
      run: () =>
        go({
          period: preset === USUAL ? undefined : preset,
          first: undefined,
          last: undefined,
        }),
    })),
    {
      id: 'analytics.compare',
      label: t('compare'),
      section,
      keys: 'c',
      run: () => go({ compare: compare ? false : undefined }),
    },
    {
      id: 'analytics.hours',
      label: t('hours.label'),
      section,
      keys: 'h',
      run: () => go({ hours: next === 'all' ? undefined : next }),
    },
  ]);
}
