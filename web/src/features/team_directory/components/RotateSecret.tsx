import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { webhooksQuery } from '../queries';
import type { Webhook } from '../webhooks';
import { ShownOnce } from './ShownOnce';

interface Props {
  webhook: Webhook;
  close: () => void;
}

const OVERLAPS = ['0', '24', '168'] as const;

/** A new secret, with the old one beside it until the receiver knows the new one. */
export function RotateSecret({ webhook, close }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const [overlap, setOverlap] = useState<string>('24');
  const rotate = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/team/webhooks/{webhook_id}/secret', {
          params: { path: { webhook_id: webhook.id } },
          body: { overlap_hours: Number(overlap) },
        }),
      ),
  });
  // The page is drawn anew with the new version only when the secret has been read.
  const leave = () => {
    close();
    void client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={t('webhooks.do.rotate')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {rotate.data ? (
        <Stack>
          <ShownOnce
            title={t('webhooks.secret')}
            text={t('webhooks.secretText')}
            value={rotate.data.secret}
          />
          <Group justify="flex-end">
            <Button onClick={leave}>{t('invitations.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Text size="sm">{t('webhooks.rotateText')}</Text>
          <Select
            label={t('webhooks.overlap')}
            allowDeselect={false}
            data={OVERLAPS.map((value) => ({ value, label: t(`webhooks.overlaps.${value}`) }))}
            value={overlap}
            onChange={(value) => setOverlap(value ?? '24')}
          />
          {rotate.error && <ProblemNote problem={problemOf(rotate.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {t('common:cancel')}
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              {t('webhooks.do.rotate')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
