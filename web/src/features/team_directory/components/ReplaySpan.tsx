import { Button, Checkbox, Group, Modal, Select, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { webhooksQuery } from '../queries';

interface Props {
  webhookId: string;
  close: () => void;
}

const HOUR = 3_600_000;
const SPANS = ['1', '24', '168', '720'] as const;
const STATES = ['failed', 'held', 'delivered'] as const;

/** Sends once more what came in a span of time. */
export function ReplaySpan({ webhookId, close }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const [hours, setHours] = useState<string>('24');
  const [states, setStates] = useState<(typeof STATES)[number][]>(['failed', 'held']);
  const replay = useMutation({
    mutationFn: () => {
      const since = new Date(Date.now() - Number(hours) * HOUR).toISOString();
      const params = { path: { webhook_id: webhookId } };
      const body = { since, states };
      return ask(api.POST('/api/v1/team/webhooks/{webhook_id}/replay', { params, body }));
    },
    onSuccess: async ({ deliveries }) => {
      notifyDone(t('webhooks.replayed', { count: deliveries }));
      close();
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t('webhooks.do.replay')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Select
          label={t('webhooks.span')}
          allowDeselect={false}
          data={SPANS.map((value) => ({ value, label: t(`webhooks.spans.${value}`) }))}
          value={hours}
          onChange={(value) => setHours(value ?? '24')}
        />
        <Checkbox.Group
          label={t('webhooks.which')}
          value={states}
          onChange={(chosen) => setStates(STATES.filter((state) => chosen.includes(state)))}
        >
          <Stack gap="xs" mt={6}>
            {STATES.map((state) => (
              <Checkbox key={state} value={state} label={t(`webhooks.delivery.${state}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        {replay.error && <ProblemNote problem={problemOf(replay.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={states.length === 0}
            loading={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {t('webhooks.again')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
