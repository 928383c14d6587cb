import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { useDraft } from '@/shared/lib/draft';
import { notifyDone } from '@/shared/ui/notify';
import { Sheet } from '@/shared/ui/Sheet';
import { webhookQuery, webhooksQuery } from '../queries';
import { useNames } from '../useNames';
import { webhookDraft, webhookLines, type Webhook, type WebhookDraft } from '../webhooks';
import { DraftState } from '@/shared/ui/DraftState';
import { WebhookFields } from './WebhookFields';

interface Props {
  webhook: Webhook;
  close: () => void;
}

export function WebhookEdit({ webhook, close }: Props) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const { profilesOf } = useNames();
  const edit = useDraft(webhookDraft(webhook), {
    conflict: 'directory.changed_meanwhile',
    fetch: async () =>
      webhookDraft(await client.query({ ...webhookQuery(webhook.id), staleTime: 0 })),
    save: (draft, base) =>
      ask(
        api.PUT('/api/v1/team/webhooks/{webhook_id}', {
          params: { path: { webhook_id: webhook.id } },
          body: { ...draft, version: base.version },
        }),
      ),
    saved: async () => {
      notifyDone(t('common:saved'));
      close();
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
  });
  const words = {
    url: t('webhooks.url'),
    description: t('webhooks.description'),
    types: t('webhooks.types'),
    profiles: t('people.profiles'),
    none: t('team.none'),
    profilesOf,
  };
  const { draft, change } = edit;
  return (
    <Sheet title={t('webhooks.do.edit')} close={close} width={580}>
      <Stack>
        <WebhookFields draft={draft} change={change} />
        <DraftState edit={edit} lines={(each: WebhookDraft) => webhookLines(each, words)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={!edit.changed || !draft.url || draft.event_types.length === 0}
            loading={edit.saving}
            onClick={edit.save}
          >
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Sheet>
  );
}
