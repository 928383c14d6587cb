import { Button, Group, Menu } from '@mantine/core';
import {
  IconBell,
  IconDots,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { useProblemText } from '@/shared/lib/problemText';
import { Confirm } from '@/shared/ui/Confirm';
import { notifyDone, notifyProblem } from '@/shared/ui/notify';
import { webhooksQuery } from '../queries';
import { hostOf, type Webhook } from '../webhooks';
import { ReplaySpan } from './ReplaySpan';
import { RotateSecret } from './RotateSecret';
import { WebhookEdit } from './WebhookEdit';

type Asking = 'edit' | 'rotate' | 'replay' | 'disable' | 'remove';

/** What can be done with an endpoint as a whole. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const params = { path: { webhook_id: webhook.id } };
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const disable = async () => {
    await ask(api.POST('/api/v1/team/webhooks/{webhook_id}/disable', { params }));
    await refresh();
    notifyDone(t('webhooks.disabled'));
  };
  const remove = async () => {
    await ask(api.DELETE('/api/v1/team/webhooks/{webhook_id}', { params }));
    await navigate({ to: '/team/webhooks' });
    await client.invalidateQueries({ queryKey: webhooksQuery.queryKey, exact: true });
  };
  const item = (what: Asking, Sign: typeof IconKey, color?: string) => (
    <Menu.Item
      leftSection={<Sign size={16} aria-hidden />}
      {...(color && { color })}
      onClick={() => setAsking(what)}
    >
      {t(`webhooks.do.${what}`)}
    </Menu.Item>
  );
  return (
    <Group gap="xs">
      <Ping webhook={webhook} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={t('common:more')}>
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {item('edit', IconPencil)}
          {item('rotate', IconKey)}
          {webhook.state === 'enabled' && item('replay', IconRepeat)}
          {webhook.state === 'enabled' && item('disable', IconPlayerPause)}
          <Menu.Divider />
          {item('remove', IconTrash, 'red')}
        </Menu.Dropdown>
      </Menu>
      {asking === 'edit' && <WebhookEdit webhook={webhook} close={close} />}
      {asking === 'rotate' && <RotateSecret webhook={webhook} close={close} />}
      {asking === 'replay' && <ReplaySpan webhookId={webhook.id} close={close} />}
      {(asking === 'disable' || asking === 'remove') && (
        <Confirm
          title={t(`webhooks.certain.${asking}`, { name: hostOf(webhook.url) })}
          action={t(`webhooks.do.${asking}`)}
          run={asking === 'disable' ? disable : remove}
          close={close}
        >
          {t(`webhooks.certainText.${asking}`)}
        </Confirm>
      )}
    </Group>
  );
}

/** Sends a test, and opens what comes of it. */
function Ping({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const navigate = useNavigate();
  const textOf = useProblemText();
  const params = { path: { webhook_id: webhook.id } };
  const ping = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/team/webhooks/{webhook_id}/ping', { params })),
    onSuccess: async ({ delivery_id: delivery }) => {
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      await navigate({
        to: '/team/webhooks/$webhookId',
        params: { webhookId: webhook.id },
        search: { delivery },
      });
    },
    onError: (error) => {
      const { title, detail } = textOf(problemOf(error));
      notifyProblem(title, detail);
    },
  });
  return (
    <Button
      variant="default"
      leftSection={<IconBell size={16} aria-hidden />}
      disabled={webhook.state !== 'enabled'}
      loading={ping.isPending}
      onClick={() => ping.mutate()}
    >
      {t('webhooks.ping')}
    </Button>
  );
}
