import { Group, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '@/shared/lib/time';
import { useNow } from '@/shared/lib/useNow';
import { Face } from '@/shared/ui/Face';
import { Moment, usePlace } from '@/shared/ui/Moment';
import type { Member } from '../access';

export function MemberFacts({ member }: { member: Member }) {
  const { t } = useTranslation('team_directory');
  const { locale } = usePlace();
  const time = timeOfDay(useNow(), { locale, zone: member.time_zone });
  const safe = member.second_factor;
  const Sign = safe ? IconShieldCheck : IconShieldOff;
  return (
    <Group align="flex-start" wrap="nowrap">
      <Face name={member.name} seed={member.id} size={52} />
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text>{member.email}</Text>
        <Text size="sm" c="dimmed">
          {t('people.clock', { time, zone: member.time_zone.replaceAll('_', ' ') })} ·{' '}
          {t('people.since')} <Moment at={member.joined_at} />
        </Text>
        <Text size="sm" c="dimmed">
          <Sign size={15} aria-hidden style={{ verticalAlign: -2 }} />{' '}
          {t(safe ? 'people.factorOn' : 'people.factorOff')}
        </Text>
      </div>
    </Group>
  );
}
