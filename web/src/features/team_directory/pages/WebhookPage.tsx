import { Anchor, Badge, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { Moment } from '@/shared/ui/Moment';
import { Answer } from '@/shared/ui/States';
import { DeliveryLog } from '../components/DeliveryLog';
import { DeliverySheet } from '../components/DeliverySheet';
import { Facts, type Fact } from '../components/Facts';
import { PausedNote } from '../components/PausedNote';
import { Section } from '../components/Section';
import { WebhookActions } from '../components/WebhookActions';
import { webhookQuery } from '../queries';
import { mayOpen } from '../sections';
import { useNames } from '../useNames';
import { ENDPOINT_COLOURS, endpointCondition, hostOf, type Webhook } from '../webhooks';

/** One endpoint: how it is, what can be done, and all that it was told. */
export function WebhookPage() {
  const { t } = useTranslation('team_directory');
  const { webhookId } = useParams({ from: '/desk/team/webhooks/$webhookId' });
  const enabled = mayOpen(useSession(), 'webhooks');
  const found = useQuery({ ...webhookQuery(webhookId), enabled });
  const webhook = found.data;
  const back = (
    <Anchor component={Link} to="/team/webhooks" size="sm">
      ← {t('webhooks.all')}
    </Anchor>
  );
  const title = webhook ? webhook.description || hostOf(webhook.url) : t('webhooks.title');
  return (
    <Section
      back={back}
      title={title}
      part="webhooks"
      action={webhook && <WebhookActions webhook={webhook} />}
    >
      <Answer to={found}>{(each) => <Whole webhook={each} />}</Answer>
    </Section>
  );
}

function Whole({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('team_directory');
  const { state, delivery } = useSearch({ from: '/desk/team/webhooks/$webhookId' });
  return (
    <Stack gap="lg">
      <PausedNote webhook={webhook} />
      <About webhook={webhook} />
      <div>
        <Title order={2} size="h4" mb="sm">
          {t('webhooks.log')}
        </Title>
        <DeliveryLog webhookId={webhook.id} state={state} />
      </div>
      {delivery && <DeliverySheet key={delivery} webhook={webhook} deliveryId={delivery} />}
    </Stack>
  );
}

function About({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('team_directory');
  const { profilesOf, personName } = useNames();
  const condition = endpointCondition(webhook);
  const { failing_since: failing, rest_until: rest, old_secret_until: old } = webhook;
  const facts: Fact[] = [
    [
      t('webhooks.state'),
      <>
        <Badge variant="dot" color={ENDPOINT_COLOURS[condition]} tt="none" fw={550}>
          {t(`webhooks.condition.${condition}`)}
        </Badge>{' '}
        <Moment at={webhook.state_changed_at} as="ago" />
      </>,
    ],
    [t('webhooks.url'), webhook.url],
    [t('webhooks.types'), webhook.event_types.join(', ')],
    [t('people.profiles'), profilesOf(webhook.profile_ids)],
    [
      t('webhooks.made'),
      <>
        <Moment at={webhook.created_at} as="full" />{' '}
        {t('profiles.by', { name: personName(webhook.created_by) })}
      </>,
    ],
  ];
  if (failing) facts.push([t('webhooks.failingSince'), <Moment key="f" at={failing} as="full" />]);
  if (rest) facts.push([t('webhooks.rest'), <Moment key="r" at={rest} as="full" />]);
  if (old) facts.push([t('webhooks.oldSecret'), <Moment key="o" at={old} as="full" />]);
  return <Facts facts={facts} />;
}
