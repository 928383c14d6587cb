import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { problemOf } from '@/shared/api/problem';
import type { components } from '@/shared/api/schema';
import { currentLanguage } from '@/shared/lib/i18n';
import { browserZone } from '@/shared/lib/time';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { Answer } from '@/shared/ui/States';
import { CodeField } from '../components/CodeField';
import { Entrance } from '../components/Entrance';
import { invitationQuery } from '../queries';
import { useEnter } from '../useEnter';

const route = getRouteApi('/join/$token');

export function JoinPage() {
  const { token } = route.useParams();
  const found = useQuery(invitationQuery(token));
  return (
    <Answer to={found}>
      {(invitation) => <Invitation token={token} invitation={invitation} />}
    </Answer>
  );
}

interface Props {
  token: string;
  invitation: components['schemas']['InvitationView'];
}

function Invitation({ token, invitation }: Props) {
  const { t } = useTranslation('team_directory');
  const enter = useEnter();
  const known = invitation.has_account;
  const form = useForm({ initialValues: { name: '', password: '', code: '' } });
  const join = useMutation({
    mutationFn: ({ name, password, code }: typeof form.values) => {
      const told = { locale: currentLanguage(), time_zone: browserZone(), code: code || null };
      const body = { name: name || invitation.email, password, ...told };
      return ask(api.POST('/api/v1/invitations/{token}', { params: { path: { token } }, body }));
    },
    onSuccess: () => enter(),
  });
  const problem = join.error && problemOf(join.error);
  const asksForCode = problem?.code.startsWith('directory.second_factor') ?? false;
  const { inviter, workspace_name: workspace, email } = invitation;
  return (
    <Entrance
      title={t('join.title', { inviter, workspace })}
      text={known ? t('join.known') : t('join.new', { email })}
    >
      <form onSubmit={form.onSubmit((values) => join.mutate(values))}>
        <Stack gap="sm">
          {problem && problem.code !== 'directory.second_factor_needed' && (
            <ProblemNote problem={problem} />
          )}
          {!known && (
            <TextInput
              label={t('entrance.name')}
              required
              autoComplete="name"
              {...form.getInputProps('name')}
            />
          )}
          <PasswordInput
            label={t('entrance.password')}
            description={known ? undefined : t('entrance.passwordHint')}
            required
            autoComplete={known ? 'current-password' : 'new-password'}
            {...form.getInputProps('password')}
          />
          {asksForCode && <CodeField {...form.getInputProps('code')} />}
          <Button type="submit" fullWidth mt="md" loading={join.isPending}>
            {t('join.accept')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
