import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendarStats, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lengthOf, sayDays } from '@/shared/lib/days';
import { Dates } from '@/shared/ui/Dates';
import { LONGEST_DAYS, PRESETS, USUAL, type Preset } from '../periods';
import type { Report } from '../useReport';
import classes from './PeriodPicker.module.css';

type Range = [string | null, string | null];

/** The usual periods, and any other days, in the zone of the workspace. */
export function PeriodPicker({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { period, search, locale, go } = report;
  const [open, setOpen] = useState(false);
  const preset = search.first ? undefined : (search.period ?? USUAL);
  const choose = (chosen: Preset) => {
    go({ period: chosen === USUAL ? undefined : chosen, first: undefined, last: undefined });
    setOpen(false);
  };
  const name = preset ? t(`period.${preset}`) : sayDays(period.first, period.last, locale);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCalendarStats size={15} aria-hidden />}
          aria-label={`${t('period.label')}: ${name}`}
          onClick={() => setOpen(!open)}
        >
          {name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" className={classes.dropdown} aria-label={t('period.label')}>
        <Stack gap={2} className={classes.presets}>
          {PRESETS.map((each) => (
            <UnstyledButton
              key={each}
              className={classes.preset}
              aria-current={each === preset}
              onClick={() => choose(each)}
            >
              {t(`period.${each}`)}
              {each === preset && <IconCheck size={15} aria-hidden />}
            </UnstyledButton>
          ))}
        </Stack>
        <OtherDays report={report} done={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function OtherDays({ report, done }: { report: Report; done: () => void }) {
  const { t } = useTranslation('analytics');
  const { period, today, go, zone } = report;
  const [range, setRange] = useState<Range>([period.first, period.last]);
  const [tooLong, setTooLong] = useState(false);
  const change = (chosen: Range) => {
    setRange(chosen);
    const [first, last] = chosen;
    if (!first || !last) return;
    const long = lengthOf(first, last) > LONGEST_DAYS;
    setTooLong(long);
    if (long) return;
    go({ first, last, period: undefined });
    done();
  };
  return (
    <Stack gap={4}>
      <Text size="xs" fw={600}>
        {t('period.custom')}
      </Text>
      <Dates>
        <DatePicker
          type="range"
          size="xs"
          allowSingleDateInRange
          maxDate={today}
          defaultDate={period.last}
          value={range}
          onChange={change}
        />
      </Dates>
      <Text size="xs" c={tooLong ? 'red' : 'dimmed'} role={tooLong ? 'alert' : undefined}>
        {tooLong ? t('period.tooLong', { days: LONGEST_DAYS }) : zone.replaceAll('_', ' ')}
      </Text>
    </Stack>
  );
}
