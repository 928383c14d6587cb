import { Button, Group, Stack, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { useSession } from '@/shared/api/session';
import { More } from '@/shared/ui/More';
import { NetworkBadge } from '@/shared/ui/NetworkBadge';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer, Loading } from '@/shared/ui/States';
import { LetterList, type Item } from '../components/LetterList';
import { Section } from '../components/Section';
import { useReason } from '../components/useReason';
import { discardLetter, replayLetter, SERVICES, type Letter } from '../letters';
import { failedDeliveriesQuery, lettersQuery, profilesQuery } from '../queries';
import { DELIVERIES, EVENTS } from '../sections';

type Delivery = components['schemas']['InboxDeliveryView'];

/** What could not be handled, why, and handling it once more. */
export function LettersPage() {
  const { t } = useTranslation('team_directory');
  const { may } = useSession();
  return (
    <Section title={t('letters.title')} text={t('letters.text')} part="letters">
      <Stack gap="xl">
        {may(...DELIVERIES) && <Deliveries />}
        {may(...EVENTS) && <Events />}
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
  const { t } = useTranslation('team_directory');
  const found = useInfiniteQuery(failedDeliveriesQuery);
  const itemOf = useDeliveryItem();
  return (
    <Answer to={found}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items).map(itemOf);
        if (items.length === 0) return <Nothing title={t('letters.noDeliveries')} />;
        return (
          <div>
            <LetterList title={t('letters.deliveries')} items={items} />
            <More of={found} />
          </div>
        );
      }}
    </Answer>
  );
}

function useDeliveryItem() {
  const { may } = useSession();
  const profiles = useQuery({ ...profilesQuery, enabled: may('profiles', 'view') }).data ?? [];
  const reasonOf = useReason();
  return (delivery: Delivery): Item => {
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
  };
}

function Events() {
  const { t } = useTranslation(['team_directory', 'common']);
  const itemOf = useLetterItem();
  const asked = useQueries({ queries: SERVICES.map(lettersQuery) });
  const letters = asked.flatMap(({ data }) => data ?? []);
  const items = letters.sort((one, other) => other.at.localeCompare(one.at)).map(itemOf);
  const silent = SERVICES.flatMap((service, place) => {
    const { data, error, refetch } = asked[place] ?? {};
    return !data && error ? [{ service, error, refetch }] : [];
  });
  return (
    <Stack>
      {silent.map(({ service, error, refetch }) => (
        <ProblemNote
          key={service}
          problem={problemOf(error)}
          account={t('letters.silent', { service: t(`letters.service.${service}`) })}
        >
          <Button size="xs" variant="default" mt="xs" onClick={() => void refetch?.()}>
            {t('common:tryAgain')}
          </Button>
        </ProblemNote>
      ))}
      {items.length > 0 && <LetterList title={t('letters.events')} items={items} />}
      {asked.some(({ isPending }) => isPending) && <Loading />}
      {asked.every(({ data }) => data?.length === 0) && <Nothing title={t('letters.noEvents')} />}
    </Stack>
  );
}

function useLetterItem() {
  const { t } = useTranslation('team_directory');
  const reasonOf = useReason();
  return (letter: Letter): Item => ({
    id: letter.id,
    title: letter.type,
    about: t('letters.for', { service: t(`letters.service.${letter.service}`) }),
    why: reasonOf(letter.code, letter.detail),
    at: letter.at,
    replay: () => replayLetter(letter),
    discard: () => discardLetter(letter),
  });
}
