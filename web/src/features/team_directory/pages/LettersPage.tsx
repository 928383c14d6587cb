import { Button, Group, Stack, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { Failed, Loading, NoPermission } from '@/shared/ui/States';
import { LetterList, type Item } from '../components/LetterList';
import { Section } from '../components/Section';
import { useReason } from '../components/useReason';
import { api, ask } from '@/shared/api/client';
import { discardLetter, replayLetter } from '../letters';
import { failedDeliveriesQuery, lettersQuery, profilesQuery } from '../queries';

/** What could not be handled, why, and handling it once more. */
export function LettersPage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  const runsProfiles = may('profiles', 'edit');
  const runsConnections = may('connections', 'administer');
  return (
    <Section title={t('letters.title')} text={t('letters.text')} needs={['directory', 'view']}>
      {!runsProfiles && !runsConnections && <NoPermission />}
      <Stack gap="xl">
        {runsProfiles && <Deliveries />}
        {runsConnections && <Events />}
      </Stack>
    </Section>
  );
}

function Nothing({ title }: { title: string }) {
  return (
    <Group gap="xs">
      <IconCircleCheck size={20} color="var(--mantine-color-pine-6)" aria-hidden />
      <Title order={2} size="h5">
        {title}
      </Title>
    </Group>
  );
}

function Deliveries() {
  const { t } = useTranslation(['team_directory', 'common']);
  const { data, error, refetch, ...pages } = useInfiniteQuery(failedDeliveriesQuery);
  const profiles = useQuery(profilesQuery).data ?? [];
  const reasonOf = useReason();
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const items = data.pages
    .flatMap((page) => page.items)
    .map((delivery): Item => {
      const profile = profiles.find(({ id }) => id === delivery.profile_id);
      const params = { path: { delivery_id: delivery.id } };
      return {
        id: delivery.id,
        title: delivery.kind,
        about: (
          <>
            {profile && <NetworkBadge network={profile.network} />} {profile?.display_name}
          </>
        ),
        why: reasonOf(delivery.error_code, delivery.error_detail),
        at: delivery.received_at,
        replay: () => ask(api.POST('/api/v1/inbox/deliveries/{delivery_id}/replay', { params })),
        discard: () => ask(api.POST('/api/v1/inbox/deliveries/{delivery_id}/discard', { params })),
      };
    });
  if (items.length === 0) return <Nothing title={t('letters.noDeliveries')} />;
  return (
    <div>
      <LetterList title={t('letters.deliveries')} items={items} />
      {pages.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void pages.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </div>
  );
}

function Events() {
  const { t } = useTranslation('team_directory');
  const reasonOf = useReason();
  const { data: letters, error, refetch } = useQuery(lettersQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!letters) return <Loading />;
  if (letters.length === 0) return <Nothing title={t('letters.noEvents')} />;
  const items = letters.map((letter): Item => ({
    id: letter.id,
    title: letter.type,
    about: t('letters.for', { service: t(`letters.service.${letter.service}`) }),
    why: reasonOf(letter.code, letter.detail),
    at: letter.at,
    replay: () => replayLetter(letter),
    discard: () => discardLetter(letter),
  }));
  return <LetterList title={t('letters.events')} items={items} />;
}
