import { Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { Moment } from '@/shared/ui/Moment';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Sheet } from '@/shared/ui/Sheet';
import { Answer } from '@/shared/ui/States';
import { deliveryQuery, webhooksQuery } from '../queries';
import { answerOf, DELIVERY_COLOURS, type Webhook } from '../webhooks';
import classes from './DeliverySheet.module.css';
import { Facts } from './Facts';

type Detail = components['schemas']['DeliveryDetail'];

interface Props {
  webhook: Webhook;
  deliveryId: string;
}

/** One message: what was sent, and every attempt. */
export function DeliverySheet({ webhook, deliveryId }: Props) {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/desk/team/webhooks/$webhookId' });
  const found = useQuery(deliveryQuery(webhook.id, deliveryId));
  const close = () =>
    void navigate({
      to: '/team/webhooks/$webhookId',
      params: { webhookId: webhook.id },
      search: state ? { state } : {},
    });
  return (
    <Sheet title={found.data?.type ?? t('webhooks.message')} close={close} width={620}>
      <Answer to={found}>{(delivery) => <Message webhook={webhook} delivery={delivery} />}</Answer>
    </Sheet>
  );
}

function Message({ webhook, delivery }: { webhook: Webhook; delivery: Detail }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const replay = useMutation({
    mutationFn: () => {
      const params = { path: { webhook_id: webhook.id, delivery_id: delivery.id } };
      const path = '/api/v1/team/webhooks/{webhook_id}/deliveries/{delivery_id}/replay';
      return ask(api.POST(path, { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
  const { state, created_at: made, delivered_at: arrived, webhook_id: id } = delivery;
  return (
    <Stack>
      <Group justify="space-between">
        <Badge variant="dot" color={DELIVERY_COLOURS[state]} tt="none" fw={550}>
          {t(`webhooks.delivery.${state}`)}
        </Badge>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRepeat size={15} aria-hidden />}
          disabled={state === 'waiting' || webhook.state !== 'enabled'}
          loading={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {t('webhooks.again')}
        </Button>
      </Group>
      {replay.error && <ProblemNote problem={problemOf(replay.error)} />}
      <Facts
        facts={[
          [t('webhooks.came'), <Moment key="c" at={made} as="full" />],
          [
            t('webhooks.delivery.delivered'),
            arrived ? <Moment key="a" at={arrived} as="full" /> : '–',
          ],
          ['webhook-id', id],
        ]}
      />
      <Title order={3} size="h5">
        {t('webhooks.attempts')}
      </Title>
      {delivery.attempts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('webhooks.noAttempts')}
        </Text>
      )}
      {delivery.attempts.map((attempt) => (
        <div key={attempt.at}>
          <Group gap="sm">
            <Text size="sm" fw={600}>
              {answerOf(attempt)}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={attempt.at} as="full" /> · {attempt.millis} ms
            </Text>
          </Group>
          {attempt.excerpt && (
            <Code block className={classes.code ?? ''}>
              {attempt.excerpt}
            </Code>
          )}
        </div>
      ))}
      <Title order={3} size="h5">
        {t('webhooks.body')}
      </Title>
      <Code block className={classes.code ?? ''}>
        {JSON.stringify(delivery.body, null, 2)}
      </Code>
    </Stack>
  );
}
