import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import { currentLanguage } from '@/shared/lib/i18n';
import { browserZone } from '@/shared/lib/time';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Entrance } from '../components/Entrance';
import { ZoneSelect } from '@/shared/ui/ZoneSelect';
import { useEnter } from '../useEnter';

export function SetupPage() {
  const { t } = useTranslation('team_directory');
  const enter = useEnter();
  const form = useForm({
    initialValues: {
      workspace_name: '',
      name: '',
      email: '',
      password: '',
      time_zone: browserZone(),
    },
  });
  const create = useMutation({
    mutationFn: (owner: typeof form.values) =>
      ask(api.POST('/api/v1/setup', { body: { ...owner, locale: currentLanguage() } })),
    onSuccess: () => enter(),
  });
  return (
    <Entrance title={t('setup.title')} text={t('setup.text')}>
      <form onSubmit={form.onSubmit((owner) => create.mutate(owner))}>
        <Stack gap="sm">
          {create.error && <ProblemNote problem={problemOf(create.error)} />}
          <TextInput
            label={t('setup.workspace')}
            description={t('setup.workspaceHint')}
            required
            autoComplete="organization"
            {...form.getInputProps('workspace_name')}
          />
          <TextInput
            label={t('entrance.name')}
            required
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('entrance.email')}
            type="email"
            required
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('entrance.password')}
            description={t('entrance.passwordHint')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <ZoneSelect label={t('setup.zone')} {...form.getInputProps('time_zone')} />
          <Button type="submit" fullWidth mt="md" loading={create.isPending}>
            {t('setup.create')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
