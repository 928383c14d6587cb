import { Group, Stack, Text, TextInput } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { ago, dayOf, fullTime, type Place } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { usePlace } from '@/shared/ui/Moment';
import { ZoneSelect } from '@/shared/ui/ZoneSelect';
import type { When } from '../actions';
import { instantOf } from '@/shared/lib/zones';

interface Props {
  when: When | null;
  change: (when: When | null) => void;
}

/** When the post is to appear: a time on the clocks of a zone, and which moment that is. */
export function WhenField({ when, change }: Props) {
  const { t } = useTranslation('scheduler');
  const { zone: mine } = useSession();
  const zone = when?.zone ?? mine;
  const setWall = (wall: string) => change(wall ? { wall: wall.slice(0, 16), zone } : null);
  return (
    <Stack gap={6}>
      <Group align="flex-end" grow preventGrowOverflow={false} gap="sm">
        <TextInput
          type="datetime-local"
          label={t('when')}
          value={when?.wall ?? ''}
          onChange={(event) => setWall(event.currentTarget.value)}
        />
        <ZoneSelect
          label={t('inZone')}
          value={zone}
          onChange={(chosen) => when && chosen && change({ ...when, zone: chosen })}
          disabled={!when}
        />
      </Group>
      {when ? <Meant when={when} /> : <Hint text={t('whenHint')} />}
    </Stack>
  );
}

function Hint({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  );
}

function Meant({ when }: { when: When }) {
  const { t } = useTranslation('scheduler');
  const place = usePlace();
  const now = useNow();
  const { at, skipped, twice } = instantOf(when.wall, when.zone);
  const moment = { when: fullTime(at, place), ago: inDays(at, now, place) };
  const odd = skipped ? t('skipped') : twice ? t('twice') : undefined;
  return (
    <>
      <Hint text={at <= now ? t('isPast') : t('meant', moment)} />
      {odd && (
        <Text size="xs" c="var(--mantine-color-clay-text)" role="status">
          <Group component="span" gap={5} wrap="nowrap">
            <IconClockExclamation size={15} aria-hidden />
            {odd}
          </Group>
        </Text>
      )}
    </>
  );
}

const DAY_MILLISECONDS = 86_400_000;

/** How many pages of the reader's calendar lie between, or how much time on the same page. */
function inDays(at: Date, now: Date, place: Place): string {
  const days = (Date.parse(dayOf(at, place)) - Date.parse(dayOf(now, place))) / DAY_MILLISECONDS;
  if (days === 0) return ago(at, place.locale, now);
  return new Intl.RelativeTimeFormat(place.locale, { numeric: 'auto' }).format(days, 'day');
}
