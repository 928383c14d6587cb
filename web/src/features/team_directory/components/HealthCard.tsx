import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/ui/Moment';
import type { Health } from '../profiles';
import { Facts, type Fact } from './Facts';
import { Ledger } from './Ledger';
import { useReason } from './useReason';

/** What came in from a profile, what became of it, and how it is read. */
export function HealthCard({ health }: { health: Health }) {
  const { t } = useTranslation('team_directory');
  const reasonOf = useReason();
  const { last_event_at: last, last_reconciled_at: compared } = health;
  const counts = ['repeated', 'waiting', 'failed', 'discarded', 'gaps_filled'] as const;
  const facts: Fact[] = [
    [t('profiles.lastEvent'), last ? <Moment at={last} as="full" /> : t('keys.never')],
    [t('profiles.compared'), compared ? <Moment at={compared} as="ago" /> : t('keys.never')],
    ...counts
      .filter((name) => health[name] > 0)
      .map((name): Fact => [t(`profiles.count.${name}`), health[name]]),
  ];
  const readers = health.readers.map((reader): Fact => [
    t(`profiles.stream.${streamOf(reader.stream)}`, { stream: reader.stream }),
    <>
      {reader.read_at ? <Moment at={reader.read_at} as="ago" /> : t('keys.never')}
      {reader.error_code && (
        <Text c="red" inherit>
          {reasonOf(reader.error_code, reader.error_detail)}
        </Text>
      )}
    </>,
  ]);
  return (
    <Stack gap="sm">
      <Ledger health={health} />
      {!health.balanced && (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t('profiles.unbalanced')}
        </Alert>
      )}
      <Facts facts={[...facts, ...readers]} />
    </Stack>
  );
}

const STREAMS = [
  'push',
  'reconciliation',
  'events',
  'items',
  'notifications',
  'posts',
  'conversations',
  'messages',
] as const;

function streamOf(stream: string) {
  return STREAMS.find((each) => each === stream) ?? 'other';
}
