import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { webhooksQuery } from '../queries';
import type { Webhook } from '../webhooks';

/** Why an endpoint is told nothing at the moment, and how it goes on. */
export function PausedNote({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const [sendHeld, setSendHeld] = useState(true);
  const resume = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/team/webhooks/{webhook_id}/enable', {
          params: { path: { webhook_id: webhook.id } },
          body: { send_held: sendHeld },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      notifyDone(t('webhooks.resumed'));
    },
  });
  if (webhook.state === 'enabled') return null;
  const paused = webhook.state === 'paused';
  return (
    <Alert
      role="alert"
      color={paused ? 'red' : 'gray'}
      icon={<IconPlayerPause aria-hidden />}
      title={t(paused ? 'webhooks.pausedTitle' : 'webhooks.disabledTitle')}
    >
      <Stack gap="sm" align="flex-start">
        {webhook.reason && <Text size="sm">{t(`webhooks.reason.${webhook.reason}`)}</Text>}
        <Checkbox
          label={t('webhooks.sendHeld')}
          checked={sendHeld}
          onChange={(event) => setSendHeld(event.currentTarget.checked)}
        />
        {resume.error && <ProblemNote problem={problemOf(resume.error)} />}
        <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('webhooks.resume')}
        </Button>
      </Stack>
    </Alert>
  );
}
