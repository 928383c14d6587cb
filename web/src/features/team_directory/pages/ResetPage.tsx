import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { notifyDone } from '@/shared/ui/notify';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Entrance } from '../components/Entrance';

const route = getRouteApi('/reset/$token');

export function ResetPage() {
  const { t } = useTranslation('team_directory');
  const { token } = route.useParams();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { password: '' } });
  const reset = useMutation({
    mutationFn: (body: typeof form.values) =>
      ask(api.POST('/api/v1/password-resets/{token}', { params: { path: { token } }, body })),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      notifyDone(t('reset.done'));
    },
  });
  return (
    <Entrance title={t('reset.title')}>
      <form onSubmit={form.onSubmit((values) => reset.mutate(values))}>
        <Stack gap="sm">
          {reset.error && <ProblemNote problem={problemOf(reset.error)} />}
          <PasswordInput
            label={t('entrance.newPassword')}
            description={t('entrance.passwordHint')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth mt="md" loading={reset.isPending}>
            {t('reset.save')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
