import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Sheet } from '@/shared/ui/Sheet';
import { ShownOnce } from '../components/ShownOnce';
import { WebhookFields } from '../components/WebhookFields';
import { webhooksQuery } from '../queries';
import { NEW_WEBHOOK } from '../webhooks';

export function NewWebhookPage() {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/team/webhooks' });
  return (
    <Sheet title={t('webhooks.make')} close={close} width={580}>
      <Making close={close} />
    </Sheet>
  );
}

function Making({ close }: { close: () => void }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(NEW_WEBHOOK);
  const make = useMutation({
    mutationFn: () => {
      const { version: _none, ...body } = draft;
      return ask(api.POST('/api/v1/team/webhooks', { body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data) {
    const { id, secret } = make.data;
    const open = () =>
      void navigate({ to: '/team/webhooks/$webhookId', params: { webhookId: id } });
    return (
      <Stack>
        <ShownOnce title={t('webhooks.secret')} text={t('webhooks.secretText')} value={secret} />
        <Group justify="flex-end">
          <Button onClick={open}>{t('webhooks.open')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <WebhookFields draft={draft} change={(some) => setDraft((now) => ({ ...now, ...some }))} />
        {make.error && <ProblemNote problem={problemOf(make.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={draft.event_types.length === 0} loading={make.isPending}>
            {t('webhooks.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
