import { Button, Group, Select, Stack, TagsInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Sheet } from '@/shared/ui/Sheet';
import { AccessFields, type Given } from '../components/AccessFields';
import { SentLinks } from '../components/SentLinks';
import { invitationsQuery } from '../queries';

const DAYS = ['1', '7', '14', '30'] as const;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

interface InviteForm extends Given {
  emails: string[];
  days: string;
}

const NOBODY: InviteForm = {
  emails: [],
  days: '7',
  role_ids: [],
  team_ids: [],
  profile_ids: null,
  sight: null,
};

export function InvitePage() {
  const { t } = useTranslation('team_directory');
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/team/invitations' });
  return (
    <Sheet title={t('invitations.new')} close={close}>
      <Invite close={close} />
    </Sheet>
  );
}

function Invite({ close }: { close: () => void }) {
  const { t } = useTranslation(['team_directory', 'common']);
  const client = useQueryClient();
  const form = useForm<InviteForm>({
    initialValues: NOBODY,
    validate: {
      emails: (emails) =>
        emails.length > 0 && emails.every((email) => EMAIL.test(email))
          ? null
          : t('invitations.emailsWrong'),
    },
  });
  const send = useMutation({
    mutationFn: ({ days, ...body }: InviteForm) =>
      ask(api.POST('/api/v1/team/invitations', { body: { ...body, days: Number(days) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  if (send.data) {
    return (
      <Stack>
        <SentLinks sent={send.data} />
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              form.reset();
              send.reset();
            }}
          >
            {t('invitations.another')}
          </Button>
          <Button onClick={close}>{t('invitations.done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <TagsInput
          label={t('invitations.emails')}
          description={t('invitations.emailsHint')}
          withAsterisk
          data-autofocus
          acceptValueOnBlur
          splitChars={[',', ';', ' ']}
          {...form.getInputProps('emails')}
        />
        <AccessFields value={form.values} change={(some) => form.setValues(some)} />
        <Select
          label={t('invitations.lasts')}
          allowDeselect={false}
          data={DAYS.map((value) => ({
            value,
            label: t('invitations.days', { count: Number(value) }),
          }))}
          {...form.getInputProps('days')}
        />
        {send.error && <ProblemNote problem={problemOf(send.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            loading={send.isPending}
            disabled={form.values.role_ids.length === 0}
          >
            {t('invitations.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
