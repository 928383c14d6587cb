import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/shared/api/client';
import { hasCode, problemOf } from '@/shared/api/problem';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { CodeField } from '../components/CodeField';
import { Entrance } from '../components/Entrance';
import { useEnter } from '../useEnter';

const route = getRouteApi('/login');
const CODE_ERRORS = ['directory.second_factor_needed', 'directory.second_factor_wrong'];

export function LoginPage() {
  const { t } = useTranslation('team_directory');
  const { next } = route.useSearch();
  const enter = useEnter();
  const form = useForm({ initialValues: { email: '', password: '', code: '' } });
  const login = useMutation({
    mutationFn: ({ code, ...who }: typeof form.values) =>
      ask(api.POST('/api/v1/session', { body: { ...who, code: code.trim() || null } })),
    onSuccess: () => enter(next),
  });
  const asksForCode = CODE_ERRORS.some((code) => hasCode(login.error, code));
  const needed = hasCode(login.error, 'directory.second_factor_needed');
  const again = asksForCode || (login.isPending && form.values.code !== '');
  return (
    <Entrance
      title={again ? t('entrance.codeTitle') : t('entrance.login')}
      {...(again && { text: t('entrance.codeText') })}
    >
      <form onSubmit={form.onSubmit((values) => login.mutate(values))}>
        {login.error && !needed && <ProblemNote problem={problemOf(login.error)} />}
        {again ? <CodeField {...form.getInputProps('code')} /> : <Credentials form={form} />}
        <Button type="submit" fullWidth mt="lg" loading={login.isPending}>
          {t('entrance.login')}
        </Button>
        {!again && (
          <Anchor component={Link} to="/forgotten" size="sm" mt="md" display="inline-block">
            {t('entrance.forgotten')}
          </Anchor>
        )}
      </form>
    </Entrance>
  );
}

type LoginForm = ReturnType<typeof useForm<{ email: string; password: string; code: string }>>;

function Credentials({ form }: { form: LoginForm }) {
  const { t } = useTranslation('team_directory');
  return (
    <>
      <TextInput
        label={t('entrance.email')}
        type="email"
        autoComplete="username"
        required
        mt="sm"
        data-autofocus
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('entrance.password')}
        autoComplete="current-password"
        required
        mt="sm"
        {...form.getInputProps('password')}
      />
    </>
  );
}
