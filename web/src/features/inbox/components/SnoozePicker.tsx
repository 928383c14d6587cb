import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlarm } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
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

const SnoozeDialog = lazy(async () => ({
  default: (await import('./SnoozeDialog')).SnoozeDialog,
}));

const OTHER = 'other';

export function SnoozePicker({ change, keys }: Props) {
  const { t } = useTranslation('inbox');
  const place = usePlace();
  const [asking, dialog] = useDisclosure(false);
  const choices = snoozeChoices(useNow(), place.zone).map(({ name, until }) => ({
    value: until.toISOString(),
    label: t(`do.${name}`),
    icon: (
      <Text size="xs" c="dimmed" w={82}>
        {shortTime(until, place)} {timeOfDay(until, place)}
      </Text>
    ),
  }));
  const other = { value: OTHER, label: t('do.otherMoment') };
  const snooze = (until: string) => change(setState('snoozed', until));
  return (
    <>
      <Picker
        label={t('do.snooze')}
        icon={<IconAlarm size={16} aria-hidden />}
        groups={[{ label: place.zone.replaceAll('_', ' '), choices: [...choices, other] }]}
        pick={(value) => (value === OTHER ? dialog.open() : snooze(value))}
        command={keys ? { label: t('keys.snooze'), section: t('keys.section'), keys } : undefined}
      />
      <Suspense>
        {asking && (
          <SnoozeDialog close={dialog.close} choose={(until) => snooze(until.toISOString())} />
        )}
      </Suspense>
    </>
  );
}
