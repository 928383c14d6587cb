import { Button, PasswordInput, Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { sessionsQuery } from '../queries';

export function PasswordForm() {
  const { t } = useTranslation('team_directory');
  const client = useQueryClient();
  const form = useForm({ initialValues: { present: '', new: '' } });
  const change = useMutation({
    mutationFn: (body: typeof form.values) =>
      ask(api.PUT('/api/v1/team/account/password', { body })),
    onSuccess: async () => {
      form.reset();
      notifyDone(t('security.changed'));
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack maw={420} gap="sm">
        <Title order={2} size="h4">
          {t('security.password')}
        </Title>
        {change.error && <ProblemNote problem={problemOf(change.error)} />}
        <PasswordInput
          label={t('security.present')}
          required
          autoComplete="current-password"
          {...form.getInputProps('present')}
        />
        <PasswordInput
          label={t('entrance.newPassword')}
          description={t('entrance.passwordHint')}
          required
          autoComplete="new-password"
          {...form.getInputProps('new')}
        />
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('security.change')}
        </Button>
      </Stack>
    </form>
  );
}
