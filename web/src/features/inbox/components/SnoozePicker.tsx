import { Text } from '@mantine/core';
import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shortTime, timeOfDay } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { usePlace } from '@/shared/ui/Moment';
import { Picker } from '@/shared/ui/Picker';
import { setState, snoozeChoices, type Change } from '../changes';

interface Props {
  change: (change: Change) => void;
  keys?: string;
}

export function SnoozePicker({ change, keys }: Props) {
  const { t } = useTranslation('inbox');
  const place = usePlace();
  const choices = snoozeChoices(useNow(), place.zone).map(({ name, until }) => ({
    value: until.toISOString(),
    label: t(`do.${name}`),
    icon: (
      <Text size="xs" c="dimmed" w={82}>
        {shortTime(until, place)} {timeOfDay(until, place)}
      </Text>
    ),
  }));
  return (
    <Picker
      label={t('do.snooze')}
      icon={<IconAlarm size={16} aria-hidden />}
      groups={[{ label: place.zone.replaceAll('_', ' '), choices }]}
      pick={(until) => change(setState('snoozed', until))}
      {...(keys && { keys: { section: t('keys.section'), keys } })}
    />
  );
}
